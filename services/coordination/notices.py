"""How much waits, for the daily notice to an office (F-24)."""

from __future__ import annotations

from services.coordination.desk import Desk
from services.coordination.due import due_for
from shared.privacy.access import Role, Staff
from shared.runtime.notices import Waiting, counted
from shared.vocabulary.notices import Recipient


async def waiting(desk: Desk, recipient: Recipient) -> Waiting:
    """やること of the office that coordinates; of another agency what it has to do itself."""
    office = desk.city.offices.coordination
    agency = recipient.agency or office
    role = Role.COORDINATOR if agency == office else Role.COUNTER
    found = await due_for(desk, Staff("notices", "", role, agency))
    return counted([one.on for one in found.due], desk.clock.today())
