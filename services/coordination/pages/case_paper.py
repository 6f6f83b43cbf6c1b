"""相談受付・申込票 (S-01) to be signed, and アセスメントシート (S-02), on paper (T-02, T-04)."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination.access import CASE
from services.coordination.desk import Desk
from services.coordination.file.case import open_case
from services.coordination.file.counter import drawn, for_paper
from shared.casefile.drawings import drawings_of
from shared.casefile.sheets import Printed, assessment_sheet, reception_sheet
from shared.paper.sending import Kind, sent
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.vocabulary.counter_file import WrittenAssessment
from shared.web.desks import desk_of
from shared.web.pages import Pages

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
Name = Literal["reception", "assessment"]


@pages.get("/cases/{case_id}/papers/{name}.{kind}", rule=CASE)
async def print_sheet(
    request: Request, case_id: UUID, name: Name, kind: Kind, desk: DeskHere
) -> Response:
    """For those who may see the person; opening the case notes the look."""
    staff: Staff = request.state.staff
    opened = await open_case(desk, staff, case_id)
    if not opened.sees_person:
        raise Refused("paper-not-yours")
    file = for_paper(opened.counter, opened.row, opened.person)
    of = Printed(desk.city, case_id, file.sheet, staff.name, desk.clock.today())
    if name == "reception":
        return await sent(reception_sheet(of), kind, f"相談受付票_{of.number}")
    family = drawn(desk, file, opened.person)
    assessed = file.assessment or WrittenAssessment()
    paper = assessment_sheet(of, assessed, family, drawings_of(request, family))
    return await sent(paper, kind, f"アセスメントシート_{of.number}")
