"""The screens of outreach: who waits, who is being visited, and one request with all its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import LIST, REQUEST, desk_here, district_of
from services.outreach.asked.request import ConclusionForm, VisitForm
from services.outreach.desk import Desk
from services.outreach.domain.events import Concluded, ConclusionCorrected, Visited
from services.outreach.domain.request import start, visit
from services.outreach.ending import end
from services.outreach.file.request import File, open_file
from services.outreach.messages import messages
from services.outreach.read.planned import planned_visits
from services.outreach.read.requests import RequestRow, requests_in
from services.outreach.sheets import SheetPage, ending, note_of, over, sheet_of
from shared.casefile.asked import StartForm
from shared.casefile.showing import lines
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]

START = "start.html"
VISIT = "visit_new.html"
CONCLUSION = "conclusion.html"
CHOSEN = {VISIT: "visit_methods", CONCLUSION: "outreach_outcomes"}
"""The city's list that the form chooses from."""


@dataclass(frozen=True)
class RequestsPage:
    """アウトリーチの一覧: waiting first, then running, then what ended."""

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


@dataclass(frozen=True)
class FormPage:
    """A form about one request, with the safety notes above it."""

    file: File
    form: Form[Any]
    options: list[tuple[str, str]]
    stages: list[tuple[str, str]]
    """信頼関係の段階, for a visit."""


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
    return render(request, "request.html", RequestPage(desk.clock.today(), file, person))


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
    return see_other(f"/outreach/requests/{request_id}", said="支援を始めました。")


@pages.get("/requests/{request_id}/visits/new", rule=REQUEST)
async def new_visit(
    request: Request, request_id: UUID, desk: DeskHere, planned_id: UUID | None = None
) -> Response:
    plans = await planned_visits(desk.db, request_id)
    method = next((plan.method for plan in plans if plan.planned_id == planned_id), None)
    form = blank(VisitForm, on=desk.clock.today(), planned_id=planned_id, method=method)
    return await show_form(request, request_id, desk, VISIT, form)


@pages.post("/requests/{request_id}/visits", rule=REQUEST)
async def create_visit(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, VisitForm)
    if form.value is None:
        return await show_form(request, request_id, desk, VISIT, form)
    try:
        await desk.requests.act(
            request_id,
            visit,
            visit_id=desk.new_id(),
            seen=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        if refused.code == "plan-over":
            return await show_theirs(request, request_id, desk, form, form.value.planned_id)
        return await show_form(request, request_id, desk, VISIT, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="訪問・連絡を記録しました。")


@pages.get("/requests/{request_id}/conclusion", rule=REQUEST)
async def new_conclusion(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    """To end it, or to put right how it ended."""
    ended = (await desk.requests.state(request_id)).concluded
    form = ending(ended) if ended else blank(ConclusionForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, CONCLUSION, form)


@pages.post("/requests/{request_id}/conclusion", rule=REQUEST)
async def create_conclusion(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, ConclusionForm)
    if form.value is None:
        return await show_form(request, request_id, desk, CONCLUSION, form)
    asked = form.value
    try:
        await end(desk, request_id, asked.on, asked.outcome, asked.note or None, asked.edition)
    except Refused as refused:
        form = await ended_otherwise(desk, request_id, form.refuse(refused, messages), refused)
        return await show_form(request, request_id, desk, CONCLUSION, form)
    said = "終えた記録を直しました。" if asked.edition else "支援を終えたことを記録しました。"
    return see_other(f"/outreach/requests/{request_id}", said=said)


async def ended_otherwise(
    desk: Desk, request_id: UUID, form: Form[Any], refused: Refused
) -> Form[Any]:
    """A colleague wrote the end with other words: theirs beside each field, the typed one stays.
    Sent again it is a correction of theirs.
    """
    if refused.code not in ("concluded-otherwise", "conclusion-changed-meanwhile"):
        return form
    history = await desk.requests.history(request_id)
    ends = [r.event for r in history if isinstance(r.event, Concluded | ConclusionCorrected)]
    both = over(form, [ending(one) for one in ends])
    return replace(both, errors={**both.errors, **form.errors})


async def show_theirs(
    request: Request, request_id: UUID, desk: Desk, form: Form[Any], planned_id: UUID | None
) -> Response:
    """A colleague recorded the same planned visit: both sheets, field by field (F-21)."""
    history = await desk.requests.history(request_id)
    made = next(
        (
            r.event.visit_id
            for r in history
            if isinstance(r.event, Visited) and r.event.planned_id == planned_id
        ),
        None,
    )
    if made is None:
        refused = form.refuse(Refused("plan-over"), messages)
        return await show_form(request, request_id, desk, VISIT, refused)
    theirs = (await desk.requests.state(request_id)).visits[made]
    return await show_sheet(request, request_id, desk, made, over(form, [sheet_of(theirs)]))


async def show_sheet(
    request: Request, request_id: UUID, desk: Desk, visit_id: UUID, form: Form[Any]
) -> Response:
    """The record of one visit as a form."""
    file = await open_file(desk, request.state.staff, request_id)
    today = desk.clock.today()
    methods, stages = (desk.city.choices(kind, today) for kind in ("visit_methods", "trust_stages"))
    page = SheetPage(file, visit_id, form, methods, stages)
    return render(request, "visit_sheet.html", page, status=form.status)


async def show_form(
    request: Request, request_id: UUID, desk: Desk, template: str, form: Form[Any]
) -> Response:
    """One of the forms, with the person's safety notes above what was typed."""
    file = await open_file(desk, request.state.staff, request_id)
    kind = CHOSEN.get(template)
    today = desk.clock.today()
    options = desk.city.choices(kind, today) if kind else []
    page = FormPage(file, form, options, desk.city.choices("trust_stages", today))
    return render(request, template, page, status=form.status)
