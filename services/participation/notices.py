"""How much waits, for the daily notice to the nurses' office (F-24)."""

from __future__ import annotations

from services.participation.desk import Desk
from services.participation.due import all_due
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, recipient: Recipient) -> Waiting:
    """Of one district; of all, where none is named."""
    found = await all_due(desk, recipient.district)
    return counted([one.on for one in found], desk.clock.today())
