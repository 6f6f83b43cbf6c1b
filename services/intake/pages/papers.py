"""The official sheets of a consultation, printed or saved (S-01, S-02)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import PAPER, acting_on
from services.intake.desk import Desk
from services.intake.domain.assessment import assessment_id
from services.intake.pages.family_view import Family, family_of
from services.intake.sheets import Printed, assessment_sheet, reception_sheet
from services.intake.showing import told_to
from shared.casefile.history import recorded_by
from shared.paper.sending import Kind, sent
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import Web

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/papers"


@pages.get(HERE + "/reception.{kind}", rule=PAPER)
async def print_reception(
    request: Request, consultation_id: UUID, kind: Kind, desk: DeskHere
) -> Response:
    of, _family = await _printed(request, desk, consultation_id)
    return await sent(reception_sheet(of), kind, f"相談受付票_{of.number}")


@pages.get(HERE + "/assessment.{kind}", rule=PAPER)
async def print_assessment(
    request: Request, consultation_id: UUID, kind: Kind, desk: DeskHere
) -> Response:
    of, family = await _printed(request, desk, consultation_id)
    sheet = await desk.assessments.state(assessment_id(of.row.case_id))
    paper = assessment_sheet(of, sheet, family, _drawn(request, family))
    return await sent(paper, kind, f"アセスメントシート_{of.number}")


async def _printed(request: Request, desk: Desk, consultation_id: UUID) -> tuple[Printed, Family]:
    """For who may work with the consultation; the look is logged before."""
    staff = request.state.staff
    row = await acting_on(desk.db, staff, consultation_id)
    told = await told_to(desk, staff, row, PAPER)
    family = await family_of(desk, staff, row, told)
    sheet = (await desk.consultations.state(consultation_id)).sheet
    if sheet is None or family is None:
        raise Refused("consultation-unknown")
    received = (await desk.consultations.history(consultation_id))[0]
    by = recorded_by(received.origin.actor)
    return Printed(desk.city, row, sheet, staff.name, desk.clock.today(), by), family


def _drawn(request: Request, family: Family) -> tuple[str, str]:
    """Genogram and ecomap of the page, each as a file of its own."""
    web: Web = request.app.state.web
    genogram = web.environment.get_template("genogram.html").module
    ecomap = web.environment.get_template("ecomap.html").module
    drawn = str(genogram.drawn(family.drawing, family.size))  # type: ignore[attr-defined]  # a macro
    mapped = str(ecomap.mapped(family.map))  # type: ignore[attr-defined]  # a macro
    return _alone(drawn), _alone(mapped)


def _alone(svg: str) -> str:
    own = 'xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans JP"'
    return svg.replace("<svg ", f"<svg {own} ", 1)
