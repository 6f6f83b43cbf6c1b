"""世帯: from what was typed to the household of a consultation's case (F-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.intake.desk import Desk
from services.intake.domain.beyond import fields_beyond
from services.intake.domain.household import (
    Details,
    Leaving,
    Member,
    add_member,
    correct_member,
    household_id,
    let_member_go,
)
from services.intake.domain.judging import judge_field
from services.intake.domain.sheet import Sheet
from services.intake.read.searching import ConsultationRow, of_case
from shared.sourcing.decider import Refused
from shared.vocabulary.ages import age_band


async def members_of(desk: Desk, case_id: UUID) -> Sequence[Member]:
    """Everybody recorded with this case, in the order of the record."""
    return (await desk.households.state(household_id(case_id))).members


async def beyond_field(desk: Desk, sheet: Sheet, case_id: UUID | None) -> bool | None:
    """X-24, by the rule; None where the counter has no field of its own."""
    found = await other_fields(desk, sheet, case_id)
    return None if found is None else bool(found)


async def other_fields(desk: Desk, sheet: Sheet, case_id: UUID | None) -> tuple[str, ...] | None:
    """The fields beyond the counter's own, as the record of person and household stands."""
    members = await members_of(desk, case_id) if case_id else []
    here = [one for one in members if one.living == "together"]
    births = [sheet.born_on, *(one.details.born_on for one in here)]
    ages = [age_band(born, sheet.received_on) for born in births]
    return fields_beyond(desk.city, sheet.programme, ages, sheet.issues)


async def judge_again(desk: Desk, case_id: UUID) -> None:
    """The household changed: X-24 may be answered differently for its consultations."""
    for row in await of_case(desk.db, case_id):
        await judge_one(desk, row.consultation_id)


async def judge_one(desk: Desk, consultation_id: UUID) -> None:
    """X-24 for one consultation, as its case and household are now."""
    state = await desk.consultations.state(consultation_id)
    if state.sheet is None:
        raise Refused("consultation-unknown")
    beyond = await beyond_field(desk, state.sheet, state.case_id)
    if beyond is not None:
        await desk.consultations.act(
            consultation_id, judge_field, beyond=beyond, today=desk.clock.today()
        )


async def write_down(desk: Desk, row: ConsultationRow, details: Details) -> UUID:
    """A new member, and X-24 as it is with them: in one commit."""
    member_id = desk.new_id()
    async with desk.together() as both:
        await both.households.act(
            household_id(row.case_id),
            add_member,
            case_id=row.case_id,
            member_id=member_id,
            details=details,
            today=desk.clock.today(),
        )
        await judge_again(both, row.case_id)
    return member_id


async def put_right(
    desk: Desk, row: ConsultationRow, member_id: UUID, details: Details, edition: int | None
) -> None:
    """What was written of a member, corrected on the edition that was seen."""
    async with desk.together() as both:
        await both.households.act(
            household_id(row.case_id),
            correct_member,
            case_id=row.case_id,
            member_id=member_id,
            details=details,
            today=desk.clock.today(),
            edition=edition,
        )
        await judge_again(both, row.case_id)


async def let_go(desk: Desk, row: ConsultationRow, member_id: UUID, why: Leaving, on: date) -> None:
    """A member moved out, died, or was none."""
    async with desk.together() as both:
        await both.households.act(
            household_id(row.case_id),
            let_member_go,
            case_id=row.case_id,
            member_id=member_id,
            why=why,
            on=on,
            today=desk.clock.today(),
        )
        await judge_again(both, row.case_id)
