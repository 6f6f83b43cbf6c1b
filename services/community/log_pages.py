"""The screens of the activity log: what took place, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.community.access import LOOK, WRITE
from services.community.asked import SheetForm
from services.community.desk import Desk
from services.community.domain.activity import correct, record
from services.community.messages import messages
from services.community.read.activities import ActivityRow, activity_row, newest
from services.community.read.directory import Search, find
from services.community.words import ACTIVITIES
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

log_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class ActivitiesPage:
    """活動の記録, newest first."""

    found: list[ActivityRow]
    kinds: Mapping[str, str]


@dataclass(frozen=True)
class SheetPage:
    """A form for an activity; `row` is the record that is corrected, None for a new one."""

    row: ActivityRow | None
    form: Form[Any]
    kinds: list[tuple[str, str]]
    programmes: list[tuple[str, str]]
    places: list[tuple[str, str]]


@log_pages.get("/activities", rule=LOOK)
async def show_activities(request: Request, desk: DeskHere) -> Response:
    return render(request, "activities.html", ActivitiesPage(await newest(desk.db), ACTIVITIES))


@log_pages.get("/activities/new", rule=WRITE)
async def new_activity(
    request: Request, desk: DeskHere, resource_id: UUID | None = None
) -> Response:
    form = blank(SheetForm, held_on=desk.clock.today(), resource_id=resource_id)
    return await show_sheet(request, desk, None, form)


@log_pages.post("/activities", rule=WRITE)
async def create_activity(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, SheetForm)
    if form.value is None:
        return await show_sheet(request, desk, None, form)
    activity_id = desk.new_id()
    try:
        sheet = await desk.listed_sheet(form.value.sheet())
        await desk.activities.act(
            activity_id, record, activity_id=activity_id, sheet=sheet, today=desk.clock.today()
        )
    except Refused as refused:
        return await show_sheet(request, desk, None, form.refuse(refused, messages))
    return see_other("/community/activities", said="活動を記録しました。")


@log_pages.get("/activities/{activity_id}", rule=WRITE)
async def show_activity(request: Request, activity_id: UUID, desk: DeskHere) -> Response:
    """The record as a form: looking at it and correcting it are one screen."""
    row = await known(desk, activity_id)
    now = {name: getattr(row, name) for name in SheetForm.model_fields}
    return await show_sheet(request, desk, row, blank(SheetForm, **now))


@log_pages.post("/activities/{activity_id}", rule=WRITE)
async def correct_activity(request: Request, activity_id: UUID, desk: DeskHere) -> Response:
    row = await known(desk, activity_id)
    form = await read_form(request, SheetForm)
    if form.value is None:
        return await show_sheet(request, desk, row, form)
    try:
        sheet = await desk.listed_sheet(form.value.sheet())
        await desk.activities.act(activity_id, correct, sheet=sheet, today=desk.clock.today())
    except Refused as refused:
        return await show_sheet(request, desk, row, form.refuse(refused, messages))
    return see_other("/community/activities", said="活動の記録を直しました。")


async def known(desk: Desk, activity_id: UUID) -> ActivityRow:
    """The record, or the refusal that there is none."""
    row = await activity_row(desk.db, activity_id)
    if row is None:
        raise Refused("activity-unknown")
    return row


async def show_sheet(
    request: Request, desk: Desk, row: ActivityRow | None, form: Form[Any]
) -> Response:
    places = await find(desk.db, Search(), limit=1000)
    page = SheetPage(
        row,
        form,
        list(ACTIVITIES.items()),
        desk.choices("programmes"),
        [(str(p.resource_id), f"{p.area}　{p.name}" if p.area else p.name) for p in places],
    )
    return render(request, "sheet.html", page, status=form.status)
