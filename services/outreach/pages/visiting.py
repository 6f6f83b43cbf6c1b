"""The screens of 訪問の予定 (T-31) and 地域とのつながりづくり (T-33)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import REQUEST, desk_here
from services.outreach.asked.request import TieForm, VisitCorrectionForm, VisitPlanForm
from services.outreach.desk import Desk
from services.outreach.domain.events import VisitCorrected, Visited
from services.outreach.domain.visiting import (
    build_tie,
    correct_visit,
    drop_visit,
    plan_visit,
)
from services.outreach.file.request import open_file
from services.outreach.messages import messages
from services.outreach.pages.request import FormPage, show_sheet
from services.outreach.visit_sheets import clash, edition_of, note_of, sheet_of
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

visiting_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]

PLAN = "visit_plan.html"
TIE = "tie_new.html"
CHOSEN = {PLAN: "visit_methods", TIE: "tie_kinds"}
"""The city's list that the form chooses from."""


@visiting_pages.get("/requests/{request_id}/plans/new", rule=REQUEST)
async def new_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(VisitPlanForm, method=desk.city.first("visit_methods"), staff=2)
    return await show_form(request, request_id, desk, PLAN, form)


@visiting_pages.post("/requests/{request_id}/plans", rule=REQUEST)
async def create_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, VisitPlanForm)
    if form.value is None:
        return await show_form(request, request_id, desk, PLAN, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            plan_visit,
            planned_id=desk.new_id(),
            method=desk.city.listed("visit_methods", asked.method, "method"),
            staff=asked.staff,
            aim=asked.aim or None,
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, PLAN, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="訪問を予定しました。")


@visiting_pages.post("/requests/{request_id}/plans/{planned_id}/dropped", rule=REQUEST)
async def create_dropped(request_id: UUID, planned_id: UUID, desk: DeskHere) -> Response:
    on = desk.clock.today()
    await desk.requests.act(request_id, drop_visit, planned_id=planned_id, on=on)
    return see_other(f"/outreach/requests/{request_id}", said="訪問の予定を取りやめました。")


@visiting_pages.get("/requests/{request_id}/ties/new", rule=REQUEST)
async def new_tie(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(TieForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, TIE, form)


@visiting_pages.post("/requests/{request_id}/ties", rule=REQUEST)
async def create_tie(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, TieForm)
    if form.value is None:
        return await show_form(request, request_id, desk, TIE, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            build_tie,
            tie_id=desk.new_id(),
            kind=desk.city.listed("tie_kinds", asked.kind, "kind"),
            partner=asked.partner or None,
            note=asked.note or None,
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, TIE, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="つながりづくりを記録しました。")


@visiting_pages.get("/requests/{request_id}/visits/{visit_id}", rule=REQUEST)
async def edit_visit(
    request: Request, request_id: UUID, visit_id: UUID, desk: DeskHere
) -> Response:
    visit = (await desk.requests.state(request_id)).visits.get(visit_id)
    if visit is None:
        raise Refused("visit-unknown")
    return await show_sheet(request, request_id, desk, visit_id, sheet_of(visit))


@visiting_pages.post("/requests/{request_id}/visits/{visit_id}", rule=REQUEST)
async def save_visit(
    request: Request, request_id: UUID, visit_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, VisitCorrectionForm)
    if form.value is None:
        return await show_sheet(request, request_id, desk, visit_id, form)
    try:
        await desk.requests.act(
            request_id,
            correct_visit,
            visit_id=visit_id,
            edition=form.value.edition,
            seen=note_of(desk, form.value),
            on=form.value.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        if refused.code == "visit-changed-meanwhile":
            form = await with_theirs(desk, request_id, visit_id, form)
        else:
            form = form.refuse(refused, messages)
        return await show_sheet(request, request_id, desk, visit_id, form)
    return see_other(f"/outreach/requests/{request_id}", said="訪問・連絡の記録を直しました。")


async def with_theirs(desk: Desk, request_id: UUID, visit_id: UUID, form: Form[Any]) -> Form[Any]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    editions = [
        r.event
        for r in await desk.requests.history(request_id)
        if isinstance(r.event, Visited | VisitCorrected) and r.event.visit_id == visit_id
    ]
    seen = form.first("edition")
    before = next((one for one in editions if str(edition_of(one)) == seen), None)
    return clash(form, before, editions[-1])


async def show_form(
    request: Request, request_id: UUID, desk: Desk, template: str, form: Form[Any]
) -> Response:
    """One of the forms, with the person's safety notes above what was typed."""
    file = await open_file(desk, request.state.staff, request_id)
    options = desk.city.choices(CHOSEN[template], desk.clock.today())
    return render(request, template, FormPage(file, form, options, []), status=form.status)
