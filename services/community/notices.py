"""How much waits, for the daily notice to the office of 地域づくり (F-24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services.community.desk import Desk
from services.community.read.directory import count_unchecked
from services.community.read.gaps import due_days
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, _recipient: Recipient) -> Waiting:
    """Entries of the directory that nobody has checked for too long (F-09), and what is missing and
    falls due (F-07).
    """
    today, deadlines = desk.clock.today(), desk.city.deadlines
    limit = timedelta(days=deadlines.directory_check)
    unchecked = await count_unchecked(desk.db, today - limit)
    gaps = counted(await due_days(desk.db, deadlines.gap), today)
    return replace(gaps, late=gaps.late + unchecked)
