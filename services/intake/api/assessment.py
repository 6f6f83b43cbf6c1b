"""インテーク・アセスメントシート as JSON (S-02), and X-24 put right by staff."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.intake.access import ASSESS, FIELD, acting_on
from services.intake.api.strict import Code, Day, Strict, listed
from services.intake.desk import Desk
from services.intake.domain.assessment import assess, assessment_id
from services.intake.domain.judging import correct_field
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/assessment"
Answer = Annotated[str, Field(max_length=10_000)]


class AssessmentBody(Strict):
    """The whole sheet: an answer that is left out is taken off."""

    edition: int = Field(title="見ていた版", ge=0)
    on: Day = Field(title="記入日")
    answers: dict[Code, Answer] = Field(title="回答", max_length=200)


class AssessmentValue(BaseModel):
    edition: int
    assessed_on: date | None
    answers: dict[str, str]


class Edition(BaseModel):
    edition: int


class FieldBody(Strict):
    """分野を超えた対応: the other answer, and why."""

    beyond: bool = Field(title="分野を超えた対応")
    reason: str = Field(title="直す理由", max_length=10_000)


class FieldDone(BaseModel):
    id: UUID
    beyond: bool
    position: int


@api.get(HERE, rule=ASSESS)
async def get_assessment(
    request: Request, consultation_id: UUID, desk: DeskHere
) -> AssessmentValue:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await saw(desk.db, request.state.staff, [row.case_id], ASSESS.name)
    sheet = await desk.assessments.state(assessment_id(row.case_id))
    return AssessmentValue(
        edition=sheet.edition, assessed_on=sheet.assessed_on, answers=dict(sheet.answers)
    )


@api.post(HERE, rule=ASSESS, status_code=201)
async def post_assessment(
    request: Request, consultation_id: UUID, body: AssessmentBody, desk: DeskHere
) -> Edition:
    """A new edition; 409 when a colleague was faster."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    known = {one.code for one in desk.city.assessment_items}
    listed(body, *(["answers"] if set(body.answers) - known else []))
    stream = assessment_id(row.case_id)
    await desk.assessments.act(
        stream,
        assess,
        case_id=row.case_id,
        edition=body.edition,
        answers=body.answers,
        on=body.on,
        today=desk.clock.today(),
    )
    return Edition(edition=(await desk.assessments.state(stream)).edition)


@api.post("/consultations/{consultation_id}/field", rule=FIELD, status_code=201)
async def post_field(
    request: Request, consultation_id: UUID, body: FieldBody, desk: DeskHere
) -> FieldDone:
    """X-24 as staff know it; the rule is silent from then on."""
    await acting_on(desk.db, request.state.staff, consultation_id)
    acted = await desk.consultations.act(
        consultation_id,
        correct_field,
        beyond=body.beyond,
        reason=body.reason,
        today=desk.clock.today(),
    )
    return FieldDone(id=consultation_id, beyond=body.beyond, position=acted.position)
