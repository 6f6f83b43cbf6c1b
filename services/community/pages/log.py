"""The screens of the activity log: what took place, and its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK, NOTICING, WRITE
from services.community.desk import Desk
from services.community.domain.activity import Activity, correct, record
from services.community.logged import Logged
from services.community.messages import messages
from services.community.placing import by_name, read_placed
from services.community.read.activities import SHOWN, ActivityRow, logged
from services.community.read.naming import suggested
from services.community.sheets import field_of, form_of, kind_of, sheet_of, values_of, with_theirs
from shared.sourcing.decider import Refused
from shared.vocabulary.entries import ActivityKind
from shared.web.desks import desk_of
from shared.web.forms import Form, blank
from shared.web.pages import Pages
from shared.web.render import render, see_other

log_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
Chosen = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True)
class ActivitiesPage:
    """活動の記録, newest first."""

    found: list[ActivityRow]
    asked: Logged
    programmes: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    before: str
    after: str


@dataclass(frozen=True)
class KindsPage:
    """どの記録ですか: the kinds of activity by programme."""

    programmes: list[tuple[str, list[ActivityKind]]]
    place: str


@dataclass(frozen=True)
class SheetPage:
    """A form for an activity; `activity_id` is the record that is corrected, None for a new one."""

    activity_id: UUID | None
    kind: ActivityKind
    form: Form[Any]
    programmes: list[tuple[str, str]]
    measures: list[str]
    places: list[str]
    """Names to choose from; any other place of the directory may be typed."""
    notices: bool
    """Whether who sees this page may write down 気になる方 themselves."""


@log_pages.get("/activities", rule=LOOK)
async def show_activities(
    request: Request, desk: DeskHere, asked: Annotated[Logged, Query()]
) -> Response:
    here = "/community/activities"
    found = await logged(desk.db, asked.search(), SHOWN + 1, asked.passed)
    page = ActivitiesPage(
        found[:SHOWN],
        asked,
        _programmes(desk),
        [(one.code, one.label) for one in desk.city.activity_kinds],
        asked.address(here, asked.page - 1) if asked.page > 1 else "",
        asked.address(here, asked.page + 1) if len(found) > SHOWN else "",
    )
    return render(request, "activities.html", page)


@log_pages.get("/activities/new", rule=WRITE)
async def new_activity(
    request: Request, desk: DeskHere, kind: Chosen = "", resource_id: UUID | None = None
) -> Response:
    known = kind_of(desk.city, kind)
    if known is None:
        return _show_kinds(request, desk, resource_id)
    only = known.programmes[0] if len(known.programmes) == 1 else None
    form = blank(
        form_of(desk.city, known),
        kind=known.code,
        held_on=desk.clock.today(),
        programme=only,
        resource_id=resource_id,
    )
    return await _show_sheet(request, desk, None, known, form)


@log_pages.post("/activities", rule=WRITE)
async def create_activity(request: Request, desk: DeskHere) -> Response:
    sent = await request.form()
    known = kind_of(desk.city, str(sent.get("kind") or ""))
    if known is None:
        return _show_kinds(request, desk, None)
    form = await read_placed(desk, sent, form_of(desk.city, known))
    if form.value is None:
        return await _show_sheet(request, desk, None, known, form)
    activity_id, today = desk.new_id(), desk.clock.today()
    try:
        sheet = await desk.listed_sheet(sheet_of(known, form.value))
        log = desk.log_of(known.code)
        await desk.activities.act(
            activity_id, record, activity_id=activity_id, sheet=sheet, log=log, today=today
        )
    except Refused as refused:
        return await _show_sheet(request, desk, None, known, form.refuse(refused, messages))
    return see_other("/community/activities", said="活動を記録しました。")


@log_pages.get("/activities/{activity_id}", rule=WRITE)
async def show_activity(request: Request, activity_id: UUID, desk: DeskHere) -> Response:
    """The record as a form: looking at it and correcting it are one screen."""
    stored, known = await _stored(desk, activity_id)
    now = values_of(stored.sheet) if stored.sheet else {}
    form = blank(form_of(desk.city, known), **now, edition=stored.edition)
    return await _show_sheet(request, desk, activity_id, known, form)


@log_pages.post("/activities/{activity_id}", rule=WRITE)
async def correct_activity(request: Request, activity_id: UUID, desk: DeskHere) -> Response:
    _, known = await _stored(desk, activity_id)
    form = await read_placed(desk, await request.form(), form_of(desk.city, known))
    if form.value is None:
        return await _show_sheet(request, desk, activity_id, known, form)
    try:
        sheet = await desk.listed_sheet(sheet_of(known, form.value))
        log, today = desk.log_of(known.code), desk.clock.today()
        edition = form.value.edition
        await desk.activities.act(
            activity_id, correct, sheet=sheet, log=log, today=today, edition=edition
        )
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = with_theirs(form, await desk.activities.history(activity_id))
        else:
            form = form.refuse(refused, messages)
        return await _show_sheet(request, desk, activity_id, known, form)
    return see_other("/community/activities", said="活動の記録を直しました。")


async def _stored(desk: Desk, activity_id: UUID) -> tuple[Activity, ActivityKind]:
    """The record and its 様式, or the refusal that there is none."""
    stored = await desk.activities.state(activity_id)
    known = kind_of(desk.city, stored.sheet.kind) if stored.sheet else None
    if known is None:
        raise Refused("activity-unknown")
    return stored, known


def _show_kinds(request: Request, desk: Desk, resource_id: UUID | None) -> Response:
    kinds = desk.city.activity_kinds
    by_programme = [
        (label, [one for one in kinds if code in one.programmes])
        for code, label in _programmes(desk)
    ]
    place = f"&resource_id={resource_id}" if resource_id else ""
    return render(request, "kinds.html", KindsPage(by_programme, place))


def _programmes(desk: Desk) -> list[tuple[str, str]]:
    """The programmes of 地域づくり: those some 様式 belongs to, in the plan's order."""
    ours = {code for kind in desk.city.activity_kinds for code in kind.programmes}
    return [(code, label) for code, label in desk.choices("programmes") if code in ours]


async def _show_sheet(
    request: Request,
    desk: Desk,
    activity_id: UUID | None,
    kind: ActivityKind,
    form: Form[Any],
) -> Response:
    page = SheetPage(
        activity_id,
        kind,
        await by_name(desk, form),
        [(code, label) for code, label in _programmes(desk) if code in kind.programmes],
        [field_of(code) for code in kind.measures],
        await suggested(desk.db, kind.programmes),
        request.state.staff.role in NOTICING,
    )
    return render(request, "sheet.html", page, status=form.status)
