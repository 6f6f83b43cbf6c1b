"""The JSON of participation: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from services.participation.access import LIST, PLACES, REQUEST, desk_here, district_of
from services.participation.asked.json import (
    ConclusionAsked,
    ContactAsked,
    FollowUpAsked,
    MatchAsked,
    PlanAsked,
    StartAsked,
    TrialAsked,
)
from services.participation.desk import Desk
from services.participation.domain.events import RequestEvent
from services.participation.domain.following import conclude, follow_up
from services.participation.domain.request import PlanSheet, match_place, plan, start
from services.participation.domain.trying import Assessment, keep_contact, try_place
from services.participation.file import open_file
from services.participation.read.places import open_places
from services.participation.read.requests import RequestRow, StatusName, requests_in
from shared.sourcing.streams import Acted
from shared.web.pages import Api

api = Api("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


class Done(BaseModel):
    """What a command did. The position is what a reader of this service's facts may wait for."""

    request_id: UUID
    version: int
    position: int
    recorded: list[str]
    """Names of the events; empty when all of it had been recorded before."""


class RequestValue(BaseModel):
    """One request as it stands. No name: names are shown to people, on the screens."""

    request_id: UUID
    case_id: UUID
    status: StatusName
    step: str
    nurse_district: str | None
    basis: str
    requested_on: date
    started_on: date | None
    planned_on: date | None
    menu: str | None
    resource_id: UUID | None
    place: str | None
    matched_on: date | None
    followups: int
    last_followed_on: date | None
    relation: str | None
    next_on: date | None
    concluded_on: date | None
    outcome: str | None
    handed_over: bool
    case_closed_on: date | None
    lead_agency: str | None


class EntryValue(BaseModel):
    on: date
    title: str
    lines: list[tuple[str, str]]


class FileValue(RequestValue):
    """One request opened; the look is written to the access log."""

    name: str | None
    kana: str | None
    address: str | None
    phone: str | None
    entries: list[EntryValue]


class PlaceValue(BaseModel):
    """A place that may receive somebody now."""

    resource_id: UUID
    name: str
    kind: str
    area: str | None
    programme: str | None
    guests: int


@api.get("/requests", rule=LIST)
async def list_requests(
    request: Request, desk: DeskHere, status: StatusName = "waiting"
) -> list[RequestValue]:
    """Requests of one status: waiting (oldest first), running (next one first), concluded."""
    district = district_of(request.state.staff)
    return [value_of(row) for row in await requests_in(desk.db, status, district)]


@api.get("/requests/{request_id}", rule=REQUEST)
async def get_request(request: Request, request_id: UUID, desk: DeskHere) -> FileValue:
    """One request with its person and everything that was done."""
    file = await open_file(desk, request.state.staff, request_id)
    person = file.person
    return FileValue(
        **value_of(file.row).model_dump(),
        name=person.name if person else None,
        kana=person.kana if person else None,
        address=person.address if person else None,
        phone=person.phone if person else None,
        entries=[EntryValue(on=e.on, title=e.title, lines=e.lines) for e in file.entries],
    )


@api.get("/places", rule=PLACES)
async def list_places(
    desk: DeskHere, words: Annotated[str, Query(max_length=100)] = ""
) -> list[PlaceValue]:
    """Places that are open now; with words, those whose name or area has all of them."""
    return [
        PlaceValue(
            resource_id=row.resource_id,
            name=row.name,
            kind=row.kind,
            area=row.area,
            programme=row.programme,
            guests=row.guests,
        )
        for row in await open_places(desk.db, words)
    ]


@api.post("/requests/{request_id}/start", rule=REQUEST)
async def post_start(request_id: UUID, desk: DeskHere, asked: StartAsked | None = None) -> Done:
    """T-20: begin."""
    today = desk.clock.today()
    on = (asked and asked.on) or today
    return done(request_id, await desk.requests.act(request_id, start, on=on, today=today))


@api.post("/requests/{request_id}/plan", rule=REQUEST, status_code=201)
async def post_plan(request_id: UUID, asked: PlanAsked, desk: DeskHere) -> Done:
    """T-21: the 参加支援プラン; a later one replaces it."""
    acted = await desk.requests.act(
        request_id,
        plan,
        plan_id=desk.new_id(),
        on=asked.on,
        today=desk.clock.today(),
        menu=desk.city.listed("participation_menu", asked.menu, "menu"),
        sheet=PlanSheet(
            asked.wishes,
            asked.strengths,
            asked.goal,
            tuple(asked.weekdays),
            tuple(desk.city.listed("resource_cares", one, "cares") for one in asked.cares),
            tuple(asked.offers),
            aware=False,
        ),
    )
    return done(request_id, acted)


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
        outcome=desk.city.listed("participation_outcomes", asked.outcome, "outcome"),
        note=asked.note,
        contact_every=asked.contact_every
        and desk.city.listed("contact_intervals", asked.contact_every, "contact_every"),
        contact_until=asked.contact_until,
    )
    return done(request_id, acted)


def done(request_id: UUID, acted: Acted[RequestEvent]) -> Done:
    return Done(
        request_id=request_id,
        version=acted.version,
        position=acted.position,
        recorded=[type(event).__name__ for event in acted.events],
    )


def value_of(row: RequestRow) -> RequestValue:
    return RequestValue(**{name: getattr(row, name) for name in RequestValue.model_fields})
