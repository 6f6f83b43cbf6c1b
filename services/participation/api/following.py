"""The JSON of trials, matches, follow-ups, the end and the contact afterwards (T-22 … T-24)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.participation.access import REQUEST, desk_here
from services.participation.api.values import Done, done
from services.participation.asked.json import (
    ConclusionAsked,
    ContactAsked,
    FollowUpAsked,
    MatchAsked,
    TrialAsked,
)
from services.participation.desk import Desk
from services.participation.domain.following import Ending, conclude, follow_up
from services.participation.domain.request import match_place
from services.participation.domain.trying import Assessment, keep_contact, try_place
from shared.web.pages import Api

api = Api("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


@api.post("/requests/{request_id}/matches", rule=REQUEST, status_code=201)
async def post_match(request_id: UUID, asked: MatchAsked, desk: DeskHere) -> Done:
    """T-22: matched with a place that is open now."""
    acted = await desk.requests.act(
        request_id,
        match_place,
        match_id=desk.new_id(),
        resource_id=asked.resource_id,
        place=await desk.places.state(asked.resource_id),
        on=asked.on,
        today=desk.clock.today(),
        assessment=asked.assessment,
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/followups", rule=REQUEST, status_code=201)
async def post_follow_up(request_id: UUID, asked: FollowUpAsked, desk: DeskHere) -> Done:
    """T-23: followed up at the place or with the person."""
    acted = await desk.requests.act(
        request_id,
        follow_up,
        followup_id=desk.new_id(),
        on=asked.on,
        today=desk.clock.today(),
        method=desk.city.listed("followup_methods", asked.method, "method"),
        relation=desk.city.listed("participation_relations", asked.relation, "relation"),
        note=asked.note,
        next_on=asked.next_on,
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/trials", rule=REQUEST, status_code=201)
async def post_trial(request_id: UUID, asked: TrialAsked, desk: DeskHere) -> Done:
    """T-22: a look or a trial at a place, and what came of it."""
    acted = await desk.requests.act(
        request_id,
        try_place,
        trial_id=desk.new_id(),
        resource_id=asked.resource_id,
        place=await desk.places.state(asked.resource_id),
        result=desk.city.listed("trial_results", asked.result, "result"),
        assessment=Assessment(
            asked.staffing, asked.care, asked.conditions, asked.contact, asked.note
        ),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/contacts", rule=REQUEST, status_code=201)
async def post_contact(request_id: UUID, asked: ContactAsked, desk: DeskHere) -> Done:
    """T-24: the contact after the end."""
    acted = await desk.requests.act(
        request_id,
        keep_contact,
        contact_id=desk.new_id(),
        on=asked.on,
        today=desk.clock.today(),
        note=asked.note,
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/conclusion", rule=REQUEST)
async def post_conclusion(request_id: UUID, asked: ConclusionAsked, desk: DeskHere) -> Done:
    """T-24: the end, with its outcome."""
    acted = await desk.requests.act(
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
    return done(request_id, acted)
