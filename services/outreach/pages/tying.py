"""The screens of 地域とのつながりづくり (T-33): with whom nearby, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import REQUEST, desk_here
from services.outreach.asked.request import TieCorrectionForm, TieForm, WithdrawalForm
from services.outreach.desk import Desk
from services.outreach.domain.events import TieBuilt, TieCorrected
from services.outreach.domain.tying import TieNote, build_tie, correct_tie, withdraw_tie
from services.outreach.file.request import File, open_file
from services.outreach.messages import messages
from services.outreach.sheets import over, tie_sheet
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

tying_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]


@dataclass(frozen=True)
class TiePage:
    """A tie to be recorded, or one to be put right or taken back."""

    file: File
    tie_id: UUID | None
    form: Form[Any]
    withdrawal: Form[Any]
    options: list[tuple[str, str]]


@tying_pages.get("/requests/{request_id}/ties/new", rule=REQUEST)
async def new_tie(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(TieForm, on=desk.clock.today())
    return await show(request, request_id, desk, None, form)


@tying_pages.post("/requests/{request_id}/ties", rule=REQUEST)
async def create_tie(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, TieForm)
    if form.value is None:
        return await show(request, request_id, desk, None, form)
    try:
        await desk.requests.act(
            request_id,
            build_tie,
            tie_id=desk.new_id(),
            built=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await show(request, request_id, desk, None, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="つながりづくりを記録しました。")


@tying_pages.get("/requests/{request_id}/ties/{tie_id}", rule=REQUEST)
async def edit_tie(request: Request, request_id: UUID, tie_id: UUID, desk: DeskHere) -> Response:
    found = (await desk.requests.state(request_id)).ties.get(tie_id)
    if found is None:
        raise Refused("tie-unknown")
    return await show(request, request_id, desk, tie_id, tie_sheet(found))


@tying_pages.post("/requests/{request_id}/ties/{tie_id}", rule=REQUEST)
async def save_tie(request: Request, request_id: UUID, tie_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, TieCorrectionForm)
    if form.value is None:
        return await show(request, request_id, desk, tie_id, form)
    try:
        await desk.requests.act(
            request_id,
            correct_tie,
            tie_id=tie_id,
            edition=form.value.edition,
            built=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        if refused.code == "tie-changed-meanwhile":
            form = over(form, await editions(desk, request_id, tie_id))
        else:
            form = form.refuse(refused, messages)
        return await show(request, request_id, desk, tie_id, form)
    return see_other(f"/outreach/requests/{request_id}", said="つながりづくりの記録を直しました。")


@tying_pages.post("/requests/{request_id}/ties/{tie_id}/withdrawal", rule=REQUEST)
async def create_withdrawal(
    request: Request, request_id: UUID, tie_id: UUID, desk: DeskHere
) -> Response:
    state = await desk.requests.state(request_id)
    form = await read_form(request, WithdrawalForm)
    if form.value is None and tie_id in state.ties:
        sheet = tie_sheet(state.ties[tie_id])
        return await show(request, request_id, desk, tie_id, sheet, form)
    reason = form.value.reason if form.value else None
    on = desk.clock.today()
    await desk.requests.act(request_id, withdraw_tie, tie_id=tie_id, reason=reason, on=on)
    return see_other(
        f"/outreach/requests/{request_id}", said="つながりづくりの記録を取り消しました。"
    )


def note_of(desk: Desk, asked: TieForm) -> TieNote:
    """What was typed as what the decision takes."""
    return TieNote(
        kind=desk.city.listed("tie_kinds", asked.kind, "kind"),
        partner=asked.partner or None,
        note=asked.note or None,
    )


async def editions(desk: Desk, request_id: UUID, tie_id: UUID) -> list[Form[Any]]:
    """The record as it was written, time after time."""
    return [
        tie_sheet(r.event)
        for r in await desk.requests.history(request_id)
        if isinstance(r.event, TieBuilt | TieCorrected) and r.event.tie_id == tie_id
    ]


async def show(
    request: Request,
    request_id: UUID,
    desk: Desk,
    tie_id: UUID | None,
    form: Form[Any],
    withdrawal: Form[Any] | None = None,
) -> Response:
    file = await open_file(desk, request.state.staff, request_id)
    kinds = desk.city.choices("tie_kinds", desk.clock.today())
    taken = withdrawal or blank(WithdrawalForm)
    page = TiePage(file, tie_id, form, taken, kinds)
    return render(request, "tie.html", page, status=max(form.status, taken.status))
