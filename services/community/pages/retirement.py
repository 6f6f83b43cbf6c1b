"""使えなくなった, また使えるようになった: an entry leaves the directory and comes back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.community.access import WRITE
from services.community.asked import ReopeningForm, RetirementForm
from services.community.desk import Desk
from services.community.domain.resource import reopen, retire
from services.community.messages import messages
from services.community.pages.place import Choices, known
from services.community.read.directory import ResourceRow
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

retirement_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class RetirementPage:
    row: ResourceRow
    form: Form[Any]
    reasons: Choices


@dataclass(frozen=True)
class ReopeningPage:
    row: ResourceRow
    form: Form[Any]


@retirement_pages.get("/resources/{resource_id}/retirement", rule=WRITE)
async def new_retirement(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    return show_retirement(request, desk, row, blank(RetirementForm, on=desk.clock.today()))


@retirement_pages.post("/resources/{resource_id}/retirement", rule=WRITE)
async def create_retirement(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    form = await read_form(request, RetirementForm)
    if form.value is None:
        return show_retirement(request, desk, row, form)
    asked = form.value
    try:
        await desk.resources.act(
            resource_id,
            retire,
            reason=desk.city.listed("retirement_reasons", asked.reason, "reason", asked.on),
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return show_retirement(request, desk, row, form.refuse(refused, messages))
    said = "使えなくなったことを記録しました。"
    return see_other(f"/community/resources/{resource_id}", said=said)


@retirement_pages.get("/resources/{resource_id}/reopening", rule=WRITE)
async def new_reopening(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    form = blank(ReopeningForm, reopened_on=desk.clock.today())
    return render(request, "reopening.html", ReopeningPage(row, form))


@retirement_pages.post("/resources/{resource_id}/reopening", rule=WRITE)
async def create_reopening(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    """The retirement was a mistake, or the place is there again: the same entry goes on."""
    row = await known(desk, resource_id)
    form = await read_form(request, ReopeningForm)
    if form.value is not None:
        day, today = form.value.reopened_on, desk.clock.today()
        try:
            by = request.state.staff.agency
            await desk.resources.act(resource_id, reopen, on=day, today=today, by=by)
        except Refused as refused:
            form = form.refuse(refused, messages)
    if form.value is None:
        return render(request, "reopening.html", ReopeningPage(row, form), status=form.status)
    said = "また使えるようになったことを記録しました。"
    return see_other(f"/community/resources/{resource_id}", said=said)


def show_retirement(request: Request, desk: Desk, row: ResourceRow, form: Form[Any]) -> Response:
    page = RetirementPage(row, form, desk.choices("retirement_reasons"))
    return render(request, "retirement.html", page, status=form.status)
