"""The screens of フォローアップ, 終結 and the contact afterwards (T-23, T-24)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import REQUEST, desk_here
from services.participation.asked.request import ConclusionForm, ContactForm, FollowUpForm
from services.participation.desk import Desk
from services.participation.domain.following import Ending, conclude, follow_up
from services.participation.domain.trying import keep_contact
from services.participation.messages import messages
from services.participation.pages.form import CONCLUSION, CONTACT, FOLLOW_UP, show_form
from shared.sourcing.decider import Refused
from shared.web.forms import blank, read_form
from shared.web.pages import Pages
from shared.web.render import see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


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
            ending=Ending(
                desk.city.listed("participation_outcomes", asked.outcome, "outcome"),
                asked.note or None,
                asked.judgement or None,
                asked.contact_every
                and desk.city.listed("contact_intervals", asked.contact_every, "contact_every"),
                asked.contact_until,
            ),
        )
    except Refused as refused:
        return await show_form(
            request, request_id, desk, CONCLUSION, form.refuse(refused, messages)
        )
    return see_other(
        f"/participation/requests/{request_id}", said="支援を終えたことを記録しました。"
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
