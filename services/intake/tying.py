"""つながり brought to their decisions; pages and JSON end here (F-02)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.intake.desk import Desk
from services.intake.domain.ties import (
    About,
    Tie,
    TieCorrected,
    TieNoted,
    correct_tie,
    end_tie,
    note_tie,
    ties_id,
)
from services.intake.read.searching import ConsultationRow
from shared.sourcing.decider import Refused


async def ties_of(desk: Desk, case_id: UUID) -> list[Tie]:
    """Everything recorded with this case, in the order of the record."""
    return list((await desk.ties.state(ties_id(case_id))).by_id.values())


async def tie_of(desk: Desk, case_id: UUID, tie_id: UUID) -> Tie:
    """One of them. Raises Refused when there is none."""
    found = next((one for one in await ties_of(desk, case_id) if one.tie_id == tie_id), None)
    if found is None:
        raise Refused("tie-unknown")
    return found


async def editions_of(desk: Desk, case_id: UUID, tie_id: UUID) -> list[About]:
    """How it was described, from the first edition on."""
    events = [recorded.event for recorded in await desk.ties.history(ties_id(case_id))]
    return [
        one for one in events if isinstance(one, TieNoted | TieCorrected) and one.tie_id == tie_id
    ]


async def tie(desk: Desk, row: ConsultationRow, about: About) -> UUID:
    """A new one."""
    tie_id, today = desk.new_id(), desk.clock.today()
    await desk.ties.act(
        ties_id(row.case_id),
        note_tie,
        case_id=row.case_id,
        tie_id=tie_id,
        about=listed(desk, about),
        today=today,
    )
    return tie_id


async def describe(
    desk: Desk, row: ConsultationRow, tie_id: UUID, about: About, edition: int
) -> None:
    """Written anew, on the edition that was seen."""
    await desk.ties.act(
        ties_id(row.case_id),
        correct_tie,
        case_id=row.case_id,
        tie_id=tie_id,
        about=listed(desk, about),
        edition=edition,
        today=desk.clock.today(),
    )


async def end(desk: Desk, row: ConsultationRow, tie_id: UUID, on: date) -> None:
    """It is there no longer."""
    await desk.ties.act(
        ties_id(row.case_id),
        end_tie,
        case_id=row.case_id,
        tie_id=tie_id,
        on=on,
        today=desk.clock.today(),
    )


def listed(desk: Desk, about: About) -> About:
    """Its strength is one of the city's list of today."""
    desk.city.listed("ecomap_ties", about.kind, "kind", desk.clock.today())
    return about
