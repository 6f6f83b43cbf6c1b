"""The screens of participation: who waits, who is on the way, one request with its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import LIST, REQUEST, desk_here, district_of
from services.participation.asked.request import (
    OFFERS,
    ConclusionForm,
    FollowUpForm,
    MatchForm,
    PlanForm,
)
from services.participation.desk import Desk
from services.participation.domain.following import conclude, follow_up
from services.participation.domain.request import PlanSheet, match_place, plan, start
from services.participation.file import File, open_file, plan_lines
from services.participation.matching import place_label, proposals_for, written
from services.participation.messages import messages
from services.participation.proposing import DAYS, Proposal
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
TRIAL = "trial_new.html"
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
    intervals: list[tuple[str, str]]
    weekdays: list[tuple[str, str]]
    cares: list[tuple[str, str]]
    results: list[tuple[str, str]]
    offers: tuple[int, ...]
    theirs: list[tuple[str, str]]
    """The plan that a colleague wrote while this form was open."""
    proposals: list[Proposal]
    """Places for this person, best first, with the reasons."""
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
            contact_every=asked.contact_every
            and desk.city.listed("contact_intervals", asked.contact_every, "contact_every"),
            contact_until=asked.contact_until,
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
    file, today = await open_file(desk, request.state.staff, request_id), desk.clock.today()
    changed = messages["plan-changed"].ja in form.errors.values()
    if changed and file.plan:
        form = replace(form, typed={**form.typed, "seen": [str(file.plan.plan_id)]})
    proposals = await proposals_for(desk, file) if template in {MATCH, TRIAL} else []
    page = FormPage(
        file=file,
        form=form,
        menu=desk.city.choices("participation_menu", today),
        methods=desk.city.choices("followup_methods", today),
        relations=desk.city.choices("participation_relations", today),
        outcomes=desk.city.choices("participation_outcomes", today),
        intervals=desk.city.choices("contact_intervals", today),
        weekdays=[(code, f"{day}曜日") for code, day in DAYS.items()],
        cares=desk.city.choices("resource_cares", today),
        results=desk.city.choices("trial_results", today),
        offers=OFFERS,
        theirs=plan_lines(desk, file.plan) if changed and file.plan else [],
        proposals=proposals,
        places=[(str(one.place.resource_id), place_label(one.place)) for one in proposals],
    )
    return render(request, template, page, status=form.status)
