"""How much waits, for the daily notice to the nurses' office (F-24)."""

from __future__ import annotations

from services.outreach.desk import Desk
from services.outreach.pages.due import all_due
from shared.privacy.access import Role, Staff
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, recipient: Recipient) -> Waiting:
    """As a nurse of that district would see it; of all districts, where none is named."""
    agency = recipient.agency or desk.city.offices.nurses
    reader = Staff("notices", "", Role.NURSE, agency, recipient.district)
    return counted([one.on for one in await all_due(desk, reader)], desk.clock.today())
