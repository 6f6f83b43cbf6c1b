"""票を直す (S-01): two people who correct one sheet meet field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import SHEET, acting_on
from services.intake.correcting import correct
from services.intake.desk import Desk
from services.intake.domain.consultation import Received
from services.intake.domain.sheet import Sheet, SheetCorrected
from services.intake.messages import messages
from services.intake.pages.forms import SheetAgainForm, SheetForm, refusal
from services.intake.pages.sheet_choices import SheetChoices, sheet_choices
from services.intake.read.searching import ConsultationRow
from services.intake.reception import wrong_codes
from services.intake.words import NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
FORM_FIELDS = tuple(SheetForm.model_fields)


@dataclass(frozen=True)
class SheetPage:
    row: ConsultationRow
    who: str
    form: Form[SheetAgainForm]
    choices: SheetChoices

    @property
    def handed_on(self) -> bool:
        return self.row.status in ("escalated", "accepted")


@pages.get("/consultations/{consultation_id}/sheet", rule=SHEET)
async def edit_sheet(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    state = await desk.consultations.state(consultation_id)
    if state.sheet is None:
        raise Refused("consultation-unknown")
    form = blank(SheetAgainForm, **as_typed(state.sheet), edition=state.edition)
    return await _show(request, desk, row, form)


@pages.post("/consultations/{consultation_id}/sheet", rule=SHEET)
async def update_sheet(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, SheetAgainForm)
    if form.value is None:
        return await _show(request, desk, row, form)
    asked, slip = form.value, form.value.slip_of(row.counter, row.received_on)
    for field in wrong_codes(desk.city, slip):
        form = form.wrong(field, messages["code-not-listed"].ja)
    if form.value is None:
        return await _show(request, desk, row, form)
    try:
        await correct(desk, consultation_id, slip, asked.edition)
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = await _with_theirs(desk, row, form)
        else:
            form = refusal(form, refused)
        return await _show(request, desk, row, form)
    return see_other(f"/intake/consultations/{consultation_id}", said="票を直しました。")


def as_typed(sheet: Sheet) -> dict[str, Any]:
    """As the form shows it: 和暦, and nothing where nothing is written."""
    values = {name: getattr(sheet, name) for name in FORM_FIELDS}
    return {
        name: wareki(value)
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else str(value)
        for name, value in values.items()
        if value not in (None, ())
    }


async def _with_theirs(
    desk: Desk, row: ConsultationRow, form: Form[SheetAgainForm]
) -> Form[SheetAgainForm]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    events = [one.event for one in await desk.consultations.history(row.consultation_id)]
    editions = [as_typed(one) for one in events if isinstance(one, Received | SheetCorrected)]
    seen = int(form.first("edition") or 0)
    before = editions[seen - 1] if 0 < seen <= len(editions) else {}
    words = _choices(desk, form).words
    return merged(form, before, editions[-1], words=words, edition=len(editions))[0]


def _choices(desk: Desk, form: Form[SheetAgainForm]) -> SheetChoices:
    ticked = [code for codes in form.typed.values() for code in codes]
    return sheet_choices(desk.city, desk.clock.today(), ticked)


async def _show(
    request: Request, desk: Desk, row: ConsultationRow, form: Form[SheetAgainForm]
) -> Response:
    await saw(desk.db, request.state.staff, [row.case_id], SHEET.name)
    page = SheetPage(row, row.name or NO_NAME, form, _choices(desk, form))
    return render(request, "sheet.html", page, status=form.status)
