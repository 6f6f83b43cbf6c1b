"""主担当 of a case that intake never received: what was handed over is all we know (T-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.access import LED
from services.intake.desk import Desk
from services.intake.read.handovers import handed_to
from shared.casefile.showing import Person, person_for
from shared.privacy.access import Basis, Staff
from shared.privacy.access_log import saw


@dataclass(frozen=True)
class HandedCase:
    """A closed case, and the person as far as this reader may see them."""

    case_id: UUID
    closed_on: date
    person: Person | None
    """None: only that the counter leads the case was told."""


async def handed_cases(desk: Desk, staff: Staff, only: UUID | None = None) -> list[HandedCase]:
    """Closed cases of this person's counter without a consultation of ours, newest first. Who is
    seen is logged before, with the ground of the hand-over.
    """
    found = await handed_to(desk.db, staff.agency, only) if staff.agency else []
    return [
        HandedCase(case_id, closed_on, await _person(desk, staff, handover_id))
        for case_id, closed_on, handover_id in found
    ]


async def _person(desk: Desk, staff: Staff, handover_id: UUID | None) -> Person | None:
    history = await desk.handovers.history(handover_id) if handover_id else []
    if not history:
        return None
    part = history[0].event
    await saw(desk.db, staff, [part.case_id], "引き継がれた記録", Basis(part.basis))
    return person_for(staff, LED, part)
