"""The screens of 訪問の予定, and of a visit that is put right (T-31)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import REQUEST, desk_here
from services.outreach.asked.request import VisitCorrectionForm, VisitPlanForm
from services.outreach.desk import Desk
from services.outreach.domain.events import VisitCorrected, Visited
from services.outreach.domain.visiting import (
    correct_visit,
    drop_visit,
    plan_visit,
)
from services.outreach.file.request import open_file
from services.outreach.messages import messages
from services.outreach.pages.request import FormPage, show_sheet
from services.outreach.sheets import note_of, over, sheet_of
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

visiting_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]


@visiting_pages.get("/requests/{request_id}/plans/new", rule=REQUEST)
async def new_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(VisitPlanForm, method=desk.city.first("visit_methods"), staff=2)
    return await show_form(request, request_id, desk, form)


@visiting_pages.post("/requests/{request_id}/plans", rule=REQUEST)
async def create_plan(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, VisitPlanForm)
    if form.value is None:
        return await show_form(request, request_id, desk, form)
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
        return await show_form(request, request_id, desk, form.refuse(refused, messages))
    return see_other(f"/outreach/requests/{request_id}", said="訪問を予定しました。")


@visiting_pages.post("/requests/{request_id}/plans/{planned_id}/dropped", rule=REQUEST)
async def create_dropped(request_id: UUID, planned_id: UUID, desk: DeskHere) -> Response:
    on = desk.clock.today()
    await desk.requests.act(request_id, drop_visit, planned_id=planned_id, on=on)
    return see_other(f"/outreach/requests/{request_id}", said="訪問の予定を取りやめました。")


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
    history = [r.event for r in await desk.requests.history(request_id)]
    return over(
        form,
        [
            sheet_of(one)
            for one in history
            if isinstance(one, Visited | VisitCorrected) and one.visit_id == visit_id
        ],
    )


async def show_form(request: Request, request_id: UUID, desk: Desk, form: Form[Any]) -> Response:
    """The plan, with the person's safety notes above what was typed."""
    file = await open_file(desk, request.state.staff, request_id)
    options = desk.city.choices("visit_methods", desk.clock.today())
    return render(request, "visit_plan.html", FormPage(file, form, options, []), status=form.status)
