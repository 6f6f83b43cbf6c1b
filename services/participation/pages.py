"""The screens of participation: who waits, who is on the way, one request with its forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import LIST, REQUEST, desk_here, district_of
from services.participation.asked import (
    ConclusionForm,
    FollowUpForm,
    MatchForm,
    PlanForm,
)
from services.participation.desk import Desk
from services.participation.domain.request import conclude, follow_up, match_place, plan, start
from services.participation.file import File, open_file, plan_lines
from services.participation.messages import messages
from services.participation.read.places import PlaceRow, open_places
from services.participation.read.requests import RequestRow, requests_in
from shared.casefile.asked import StartForm
from shared.casefile.showing import lines
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]

START = "start.html"
PLAN = "plan.html"
MATCH = "match_new.html"
FOLLOW_UP = "followup_new.html"
CONCLUSION = "conclusion.html"


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


@dataclass(frozen=True)
class FormPage:
    """A form about one request."""

    file: File
    form: Form[Any]
    menu: list[tuple[str, str]]
    methods: list[tuple[str, str]]
    relations: list[tuple[str, str]]
    outcomes: list[tuple[str, str]]
    places: list[tuple[str, str]]


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
    page = RequestPage(desk.clock.today(), file, person, plan_now)
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
    before = (
        file.plan.model_dump(include={"wishes", "strengths", "goal", "menu"}) if file.plan else {}
    )
    form = blank(PlanForm, **before, on=desk.clock.today())
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
            wishes=asked.wishes,
            strengths=asked.strengths or None,
            goal=asked.goal,
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, PLAN, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="プランを記録しました。")


@pages.get("/requests/{request_id}/matches/new", rule=REQUEST)
async def new_match(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(MatchForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, MATCH, form)


@pages.post("/requests/{request_id}/matches", rule=REQUEST)
async def create_match(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, MatchForm)
    if form.value is None:
        return await show_form(request, request_id, desk, MATCH, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            match_place,
            match_id=desk.new_id(),
            resource_id=asked.resource_id,
            place=await desk.places.state(asked.resource_id),
            on=asked.on,
            today=desk.clock.today(),
            assessment=asked.assessment or None,
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, MATCH, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="マッチングを記録しました。")


@pages.get("/requests/{request_id}/followups/new", rule=REQUEST)
async def new_follow_up(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(FollowUpForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, FOLLOW_UP, form)


@pages.post("/requests/{request_id}/followups", rule=REQUEST)
async def create_follow_up(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, FollowUpForm)
    if form.value is None:
        return await show_form(request, request_id, desk, FOLLOW_UP, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            follow_up,
            followup_id=desk.new_id(),
            on=asked.on,
            today=desk.clock.today(),
            method=desk.city.listed("followup_methods", asked.method, "method"),
            relation=desk.city.listed("participation_relations", asked.relation, "relation"),
            note=asked.note or None,
            next_on=asked.next_on,
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, FOLLOW_UP, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="フォローアップを記録しました。")


@pages.get("/requests/{request_id}/conclusion", rule=REQUEST)
async def new_conclusion(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(ConclusionForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, CONCLUSION, form)


@pages.post("/requests/{request_id}/conclusion", rule=REQUEST)
async def create_conclusion(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, ConclusionForm)
    if form.value is None:
        return await show_form(request, request_id, desk, CONCLUSION, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            conclude,
            on=asked.on,
            today=desk.clock.today(),
            outcome=desk.city.listed("participation_outcomes", asked.outcome, "outcome"),
            note=asked.note or None,
        )
    except Refused as refused:
        return await show_form(
            request, request_id, desk, CONCLUSION, form.refuse(refused, messages)
        )
    return see_other(
        f"/participation/requests/{request_id}", said="支援を終えたことを記録しました。"
    )


async def show_form(
    request: Request,
    request_id: UUID,
    desk: Desk,
    template: str,
    form: Form[Any],
) -> Response:
    """One of the forms, with what was typed."""
    places = await open_places(desk.db) if template == MATCH else []
    today = desk.clock.today()
    page = FormPage(
        file=await open_file(desk, request.state.staff, request_id),
        form=form,
        menu=desk.city.choices("participation_menu", today),
        methods=desk.city.choices("followup_methods", today),
        relations=desk.city.choices("participation_relations", today),
        outcomes=desk.city.choices("participation_outcomes", today),
        places=[(str(place.resource_id), place_label(place)) for place in places],
    )
    return render(request, template, page, status=form.status)


def place_label(place: PlaceRow) -> str:
    """A place as a choice: area first, and how many go there already."""
    area = f"{place.area}　" if place.area else ""
    guests = f"（いま{place.guests}人）" if place.guests else ""
    return f"{area}{place.name}{guests}"
