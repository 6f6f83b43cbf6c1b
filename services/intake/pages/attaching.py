"""ケースに合わせる (F-20): the clerk compares and chooses; nothing is merged silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import ATTACH, acting_on
from services.intake.desk import Desk
from services.intake.joining import Known, join, part
from services.intake.pages.forms import AttachmentForm, DetachmentForm, refusal
from services.intake.read.candidates import Candidate, candidates
from services.intake.read.searching import ConsultationRow
from services.intake.words import NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class AttachmentPage:
    row: ConsultationRow
    who: str
    form: Form[AttachmentForm]
    known: list[Candidate]
    linked: bool
    """It belongs to a case that is not its own, and can be given its own again."""
    parting: Form[DetachmentForm]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(str(one.case_id), _in_words(one)) for one in self.known]


@pages.get("/consultations/{consultation_id}/attachment", rule=ATTACH)
async def new_attachment(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return await _show(request, desk, row, blank(AttachmentForm, former_case_id=str(row.case_id)))


@pages.post("/consultations/{consultation_id}/attachment", rule=ATTACH)
async def create_attachment(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, AttachmentForm)
    if form.value is None:
        return await _show(request, desk, row, form)
    try:
        known = Known(form.value.case_id, request.state.staff)
        await join(desk, consultation_id, known, former_case_id=form.value.former_case_id)
    except Refused as refused:
        return await _show(request, desk, row, refusal(form, refused))
    return see_other(
        f"/intake/consultations/{consultation_id}", said="既知のケースに合わせました。"
    )


@pages.post("/consultations/{consultation_id}/detachment", rule=ATTACH)
async def create_detachment(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, DetachmentForm)
    shown = blank(AttachmentForm, former_case_id=str(row.case_id))
    if form.value is None:
        return await _show(request, desk, row, shown, form)
    former, reason = form.value.former_case_id, form.value.reason
    try:
        await part(desk, consultation_id, former_case_id=former, reason=reason)
    except Refused as refused:
        return await _show(request, desk, row, shown, refusal(form, refused))
    return see_other(
        f"/intake/consultations/{consultation_id}",
        said="ケースから離しました。元のケースに戻りました。",
    )


async def _show(
    request: Request,
    desk: Desk,
    row: ConsultationRow,
    form: Form[AttachmentForm],
    parting: Form[DetachmentForm] | None = None,
) -> Response:
    state = await desk.consultations.state(row.consultation_id)
    sheet = state.sheet
    known = (
        await candidates(
            desk.db,
            name=sheet.name,
            kana=sheet.kana,
            phone=sheet.phone,
            born_on=sheet.born_on,
            town=sheet.town,
            but=row.case_id,
        )
        if sheet
        else []
    )
    subjects = [row.case_id, *(one.case_id for one in known)]
    await saw(desk.db, request.state.staff, subjects, ATTACH.name)
    parting = parting or blank(DetachmentForm, former_case_id=str(row.case_id))
    linked = row.case_id != state.own_case
    page = AttachmentPage(row, row.name or NO_NAME, form, known, linked, parting)
    return render(request, "attachment.html", page, status=max(form.status, parting.status))


def _in_words(one: Candidate) -> str:
    born = f"{wareki(one.born_on)}生" if one.born_on else "生年月日不明"
    return (
        f"{one.name or NO_NAME} {one.kana or ''}　{born}　最後の相談 {wareki(one.received_on)}"
        f"（{one.consultations}回）　同じところ: {one.why}"
    )
