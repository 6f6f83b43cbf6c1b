"""The screens of participation: who waits, who is on the way, one request, its start and plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import LIST, REQUEST, desk_here, district_of
from services.participation.asked.request import PlanForm
from services.participation.desk import Desk
from services.participation.domain.planning import PlanSheet, plan
from services.participation.domain.request import start
from services.participation.file import File, open_file, plan_lines
from services.participation.matching import written
from services.participation.messages import messages
from services.participation.pages.correcting import to_put_right
from services.participation.pages.form import PLAN, START, show_form
from services.participation.read.requests import RequestRow, requests_in
from shared.casefile.asked import StartForm
from shared.casefile.showing import lines
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.forms import blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


@dataclass(frozen=True)
class RequestsPage:
    """参加支援の一覧: waiting first, then running, then what ended."""

    today: date
    waiting: list[RequestRow]
    running: list[RequestRow]
    concluded: list[RequestRow]


@dataclass(frozen=True)
class RequestPage:
    """One request, with what to do next."""

    today: date
    file: File
    person: list[tuple[str, str]]
    plan: list[tuple[str, str]]
    to_put_right: list[tuple[str, str]]


@pages.get("", rule=LIST)
async def show_requests(request: Request, desk: DeskHere) -> Response:
    district = district_of(request.state.staff)
    page = RequestsPage(
        desk.clock.today(),
        await requests_in(desk.db, "waiting", district),
        await requests_in(desk.db, "running", district),
        await requests_in(desk.db, "concluded", district),
    )
    shown = [*page.waiting, *page.running, *page.concluded]
    await saw(desk.db, request.state.staff, [row.case_id for row in shown], LIST.name)
    return render(request, "requests.html", page)


@pages.get("/requests/{request_id}", rule=REQUEST)
async def show_request(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    file = await open_file(desk, request.state.staff, request_id)
    person = lines(file.person, wareki) if file.person else []
    plan_now = plan_lines(desk, file.plan) if file.plan else []
    page = RequestPage(desk.clock.today(), file, person, plan_now, list(to_put_right(file)))
    return render(request, "request.html", page)


@pages.get("/requests/{request_id}/start", rule=REQUEST)
async def new_start(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(StartForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, START, form)


@pages.post("/requests/{request_id}/start", rule=REQUEST)
async def create_start(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, StartForm)
    if form.value is None:
        return await show_form(request, request_id, desk, START, form)
    today = desk.clock.today()
    try:
        await desk.requests.act(request_id, start, on=form.value.on or today, today=today)
    except Refused as refused:
        return await show_form(request, request_id, desk, START, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="支援を始めました。")


@pages.get("/requests/{request_id}/plan", rule=REQUEST)
async def new_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    """A plan that is there already is what one goes on writing."""
    file = await open_file(desk, request.state.staff, request_id)
    form = blank(PlanForm, **written(file.plan), on=desk.clock.today())
    return await show_form(request, request_id, desk, PLAN, form)


@pages.post("/requests/{request_id}/plan", rule=REQUEST)
async def create_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, PlanForm)
    if form.value is None:
        return await show_form(request, request_id, desk, PLAN, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            plan,
            plan_id=desk.new_id(),
            on=asked.on,
            today=desk.clock.today(),
            menu=desk.city.listed("participation_menu", asked.menu, "menu"),
            sheet=PlanSheet(
                asked.wishes,
                asked.strengths or None,
                asked.issues or None,
                asked.goal,
                tuple(asked.weekdays),
                tuple(desk.city.listed("resource_cares", one, "cares") for one in asked.cares),
                asked.offers(),
                asked.seen,
            ),
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, PLAN, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="プランを記録しました。")
