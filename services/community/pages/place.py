"""The screens of the directory: find, enter, correct, check and retire a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.community.access import LOOK, WRITE
from services.community.asked import CardForm, CheckForm, values_of
from services.community.both import with_theirs
from services.community.desk import Desk
from services.community.domain.resource import check, correct, register
from services.community.messages import messages
from services.community.read.activities import ActivityRow, newest
from services.community.read.directory import (
    ResourceRow,
    resource_row,
    under_one_roof,
)
from services.community.read.searching import names
from services.community.venues import register_venues
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
Choices = list[tuple[str, str]]
_LISTS = {
    "kind": "resource_kinds",
    "town": "towns",
    "programme": "programmes",
    "targets": "resource_targets",
    "cares": "resource_cares",
    "capacity": "capacity_states",
}


@dataclass(frozen=True)
class ResourcePage:
    today: date
    row: ResourceRow
    activities: list[ActivityRow]
    neighbours: list[ResourceRow]
    """In the same building (V-3)."""
    stale: bool
    form: Form[Any]
    capacities: Choices
    may_write: bool


@dataclass(frozen=True)
class CardPage:
    """A form for an entry; `row` is the entry that is corrected, None for a new one."""

    row: ResourceRow | None
    form: Form[Any]
    choices: Mapping[str, Choices]
    suggested: Mapping[str, list[str]]
    """What other entries say: organisations, buildings."""


@pages.post("/venues", rule=WRITE)
async def create_venues(desk: DeskHere) -> Response:
    """計画の会場: all that are not there yet; pressed again, it adds nothing."""
    added = await register_venues(desk)
    return see_other("/community", said=f"計画の会場を{added}か所登録しました。")


@pages.get("/resources/new", rule=WRITE)
async def new_resource(request: Request, desk: DeskHere, gap: UUID | None = None) -> Response:
    return await show_card(request, desk, None, blank(CardForm, gap=gap))


@pages.post("/resources", rule=WRITE)
async def create_resource(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, CardForm)
    if form.value is None:
        return await show_card(request, desk, None, form)
    resource_id = desk.new_id()
    try:
        card = desk.listed_card(form.value.card())
        await desk.resources.act(
            resource_id, register, resource_id=resource_id, card=card, on=desk.clock.today()
        )
    except Refused as refused:
        return await show_card(request, desk, None, form.refuse(refused, messages))
    if form.value.gap is not None:
        said = "台帳に登録しました。使えるようになった日を確かめて登録してください。"
        return see_other(f"/community/gaps/{form.value.gap}?place={resource_id}", said=said)
    return see_other(f"/community/resources/{resource_id}", said="台帳に登録しました。")


@pages.get("/resources/{resource_id}", rule=LOOK)
async def show_resource(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    return await show_entry(request, desk, resource_id, blank(CheckForm))


@pages.get("/resources/{resource_id}/correction", rule=WRITE)
async def new_correction(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    place = await desk.resources.state(resource_id)
    now = values_of(place.card) if place.card else {}
    return await show_card(request, desk, row, blank(CardForm, **now, edition=place.edition))


@pages.post("/resources/{resource_id}/correction", rule=WRITE)
async def create_correction(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    form = await read_form(request, CardForm)
    if form.value is None:
        return await show_card(request, desk, row, form)
    try:
        card = desk.listed_card(form.value.card())
        await desk.resources.act(
            resource_id,
            correct,
            correction_id=desk.new_id(),
            card=card,
            on=desk.clock.today(),
            by=request.state.staff.agency,
            edition=form.value.edition,
        )
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = with_theirs(form, await desk.resources.history(resource_id))
        else:
            form = form.refuse(refused, messages)
        return await show_card(request, desk, row, form)
    return see_other(f"/community/resources/{resource_id}", said="登録内容を直しました。")


@pages.post("/resources/{resource_id}/check", rule=WRITE)
async def create_check(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    """F-09: it still holds, and perhaps: there is room."""
    form = await read_form(request, CheckForm)
    if form.value is None:
        return await show_entry(request, desk, resource_id, form)
    today, capacity = desk.clock.today(), form.value.capacity
    if capacity is not None:
        desk.city.listed("capacity_states", capacity, "capacity", today)
    await desk.resources.act(
        resource_id,
        check,
        correction_id=desk.new_id(),
        on=today,
        by=request.state.staff.agency,
        capacity=capacity,
    )
    return see_other(f"/community/resources/{resource_id}", said="今日、内容を確かめました。")


async def known(desk: Desk, resource_id: UUID) -> ResourceRow:
    """The entry, or the refusal that there is none."""
    row = await resource_row(desk.db, resource_id)
    if row is None:
        raise Refused("resource-unknown")
    return row


async def show_entry(request: Request, desk: Desk, resource_id: UUID, form: Form[Any]) -> Response:
    row, today = await known(desk, resource_id), desk.clock.today()
    page = ResourcePage(
        today,
        row,
        await newest(desk.db, resource_id, limit=20),
        await under_one_roof(desk.db, row),
        row.stale(today, desk.city.deadlines.directory_check),
        form,
        desk.choices("capacity_states"),
        request.state.staff.role in WRITE.roles,
    )
    return render(request, "resource.html", page, status=form.status)


async def show_card(
    request: Request, desk: Desk, row: ResourceRow | None, form: Form[Any]
) -> Response:
    page = CardPage(
        row,
        form,
        {name: desk.choices(kind) for name, kind in _LISTS.items()},
        {name: await names(desk.db, name) for name in ("organisation", "building")},
    )
    return render(request, "card.html", page, status=form.status)
