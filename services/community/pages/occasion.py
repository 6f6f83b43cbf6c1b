"""予定の催し on the screen: announce, correct (two editors meet), cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK, WRITE
from services.community.announcing import NoticeForm, with_theirs
from services.community.desk import Desk
from services.community.domain.occasion import announce, cancel, correct
from services.community.messages import messages
from services.community.placing import by_name, read_placed
from services.community.read.naming import suggested
from services.community.read.occasions import SHOWN, OccasionRow, coming
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank
from shared.web.pages import Pages
from shared.web.render import render, see_other

occasion_pages = Pages("community", "/community/occasions")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/community/occasions"


@dataclass(frozen=True)
class OccasionsPage:
    found: Sequence[OccasionRow]
    before: str
    after: str


@dataclass(frozen=True)
class OccasionPage:
    """A form for a notice; `occasion_id` is the one that is corrected, None for a new one."""

    occasion_id: UUID | None
    cancelled: bool
    form: Form[Any]
    programmes: list[tuple[str, str]]
    places: list[str]


@occasion_pages.get("", rule=LOOK)
async def show_occasions(
    request: Request, desk: DeskHere, page: Annotated[int, Query(ge=1, le=10_000)] = 1
) -> Response:
    passed = (page - 1) * SHOWN
    found = await coming(desk.db, desk.clock.today(), limit=SHOWN + 1, after=passed)
    shown = OccasionsPage(
        found[:SHOWN],
        f"{HERE}?page={page - 1}" if page > 1 else "",
        f"{HERE}?page={page + 1}" if len(found) > SHOWN else "",
    )
    return render(request, "occasions.html", shown)


@occasion_pages.get("/new", rule=WRITE)
async def new_occasion(
    request: Request, desk: DeskHere, resource_id: UUID | None = None
) -> Response:
    return await _show(request, desk, None, blank(NoticeForm, resource_id=resource_id))


@occasion_pages.post("", rule=WRITE)
async def create_occasion(request: Request, desk: DeskHere) -> Response:
    form = await read_placed(desk, await request.form(), NoticeForm)
    if form.value is None:
        return await _show(request, desk, None, form)
    occasion_id, today = desk.new_id(), desk.clock.today()
    try:
        notice = await desk.listed_notice(form.value.notice())
        await desk.occasions.act(
            occasion_id, announce, occasion_id=occasion_id, notice=notice, today=today
        )
    except Refused as refused:
        return await _show(request, desk, None, form.refuse(refused, messages))
    return see_other(HERE, said="催しの予定を登録しました。")


@occasion_pages.get("/{occasion_id}", rule=WRITE)
async def show_occasion(request: Request, occasion_id: UUID, desk: DeskHere) -> Response:
    now = await desk.occasions.state(occasion_id)
    if now.notice is None:
        raise Refused("occasion-unknown")
    form = blank(NoticeForm, **now.notice.model_dump(), edition=now.edition)
    return await _show(request, desk, occasion_id, form)


@occasion_pages.post("/{occasion_id}", rule=WRITE)
async def correct_occasion(request: Request, occasion_id: UUID, desk: DeskHere) -> Response:
    form = await read_placed(desk, await request.form(), NoticeForm)
    if form.value is None:
        return await _show(request, desk, occasion_id, form)
    try:
        notice = await desk.listed_notice(form.value.notice())
        edition, today = form.value.edition, desk.clock.today()
        await desk.occasions.act(occasion_id, correct, notice=notice, today=today, edition=edition)
    except Refused as refused:
        if refused.code == "sheet-changed-meanwhile":
            form = with_theirs(form, await desk.occasions.history(occasion_id))
        else:
            form = form.refuse(refused, messages)
        return await _show(request, desk, occasion_id, form)
    return see_other(HERE, said="催しの予定を直しました。")


@occasion_pages.post("/{occasion_id}/cancellation", rule=WRITE)
async def create_cancellation(occasion_id: UUID, desk: DeskHere) -> Response:
    await desk.occasions.act(occasion_id, cancel, today=desk.clock.today())
    return see_other(HERE, said="中止にしました。公表しているカレンダーにも「中止」と出ます。")


async def _show(
    request: Request, desk: Desk, occasion_id: UUID | None, form: Form[Any]
) -> Response:
    ours = {code for kind in desk.city.activity_kinds for code in kind.programmes}
    state = await desk.occasions.state(occasion_id) if occasion_id else None
    page = OccasionPage(
        occasion_id,
        state is not None and state.cancelled,
        await by_name(desk, form),
        [(code, label) for code, label in desk.choices("programmes") if code in ours],
        await suggested(desk.db),
    )
    return render(request, "occasion.html", page, status=form.status)
