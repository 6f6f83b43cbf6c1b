"""The official sheets of a consultation, printed or saved (S-01, S-02)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import PAPER, acting_on
from services.intake.desk import Desk
from services.intake.domain.filing import as_filed
from services.intake.filing import written_assessment
from services.intake.pages.family_view import family_of
from services.intake.showing import told_to
from shared.casefile.drawings import drawings_of
from shared.casefile.family import Family
from shared.casefile.history import recorded_by
from shared.casefile.sheets import Printed, assessment_sheet, reception_sheet
from shared.paper.sending import Kind, sent
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Pages

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/papers"


@pages.get(HERE + "/reception.{kind}", rule=PAPER)
async def print_reception(
    request: Request, consultation_id: UUID, kind: Kind, desk: DeskHere
) -> Response:
    of, _family, _case = await _printed(request, desk, consultation_id)
    return await sent(reception_sheet(of), kind, f"相談受付票_{of.number}")


@pages.get(HERE + "/assessment.{kind}", rule=PAPER)
async def print_assessment(
    request: Request, consultation_id: UUID, kind: Kind, desk: DeskHere
) -> Response:
    of, family, case_id = await _printed(request, desk, consultation_id)
    sheet = await written_assessment(desk, case_id)
    paper = assessment_sheet(of, sheet, family, drawings_of(request, family))
    return await sent(paper, kind, f"アセスメントシート_{of.number}")


async def _printed(
    request: Request, desk: Desk, consultation_id: UUID
) -> tuple[Printed, Family, UUID]:
    """For who may work with the consultation; the look is logged before."""
    staff = request.state.staff
    row = await acting_on(desk.db, staff, consultation_id)
    told = await told_to(desk, staff, row, PAPER)
    family = await family_of(desk, staff, row, told)
    received = (await desk.consultations.state(consultation_id)).sheet
    if received is None or family is None:
        raise Refused("consultation-unknown")
    first = (await desk.consultations.history(consultation_id))[0]
    by = recorded_by(first.origin.actor)
    sheet = as_filed(received, returning=row.returning)
    of = Printed(desk.city, consultation_id, sheet, staff.name, desk.clock.today(), by)
    return of, family, row.case_id
