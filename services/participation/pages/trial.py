"""見学・体験, the contact after the end, and やること of 参加支援 (T-22 … T-24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import LIST, REQUEST, desk_here, district_of
from services.participation.asked.request import ContactForm, TrialForm
from services.participation.desk import Desk
from services.participation.domain.trying import Assessment, keep_contact, try_place
from services.participation.due import Due, due_of
from services.participation.messages import messages
from services.participation.pages.request import TRIAL, show_form
from services.participation.read.requests import requests_in
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.forms import blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]
CONTACT = "contact_new.html"
SOON = 7
"""Days ahead that are worth a look."""


@dataclass(frozen=True)
class DuePage:
    today: date
    late: list[Due]
    soon: list[Due]
    later: list[Due]


@pages.get("/due", rule=LIST)
async def show_due(request: Request, desk: DeskHere) -> Response:
    """What waits for this nurse, or for all."""
    staff, today = request.state.staff, desk.clock.today()
    found = await all_due(desk, district_of(staff))
    await saw(desk.db, staff, {one.row.case_id for one in found}, LIST.name)
    page = DuePage(
        today,
        [one for one in found if one.days_late(today) > 0],
        [one for one in found if -SOON <= one.days_late(today) <= 0],
        [one for one in found if one.days_late(today) < -SOON],
    )
    return render(request, "due.html", page)


async def all_due(desk: Desk, district: str | None) -> list[Due]:
    """All that waits in this district, or in all of them, the oldest first."""
    rows = [
        *await requests_in(desk.db, "waiting", district),
        *await requests_in(desk.db, "running", district),
        *await requests_in(desk.db, "concluded", district),
    ]
    return due_of(rows, desk.city.deadlines, desk.city.contact_intervals)


@pages.get("/requests/{request_id}/trials/new", rule=REQUEST)
async def new_trial(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(TrialForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, TRIAL, form)


@pages.post("/requests/{request_id}/trials", rule=REQUEST)
async def create_trial(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, TrialForm)
    if form.value is None:
        return await show_form(request, request_id, desk, TRIAL, form)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            try_place,
            trial_id=desk.new_id(),
            resource_id=asked.resource_id,
            place=await desk.places.state(asked.resource_id),
            result=desk.city.listed("trial_results", asked.result, "result"),
            assessment=assessment_of(asked),
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, TRIAL, form.refuse(refused, messages))
    said = "見学・体験を記録しました。よければ、次はマッチングを記録します。"
    return see_other(f"/participation/requests/{request_id}", said=said)


def assessment_of(asked: TrialForm) -> Assessment:
    return Assessment(
        asked.staffing or None,
        asked.care or None,
        asked.conditions or None,
        asked.contact or None,
        asked.note or None,
    )


@pages.get("/requests/{request_id}/contacts/new", rule=REQUEST)
async def new_contact(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(ContactForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, CONTACT, form)


@pages.post("/requests/{request_id}/contacts", rule=REQUEST)
async def create_contact(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, ContactForm)
    if form.value is None:
        return await show_form(request, request_id, desk, CONTACT, form)
    try:
        await desk.requests.act(
            request_id,
            keep_contact,
            contact_id=desk.new_id(),
            on=form.value.on,
            today=desk.clock.today(),
            note=form.value.note or None,
        )
    except Refused as refused:
        return await show_form(request, request_id, desk, CONTACT, form.refuse(refused, messages))
    return see_other(f"/participation/requests/{request_id}", said="連絡を記録しました。")
