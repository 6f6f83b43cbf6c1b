"""世帯: from what was typed to the household of a consultation's case (F-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.intake.desk import Desk
from services.intake.domain.household import (
    Details,
    Leaving,
    Member,
    add_member,
    correct_member,
    household_id,
    let_member_go,
)
from services.intake.read.searching import ConsultationRow


async def members_of(desk: Desk, case_id: UUID) -> Sequence[Member]:
    """Everybody recorded with this case, in the order of the record."""
    return (await desk.households.state(household_id(case_id))).members


async def write_down(desk: Desk, row: ConsultationRow, details: Details) -> None:
    """A new member."""
    await desk.households.act(
        household_id(row.case_id),
        add_member,
        case_id=row.case_id,
        member_id=desk.new_id(),
        details=details,
        today=desk.clock.today(),
    )


async def put_right(desk: Desk, row: ConsultationRow, member_id: UUID, details: Details) -> None:
    """What was written of a member, corrected."""
    await desk.households.act(
        household_id(row.case_id),
        correct_member,
        case_id=row.case_id,
        member_id=member_id,
        details=details,
        today=desk.clock.today(),
    )


async def let_go(desk: Desk, row: ConsultationRow, member_id: UUID, why: Leaving, on: date) -> None:
    """A member moved out, died, or was none."""
    await desk.households.act(
        household_id(row.case_id),
        let_member_go,
        case_id=row.case_id,
        member_id=member_id,
        why=why,
        on=on,
        today=desk.clock.today(),
    )
