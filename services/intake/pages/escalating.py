"""多機関協働へつなぐ (K-03, T-01)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import ESCALATE, acting_on
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.domain.ground import Ground
from services.intake.messages import messages
from services.intake.pages.forms import EscalationForm, SupplyForm, refusal
from services.intake.read.searching import ConsultationRow
from services.intake.reception import pass_on, supply, wrong_reasons
from services.intake.words import NEW_BASIS, NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class EscalationPage:
    row: ConsultationRow
    who: str
    form: Form[EscalationForm]
    reasons: list[tuple[str, str]]
    grounds: list[tuple[str, str]]


@pages.get("/consultations/{consultation_id}/escalation", rule=ESCALATE)
async def new_escalation(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return await _show(request, desk, row, blank(EscalationForm, on=desk.clock.today()))


@pages.post("/consultations/{consultation_id}/escalation", rule=ESCALATE)
async def create_escalation(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, EscalationForm)
    if form.value is not None and wrong_reasons(desk.city, form.value.reasons):
        form = form.wrong("reasons", messages["code-not-listed"].ja)
    if form.value is None:
        return await _show(request, desk, row, form)
    try:
        await pass_on(
            desk,
            consultation_id,
            reasons=tuple(form.value.reasons),
            ground=form.value.ground(),
            on=form.value.on,
        )
    except Refused as refused:
        return await _show(request, desk, row, refusal(form, refused))
    return see_other(
        f"/intake/consultations/{consultation_id}",
        said="多機関協働へつなぎました。返事をお待ちください。",
    )


@pages.post("/consultations/{consultation_id}/handover", rule=ESCALATE)
async def create_handover(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    """T-03: one button, on the ground of the 支援会議 the counter was called to."""
    await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, SupplyForm)
    if form.value is None:
        raise Refused("not-called-to-meeting")
    await supply(desk, consultation_id, Ground("support-meeting", str(form.value.meeting_id)))
    return see_other(
        f"/intake/consultations/{consultation_id}",
        said="お名前と記録を渡しました。支援会議で使われます。",
    )


async def _show(
    request: Request, desk: Desk, row: ConsultationRow, form: Form[EscalationForm]
) -> Response:
    await saw(desk.db, request.state.staff, [row.case_id], ESCALATE.name)
    page = EscalationPage(
        row,
        row.name or NO_NAME,
        form,
        options(desk.city, "reasons", desk.clock.today()),
        list(NEW_BASIS.items()),
    )
    return render(request, "escalation.html", page, status=form.status)
