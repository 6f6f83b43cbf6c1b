"""分野を超えた対応 (X-24): what the rule found, and how staff put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from services.intake.access import FIELD, acting_on
from services.intake.desk import Desk
from services.intake.domain.beyond import FieldCorrected, FieldJudged, Verdict
from services.intake.domain.judging import correct_field
from services.intake.families import other_fields
from services.intake.pages.forms import Story, refusal
from services.intake.read.searching import ConsultationRow
from services.intake.words import NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
CHOICES = (("yes", "あてはまる"), ("no", "あてはまらない"))


class FieldForm(BaseModel):
    """The other answer, and why."""

    beyond: Literal["yes", "no"] = Field(title="分野を超えた対応")
    reason: Story = Field("", title="直す理由")


@dataclass(frozen=True)
class FieldPage:
    row: ConsultationRow
    who: str
    now: str
    others: list[str]
    """The other fields that the rule finds."""
    form: Form[FieldForm]
    choices: tuple[tuple[str, str], ...] = CHOICES


def said(*, beyond: bool) -> str:
    """The answer in words."""
    return dict(CHOICES)["yes" if beyond else "no"]


def in_words(verdict: Verdict | None) -> str:
    """What holds now, and who says so; empty where the counter has no field of its own."""
    if verdict is None:
        return ""
    by = "職員が直したもの" if verdict.rule is None else f"記録から自動、規則 第{verdict.rule}版"
    return f"{said(beyond=verdict.beyond)}（{by}）"


def judgement_in_words(event: FieldJudged | FieldCorrected) -> tuple[date, str, str]:
    """A line of 経過, without the reason."""
    answer = said(beyond=event.beyond)
    if isinstance(event, FieldJudged):
        return event.judged_on, f"分野を超えた対応: {answer}", "世帯の記録から"
    return event.corrected_on, f"分野を超えた対応を「{answer}」に直しました", ""


@pages.get("/consultations/{consultation_id}/field", rule=FIELD)
async def edit_field(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return await _show(request, desk, row, blank(FieldForm))


@pages.post("/consultations/{consultation_id}/field", rule=FIELD)
async def update_field(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, FieldForm)
    if form.value is None:
        return await _show(request, desk, row, form)
    try:
        await desk.consultations.act(
            consultation_id,
            correct_field,
            beyond=form.value.beyond == "yes",
            reason=form.value.reason,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await _show(request, desk, row, refusal(form, refused))
    where = f"/intake/consultations/{consultation_id}"
    return see_other(where, said="「分野を超えた対応」の記録を改めました。")


async def _show(
    request: Request, desk: Desk, row: ConsultationRow, form: Form[FieldForm]
) -> Response:
    state = await desk.consultations.state(row.consultation_id)
    if state.sheet is None or state.verdict is None:
        raise Refused("counter-without-field")
    await saw(desk.db, request.state.staff, [row.case_id], FIELD.name)
    found = await other_fields(desk, state.sheet, row.case_id) or ()
    labels = [desk.city.label("fields", code) for code in found]
    page = FieldPage(row, row.name or NO_NAME, in_words(state.verdict), labels, form)
    return render(request, "field.html", page, status=form.status)
