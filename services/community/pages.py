"""The screens of the directory: find, enter, correct, check and retire a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK, WRITE
from services.community.asked import CardForm, RetirementForm
from services.community.desk import Desk
from services.community.domain.resource import check, correct, register, retire
from services.community.messages import messages
from services.community.read.activities import ActivityRow, newest
from services.community.read.directory import (
    ResourceRow,
    Search,
    areas,
    count_open,
    find,
    resource_row,
)
from services.community.venues import register_venues, venues_missing
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
Words = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True)
class DirectoryPage:
    """社会資源の台帳."""

    today: date
    wanted: Search
    found: list[ResourceRow]
    open: int
    areas: list[str]
    kinds: list[tuple[str, str]]
    missing: int
    """Venues of the plan that are not in the directory yet."""

    @property
    def narrowed(self) -> bool:
        return self.wanted != Search()


@dataclass(frozen=True)
class ResourcePage:
    today: date
    row: ResourceRow
    activities: list[ActivityRow]


@dataclass(frozen=True)
class CardPage:
    """A form for an entry; `row` is the entry that is corrected, None for a new one."""

    row: ResourceRow | None
    form: Form[Any]
    kinds: list[tuple[str, str]]
    towns: list[tuple[str, str]]
    programmes: list[tuple[str, str]]


@dataclass(frozen=True)
class RetirementPage:
    row: ResourceRow
    form: Form[Any]
    reasons: list[tuple[str, str]]


@pages.get("", rule=LOOK)
async def show_directory(
    request: Request,
    desk: DeskHere,
    words: Words = "",
    kind: Words = "",
    area: Words = "",
    retired: Words = "",
) -> Response:
    wanted = Search(words, kind or None, area or None, retired == "yes")
    page = DirectoryPage(
        today=desk.clock.today(),
        wanted=wanted,
        found=await find(desk.db, wanted),
        open=await count_open(desk.db),
        areas=await areas(desk.db),
        kinds=desk.choices("resource_kinds"),
        missing=await venues_missing(desk),
    )
    return render(request, "directory.html", page)


@pages.post("/venues", rule=WRITE)
async def create_venues(desk: DeskHere) -> Response:
    """計画の会場: all that are not there yet; pressed again, it adds nothing."""
    added = await register_venues(desk)
    return see_other("/community", said=f"計画の会場を{added}か所登録しました。")


@pages.get("/resources/new", rule=WRITE)
async def new_resource(request: Request, desk: DeskHere) -> Response:
    return show_card(request, desk, None, blank(CardForm))


@pages.post("/resources", rule=WRITE)
async def create_resource(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, CardForm)
    if form.value is None:
        return show_card(request, desk, None, form)
    resource_id = desk.new_id()
    try:
        card = desk.listed_card(form.value.card())
        await desk.resources.act(
            resource_id, register, resource_id=resource_id, card=card, on=desk.clock.today()
        )
    except Refused as refused:
        return show_card(request, desk, None, form.refuse(refused, messages))
    return see_other(f"/community/resources/{resource_id}", said="台帳に登録しました。")


@pages.get("/resources/{resource_id}", rule=LOOK)
async def show_resource(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    held = await newest(desk.db, resource_id, limit=20)
    page = ResourcePage(desk.clock.today(), row, held)
    return render(request, "resource.html", page)


@pages.get("/resources/{resource_id}/correction", rule=WRITE)
async def new_correction(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    now = {name: getattr(row, name) for name in CardForm.model_fields}
    return show_card(request, desk, row, blank(CardForm, **now))


@pages.post("/resources/{resource_id}/correction", rule=WRITE)
async def create_correction(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    form = await read_form(request, CardForm)
    if form.value is None:
        return show_card(request, desk, row, form)
    try:
        card = desk.listed_card(form.value.card())
        await desk.resources.act(
            resource_id, correct, correction_id=desk.new_id(), card=card, on=desk.clock.today()
        )
    except Refused as refused:
        return show_card(request, desk, row, form.refuse(refused, messages))
    return see_other(f"/community/resources/{resource_id}", said="登録内容を直しました。")


@pages.post("/resources/{resource_id}/check", rule=WRITE)
async def create_check(resource_id: UUID, desk: DeskHere) -> Response:
    await desk.resources.act(resource_id, check, on=desk.clock.today())
    return see_other(f"/community/resources/{resource_id}", said="今日、内容を確かめました。")


@pages.get("/resources/{resource_id}/retirement", rule=WRITE)
async def new_retirement(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, resource_id)
    return show_retirement(request, desk, row, blank(RetirementForm, on=desk.clock.today()))


@pages.post("/resources/{resource_id}/retirement", rule=WRITE)
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


async def known(desk: Desk, resource_id: UUID) -> ResourceRow:
    """The entry, or the refusal that there is none."""
    row = await resource_row(desk.db, resource_id)
    if row is None:
        raise Refused("resource-unknown")
    return row


def show_card(request: Request, desk: Desk, row: ResourceRow | None, form: Form[Any]) -> Response:
    page = CardPage(
        row,
        form,
        desk.choices("resource_kinds"),
        desk.choices("towns"),
        desk.choices("programmes"),
    )
    return render(request, "card.html", page, status=form.status)


def show_retirement(request: Request, desk: Desk, row: ResourceRow, form: Form[Any]) -> Response:
    page = RetirementPage(row, form, desk.choices("retirement_reasons"))
    return render(request, "retirement.html", page, status=form.status)
