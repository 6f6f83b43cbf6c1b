"""足りない社会資源 (N-07): from noticing to a place where somebody goes, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK, WRITE
from services.community.asked import DropForm, NeedForm, OpeningForm, PlanForm
from services.community.desk import Desk
from services.community.domain.gap import Prepared, drop, note, prepare
from services.community.messages import messages
from services.community.opening import open_with
from services.community.placing import by_name, read_placed
from services.community.read.gaps import (
    SHOWN,
    GapRow,
    LoopTime,
    count_gaps,
    gap_row,
    gaps_of,
    loop_time,
)
from services.community.read.naming import suggested
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from shared.web.desks import desk_of, origin_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

gap_pages = Pages("community", "/community/gaps")
DeskHere = Annotated[Desk, Depends(desk_of)]
OriginHere = Annotated[Origin, Depends(origin_of)]
LATE = "late"
STATUSES = {
    "noted": "気づいた",
    "preparing": "準備中",
    "opened": "場ができた",
    "matched": "人がつながった",
    "dropped": "見送り",
}


@dataclass(frozen=True)
class GapsPage:
    today: date
    found: list[GapRow]
    total: int
    late: int
    """Needs whose day has passed (F-07)."""
    status: str
    statuses: dict[str, str]
    loop: LoopTime
    before: str
    after: str


@dataclass(frozen=True)
class NeedPage:
    form: Form[Any]
    kinds: list[tuple[str, str]]
    catchments: list[tuple[str, str]]
    targets: list[tuple[str, str]]


@dataclass(frozen=True)
class GapPage:
    today: date
    row: GapRow
    status: str
    plan: Form[Any]
    opening: Form[Any]
    drop: Form[Any]
    places: list[str]


@gap_pages.get("", rule=LOOK)
async def show_gaps(
    request: Request,
    desk: DeskHere,
    status: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    db, patience, today = desk.db, desk.city.deadlines.gap, desk.clock.today()
    asked = status if status in (*STATUSES, LATE) else ""
    late = await count_gaps(db, patience, late_on=today)
    wanted: tuple[str | None, date | None] = (asked or None, None)
    if asked == LATE:
        wanted = (None, today)
    total = await count_gaps(db, patience, *wanted)
    shown = GapsPage(
        today,
        await gaps_of(db, patience, *wanted, after=(page - 1) * SHOWN),
        total,
        late,
        asked,
        STATUSES,
        await loop_time(db),
        f"/community/gaps?status={asked}&page={page - 1}" if page > 1 else "",
        f"/community/gaps?status={asked}&page={page + 1}" if total > page * SHOWN else "",
    )
    return render(request, "gaps.html", shown)


@gap_pages.get("/new", rule=WRITE)
async def new_gap(request: Request, desk: DeskHere) -> Response:
    return _show_form(request, desk, blank(NeedForm, on=desk.clock.today()))


@gap_pages.post("", rule=WRITE)
async def create_gap(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, NeedForm)
    if form.value is None:
        return _show_form(request, desk, form)
    gap_id = desk.new_id()
    try:
        await desk.gaps.act(
            gap_id,
            note,
            gap_id=gap_id,
            missed_id=gap_id,
            need=desk.listed_need(form.value.need()),
            source="community",
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return _show_form(request, desk, form.refuse(refused, messages))
    return see_other(f"/community/gaps/{gap_id}", said="足りない社会資源を記録しました。")


@gap_pages.get("/{gap_id}", rule=LOOK)
async def show_gap(
    request: Request, gap_id: UUID, desk: DeskHere, place: UUID | None = None
) -> Response:
    opening = blank(OpeningForm, opened_on=desk.clock.today(), resource_id=place)
    return await _show(request, desk, gap_id, opening=opening)


@gap_pages.post("/{gap_id}/preparation", rule=WRITE)
async def create_preparation(request: Request, gap_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, PlanForm)
    if form.value is None:
        return await _show(request, desk, gap_id, plan=form)
    asked, today = form.value, desk.clock.today()
    try:
        await desk.gaps.act(
            gap_id,
            prepare,
            plan=asked.plan,
            on=asked.prepared_on,
            today=today,
            due=asked.due_on,
            edition=asked.edition,
        )
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = await _with_theirs(desk, gap_id, form)
        else:
            form = form.refuse(refused, messages)
        return await _show(request, desk, gap_id, plan=form)
    return see_other(f"/community/gaps/{gap_id}", said="準備の内容を記録しました。")


@gap_pages.post("/{gap_id}/opening", rule=WRITE)
async def create_opening(
    request: Request, gap_id: UUID, desk: DeskHere, origin: OriginHere
) -> Response:
    form = await read_placed(desk, await request.form(), OpeningForm)
    if form.value is None:
        return await _show(request, desk, gap_id, opening=form)
    asked = form.value
    try:
        await open_with(request, origin, gap_id, asked.resource_id, asked.opened_on)
    except Refused as refused:
        return await _show(request, desk, gap_id, opening=form.refuse(refused, messages))
    return see_other(f"/community/gaps/{gap_id}", said="場ができたことを記録しました。")


@gap_pages.post("/{gap_id}/end", rule=WRITE)
async def create_end(request: Request, gap_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, DropForm)
    if form.value is None:
        return await _show(request, desk, gap_id, drop_=form)
    asked, today = form.value, desk.clock.today()
    try:
        await desk.gaps.act(gap_id, drop, reason=asked.reason, on=asked.dropped_on, today=today)
    except Refused as refused:
        return await _show(request, desk, gap_id, drop_=form.refuse(refused, messages))
    return see_other(f"/community/gaps/{gap_id}", said="見送ることを記録しました。")


async def _with_theirs(desk: Desk, gap_id: UUID, form: Form[PlanForm]) -> Form[PlanForm]:
    """What was typed, on top of the plan that a colleague saved since this form was opened."""
    history = await desk.gaps.history(gap_id)
    plans = [one.event for one in history if isinstance(one.event, Prepared)]
    seen = form.first("edition")
    known = int(seen) if seen.isdecimal() else 0
    before = _typed(plans[known - 1]) if 0 < known <= len(plans) else {"plan": "", "due_on": ""}
    return merged(form, before, _typed(plans[-1]), edition=len(plans))[0]


def _typed(plan: Prepared) -> dict[str, str]:
    """The plan as its form shows it."""
    shown = blank(PlanForm, plan=plan.plan, due_on=plan.due_on)
    return {name: shown.first(name) for name in ("plan", "due_on")}


def _show_form(request: Request, desk: Desk, form: Form[Any]) -> Response:
    lists = (desk.choices(kind) for kind in ("missing_resources", "catchments", "resource_targets"))
    return render(request, "gap_new.html", NeedPage(form, *lists), status=form.status)


async def _show(
    request: Request,
    desk: Desk,
    gap_id: UUID,
    *,
    plan: Form[Any] | None = None,
    opening: Form[Any] | None = None,
    drop_: Form[Any] | None = None,
) -> Response:
    row = await gap_row(desk.db, gap_id, desk.city.deadlines.gap)
    if row is None:
        raise Refused("gap-unknown")
    today = desk.clock.today()
    now = await desk.gaps.state(gap_id)
    planned = {"plan": now.plan, "due_on": now.due_on, "edition": now.edition}
    sent = [form for form in (plan, opening, drop_) if form is not None]
    page = GapPage(
        today,
        row,
        STATUSES[row.status],
        plan or blank(PlanForm, prepared_on=today, **planned),
        await by_name(desk, opening or blank(OpeningForm, opened_on=today)),
        drop_ or blank(DropForm, dropped_on=today),
        await suggested(desk.db) if row.under_way else [],
    )
    return render(request, "gap.html", page, status=max((f.status for f in sent), default=200))
