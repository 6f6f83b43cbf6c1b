"""インテーク・アセスメントシート (S-02): written bit by bit, by whoever works with the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field, create_model

from services.intake.access import ASSESS, acting_on
from services.intake.desk import Desk
from services.intake.domain.assessment import Assessed, Assessment, assess, assessment_id
from services.intake.pages.forms import Story, refusal
from services.intake.read.searching import ConsultationRow
from services.intake.words import NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.city import City
from shared.vocabulary.entries import AssessmentItem
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


class AssessmentForm(BaseModel):
    """What every sheet has; its questions are the city's (`form_of`)."""

    edition: int = Field(0, title="版", ge=0)
    on: date = Field(title="記入日")


@dataclass(frozen=True)
class AssessmentPage:
    row: ConsultationRow
    who: str
    form: Form[Any]
    sections: list[tuple[str, list[tuple[str, int]]]]
    """Heading → (field, lines of its box)."""
    edition: int


@pages.get("/consultations/{consultation_id}/assessment", rule=ASSESS)
async def edit_assessment(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    sheet = await desk.assessments.state(assessment_id(row.case_id))
    shown = {field_of(code): text for code, text in sheet.answers.items()}
    today = desk.clock.today()
    form = blank(form_of(desk.city, today), edition=sheet.edition, on=today, **shown)
    return await _show(request, desk, row, form, sheet)


@pages.post("/consultations/{consultation_id}/assessment", rule=ASSESS)
async def save_assessment(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, form_of(desk.city, desk.clock.today()))
    if form.value is None:
        return await _show(request, desk, row, form)
    try:
        await desk.assessments.act(
            assessment_id(row.case_id),
            assess,
            case_id=row.case_id,
            edition=form.value.edition,
            answers=answers_of(desk.city, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = await _with_theirs(desk, row, form)
        else:
            form = refusal(form, refused)
        return await _show(request, desk, row, form)
    said = "アセスメントシートを保存しました。"
    return see_other(f"/intake/consultations/{consultation_id}", said=said)


def field_of(code: str) -> str:
    """The form's name of a question."""
    return f"item_{code.replace('-', '_')}"


def form_of(city: City, on: date) -> type[AssessmentForm]:
    """The city's questions as a form."""
    return _model(tuple((one.code, one.label) for one in city.assessment_items if one.holds(on)))


@lru_cache(maxsize=8)
def _model(questions: tuple[tuple[str, str], ...]) -> type[AssessmentForm]:
    fields: dict[str, Any] = {
        field_of(code): (Story, Field("", title=label)) for code, label in questions
    }
    return create_model("AssessmentForm", __base__=AssessmentForm, **fields)


def answers_of(city: City, typed: AssessmentForm) -> dict[str, str]:
    """Code → answer."""
    items = city.assessment_items
    return {one.code: getattr(typed, field_of(one.code), "") for one in items}


async def _with_theirs(desk: Desk, row: ConsultationRow, form: Form[Any]) -> Form[Any]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    editions = await desk.assessments.history(assessment_id(row.case_id))
    seen = form.first("edition")
    before = next((one.event for one in editions if str(one.event.edition) == seen), None)
    now = editions[-1].event
    return merged(form, _fields(before), _fields(now), edition=now.edition)[0]


def _fields(event: Assessed | None) -> dict[str, str]:
    answers = event.answers if event is not None and event.answers else {}
    return {field_of(code): text for code, text in answers.items()}


async def _show(
    request: Request,
    desk: Desk,
    row: ConsultationRow,
    form: Form[Any],
    sheet: Assessment | None = None,
) -> Response:
    await saw(desk.db, request.state.staff, [row.case_id], ASSESS.name)
    sheet = sheet or await desk.assessments.state(assessment_id(row.case_id))
    page = AssessmentPage(row, row.name or NO_NAME, form, _sections(desk), sheet.edition)
    return render(request, "assessment.html", page, status=form.status)


def _sections(desk: Desk) -> list[tuple[str, list[tuple[str, int]]]]:
    today = desk.clock.today()
    items = [one for one in desk.city.assessment_items if one.holds(today)]

    def heading(one: AssessmentItem) -> str:
        return one.section

    return [
        (name, [(field_of(one.code), one.lines) for one in group])
        for name, group in groupby(items, heading)
    ]
