"""The screens of 見学・体験 and マッチング (T-22)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import REQUEST, desk_here
from services.participation.asked.request import MatchForm, TrialForm
from services.participation.desk import Desk
from services.participation.domain.request import match_place
from services.participation.domain.trying import Assessment, try_place
from services.participation.messages import messages
from services.participation.pages.form import MATCH, TRIAL, show_form
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


def looking(form: Form[Any]) -> Form[Any]:
    """The form while somebody looks for a place: what is not filled in yet is not wrong."""
    return replace(form, value=None, errors={}, status=200)


@pages.get("/requests/{request_id}/trials/new", rule=REQUEST)
async def new_trial(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(TrialForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, TRIAL, form)


@pages.post("/requests/{request_id}/trials", rule=REQUEST)
async def create_trial(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, TrialForm)
    if form.first("ask"):
        return await show_form(request, request_id, desk, TRIAL, looking(form))
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


@pages.get("/requests/{request_id}/matches/new", rule=REQUEST)
async def new_match(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = blank(MatchForm, on=desk.clock.today())
    return await show_form(request, request_id, desk, MATCH, form)


@pages.post("/requests/{request_id}/matches", rule=REQUEST)
async def create_match(request: Request, request_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, MatchForm)
    if form.first("ask"):
        return await show_form(request, request_id, desk, MATCH, looking(form))
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
