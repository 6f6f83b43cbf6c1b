"""How much waits, for the daily notice to the office of 地域づくり (F-24)."""

from __future__ import annotations

from datetime import timedelta

from services.community.desk import Desk
from services.community.read.directory import count_unchecked
from shared.runtime.notices import Waiting
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, _recipient: Recipient) -> Waiting:
    """Entries of the directory that nobody has checked for too long (F-09)."""
    limit = timedelta(days=desk.city.deadlines.directory_check)
    return Waiting(late=await count_unchecked(desk.db, desk.clock.today() - limit))
