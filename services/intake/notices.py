"""How much waits, for the daily notice to a counter (F-24)."""

from __future__ import annotations

from services.intake.desk import Desk
from services.intake.due import all_due
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, recipient: Recipient) -> Waiting:
    """Everything that やること shows to this counter."""
    found = await all_due(desk, recipient.agency) if recipient.agency else []
    return counted([one.on for one in found], desk.clock.today())
