"""How much waits, for the daily notice to a counter (F-24)."""

from __future__ import annotations

from services.intake.desk import Desk
from services.intake.read.referrals import running_to
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, recipient: Recipient) -> Waiting:
    """Referrals that wait for this counter's answer, by the day it was asked for."""
    found = await running_to(desk.db, recipient.agency)
    days = [one.answer_by for one in found if one.stage == "sent"]
    return counted(days, desk.clock.today())
