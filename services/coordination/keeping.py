"""担当者 of a case: oneself, or a colleague who keeps cases already."""

from __future__ import annotations

from uuid import UUID

from services.coordination.asked.case import KeeperForm
from services.coordination.desk import Desk
from services.coordination.domain.keeping import name_keeper
from services.coordination.made import Made
from services.coordination.read.cases import keepers
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused


async def colleagues(desk: Desk, staff: Staff) -> dict[str, str]:
    """Sign-in and name, oneself first. Who has kept no case yet takes the first one themselves."""
    return {staff.staff_id: f"自分（{staff.name}）"} | {
        code: name for code, name in (await keepers(desk.db)).items() if code != staff.staff_id
    }


async def give_keeper(desk: Desk, staff: Staff, case_id: UUID, asked: KeeperForm) -> Made:
    """Without a name: oneself."""
    keeper, assignment_id = asked.keeper or staff.staff_id, desk.new_id()
    known = {**await keepers(desk.db), staff.staff_id: staff.name}
    if keeper not in known:
        raise Refused("keeper-not-listed")
    acted = await desk.cases.act(
        case_id,
        name_keeper,
        assignment_id=assignment_id,
        keeper=keeper,
        keeper_name=known[keeper],
        on=asked.on,
        today=desk.clock.today(),
        note=asked.note or None,
    )
    return Made(assignment_id, acted)
