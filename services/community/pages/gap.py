"""足りない社会資源 (N-07): from noticing to a place where somebody goes, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK, WRITE
from services.community.asked import DropForm, NeedForm, OpeningForm, PlanForm
from services.community.desk import Desk
from services.community.domain.gap import drop, note, open_place, prepare
from services.community.messages import messages
from services.community.placing import by_name, read_placed
from services.community.read.gaps import GapRow, LoopTime, gap_row, gaps_of, loop_time
from services.community.read.naming import suggested
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

gap_pages = Pages("community", "/community/gaps")
DeskHere = Annotated[Desk, Depends(desk_of)]
STATUSES = {
    "noted": "気づいた",
    "preparing": "準備中",
    "opened": "場ができた",
    "matched": "人がつながった",
    "dropped": "見送り",
}


@dataclass(frozen=True)
class GapsPage:
    found: list[GapRow]
    status: str
    statuses: dict[str, str]
    loop: LoopTime


@dataclass(frozen=True)
class NeedPage:
    form: Form[Any]
    kinds: list[tuple[str, str]]
    catchments: list[tuple[str, str]]
    targets: list[tuple[str, str]]


@dataclass(frozen=True)
class GapPage:
    row: GapRow
    status: str
    plan: Form[Any]
    opening: Form[Any]
    drop: Form[Any]
    places: list[str]


@gap_pages.get("", rule=LOOK)
async def show_gaps(
    request: Request, desk: DeskHere, status: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    asked = status if status in STATUSES else ""
    found = await gaps_of(desk.db, asked or None)
    page = GapsPage(found, asked, STATUSES, await loop_time(desk.db))
    return render(request, "gaps.html", page)


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
        await desk.gaps.act(gap_id, prepare, plan=asked.plan, on=asked.prepared_on, today=today)
    except Refused as refused:
        return await _show(request, desk, gap_id, plan=form.refuse(refused, messages))
    return see_other(f"/community/gaps/{gap_id}", said="準備の内容を記録しました。")


@gap_pages.post("/{gap_id}/opening", rule=WRITE)
async def create_opening(request: Request, gap_id: UUID, desk: DeskHere) -> Response:
    form = await read_placed(desk, await request.form(), OpeningForm)
    if form.value is None:
        return await _show(request, desk, gap_id, opening=form)
    asked, today = form.value, desk.clock.today()
    try:
        if (await desk.resources.state(asked.resource_id)).resource_id is None:
            raise Refused("resource-unknown")
        await desk.gaps.act(
            gap_id, open_place, resource_id=asked.resource_id, on=asked.opened_on, today=today
        )
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
    row = await gap_row(desk.db, gap_id)
    if row is None:
        raise Refused("gap-unknown")
    today = desk.clock.today()
    sent = [form for form in (plan, opening, drop_) if form is not None]
    page = GapPage(
        row,
        STATUSES[row.status],
        plan or blank(PlanForm, prepared_on=today, plan=row.plan),
        await by_name(desk, opening or blank(OpeningForm, opened_on=today)),
        drop_ or blank(DropForm, dropped_on=today),
        await suggested(desk.db) if row.under_way else [],
    )
    return render(request, "gap.html", page, status=max((f.status for f in sent), default=200))
