"""The screens of 訪問の予定 (T-31) and 地域とのつながりづくり (T-33)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import REQUEST, desk_here
from services.outreach.asked import TieForm, VisitPlanForm
from services.outreach.desk import Desk
from services.outreach.domain.visiting import build_tie, drop_visit, plan_visit
from services.outreach.file import open_file
from services.outreach.messages import messages
from services.outreach.pages import FormPage
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


async def show_form(
    request: Request, request_id: UUID, desk: Desk, template: str, form: Form[Any]
) -> Response:
    """One of the forms, with the person's safety notes above what was typed."""
    file = await open_file(desk, request.state.staff, request_id)
    options = desk.city.choices(CHOSEN[template], desk.clock.today())
    return render(request, template, FormPage(file, form, options, []), status=form.status)
