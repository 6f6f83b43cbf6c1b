"""The screens of 支援機関につなぐ (T-32): on which ground, and what the agency was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import REQUEST, desk_here
from services.outreach.asked.request import LinkCorrectionForm, LinkForm, WithdrawalForm
from services.outreach.desk import Desk
from services.outreach.domain.events import LinkCorrected, Linked
from services.outreach.domain.linking import LinkNote, correct_link, link, withdraw_link
from services.outreach.file.request import File, open_file
from services.outreach.messages import messages
from services.outreach.sheets import link_sheet, over
from shared.casefile.showing import BASES
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

linking_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]


@dataclass(frozen=True)
class LinkPage:
    """A link to be recorded, or one to be put right or taken back."""

    file: File
    link_id: UUID | None
    form: Form[Any]
    withdrawal: Form[Any]
    options: list[tuple[str, str]]
    bases: list[tuple[str, str]]


@linking_pages.get("/requests/{request_id}/links/new", rule=REQUEST)
async def new_link(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(LinkForm, on=desk.clock.today())
    return await show(request, request_id, desk, None, form)


@linking_pages.post("/requests/{request_id}/links", rule=REQUEST)
async def create_link(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, LinkForm)
    if form.value is None:
        return await show(request, request_id, desk, None, form)
    try:
        await desk.requests.act(
            request_id,
            link,
            link_id=desk.new_id(),
            made=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await show(request, request_id, desk, None, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="つないだ先を記録しました。")


@linking_pages.get("/requests/{request_id}/links/{link_id}", rule=REQUEST)
async def edit_link(request: Request, request_id: UUID, link_id: UUID, desk: DeskHere) -> Response:
    found = (await desk.requests.state(request_id)).links.get(link_id)
    if found is None:
        raise Refused("link-unknown")
    return await show(request, request_id, desk, link_id, link_sheet(found))


@linking_pages.post("/requests/{request_id}/links/{link_id}", rule=REQUEST)
async def save_link(request: Request, request_id: UUID, link_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, LinkCorrectionForm)
    if form.value is None:
        return await show(request, request_id, desk, link_id, form)
    try:
        await desk.requests.act(
            request_id,
            correct_link,
            link_id=link_id,
            edition=form.value.edition,
            made=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        if refused.code == "link-changed-meanwhile":
            form = over(form, await editions(desk, request_id, link_id))
        else:
            form = form.refuse(refused, messages)
        return await show(request, request_id, desk, link_id, form)
    return see_other(f"/outreach/requests/{request_id}", said="つないだ記録を直しました。")


@linking_pages.post("/requests/{request_id}/links/{link_id}/withdrawal", rule=REQUEST)
async def create_withdrawal(
    request: Request, request_id: UUID, link_id: UUID, desk: DeskHere
) -> Response:
    state = await desk.requests.state(request_id)
    form = await read_form(request, WithdrawalForm)
    if form.value is None and link_id in state.links:
        sheet = link_sheet(state.links[link_id])
        return await show(request, request_id, desk, link_id, sheet, form)
    reason = form.value.reason if form.value else None
    on = desk.clock.today()
    await desk.requests.act(request_id, withdraw_link, link_id=link_id, reason=reason, on=on)
    return see_other(f"/outreach/requests/{request_id}", said="つないだ記録を取り消しました。")


def note_of(desk: Desk, asked: LinkForm) -> LinkNote:
    """What was typed as what the decision takes."""
    return LinkNote(
        agency=desk.city.listed("agencies", asked.agency, "agency"),
        basis=asked.basis,
        reference=asked.reference,
        passed=asked.passed,
        note=asked.note or None,
    )


async def editions(desk: Desk, request_id: UUID, link_id: UUID) -> list[Form[Any]]:
    """The record as it was written, time after time."""
    return [
        link_sheet(r.event)
        for r in await desk.requests.history(request_id)
        if isinstance(r.event, Linked | LinkCorrected) and r.event.link_id == link_id
    ]


async def show(
    request: Request,
    request_id: UUID,
    desk: Desk,
    link_id: UUID | None,
    form: Form[Any],
    withdrawal: Form[Any] | None = None,
) -> Response:
    file = await open_file(desk, request.state.staff, request_id)
    agencies = desk.city.choices("agencies", desk.clock.today())
    taken = withdrawal or blank(WithdrawalForm)
    page = LinkPage(file, link_id, form, taken, agencies, list(BASES.items()))
    return render(request, "link.html", page, status=max(form.status, taken.status))
