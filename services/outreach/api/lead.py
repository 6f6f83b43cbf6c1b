"""The JSON of leads and rounds: the same decisions as the screens. No name leaves in a list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.outreach.access import district_of
from services.outreach.api.request import Asked, Day
from services.outreach.asked.request import Line
from services.outreach.desk import Desk
from services.outreach.domain.lead import ContactNote, Tip
from services.outreach.domain.round import call_off
from services.outreach.file.lead import open_lead
from services.outreach.going_round import make_round, plan_round
from services.outreach.joining import join_known
from services.outreach.lead_access import LEAD, LEADS, ROUNDS, desk_of_lead
from services.outreach.noticing import note_contact, notice_lead
from services.outreach.read.leads import Standing, leads_in
from services.outreach.read.rounds import RoundRow, round_row, rounds_made, rounds_planned
from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.sourcing.decider import Refused
from shared.sourcing.streams import Acted
from shared.web.pages import Api

lead_api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_of_lead)]
Said = Annotated[Story, Field(min_length=1)]


class TipAsked(Asked):
    on: Day
    source: Code | None = None
    round_id: Annotated[UUID, Field(strict=False)] | None = None
    story: Said
    town: Code | None = None
    place: Line | None = None
    name: Line | None = None
    teller: Line | None = None


class ContactAsked(Asked):
    on: Day
    method: Code
    met: bool
    name: Line | None = None
    reaction: Story | None = None
    safety_note: Story | None = None
    next_step: Story | None = None
    next_on: Day | None = None
    trust: Code | None = None


class JoiningAsked(Asked):
    on: Day
    request_id: Annotated[UUID, Field(strict=False)]


class RoundPlanAsked(Asked):
    on: Day
    place: Annotated[Line, Field(min_length=1)]
    town: str = ""


class RoundAsked(RoundPlanAsked):
    gathered: int | None = Field(None, ge=0, le=100_000)
    heard: Story = ""


class Done(BaseModel):
    """What a command did, and to what."""

    id: UUID
    version: int
    position: int
    recorded: list[str]


class LeadValue(BaseModel):
    """One lead as codes and days. Names are shown to people, on the screens."""

    lead_id: UUID
    standing: Standing
    noticed_on: date
    source: str | None
    round_id: UUID | None
    catchment: str | None
    nurse_district: str | None
    keep_until: date
    contacts: int
    last_on: date | None
    last_met: bool | None
    request_id: UUID | None
    expired_on: date | None
    proposed_on: date | None
    next_on: date | None
    trust: str | None


class EntryValue(BaseModel):
    on: date
    title: str
    lines: list[tuple[str, str]]


class LeadFileValue(LeadValue):
    """One lead opened; the look is written to the access log."""

    name: str | None
    entries: list[EntryValue]


class RoundValue(BaseModel):
    round_id: UUID
    place: str
    nurse_district: str | None
    planned_on: date | None
    made_on: date | None
    gathered: int | None
    heard: str | None
    called_off_on: date | None
    leads: int


@lead_api.get("/leads", rule=LEADS)
async def list_leads(
    request: Request, desk: DeskHere, standing: Standing = "open"
) -> list[LeadValue]:
    """People noticed before there is a case: open (what expires first), joined, expired."""
    rows = await leads_in(desk.db, standing, district_of(request.state.staff))
    return [LeadValue.model_validate(row, from_attributes=True) for row in rows]


@lead_api.get("/leads/{lead_id}", rule=LEAD)
async def get_lead(request: Request, lead_id: UUID, desk: DeskHere) -> LeadFileValue:
    """One lead with everything that was told."""
    file = await open_lead(desk, request.state.staff, lead_id)
    value = LeadValue.model_validate(file.row, from_attributes=True)
    entries = [EntryValue(on=e.on, title=e.title, lines=e.lines) for e in file.entries]
    return LeadFileValue(**value.model_dump(), name=file.row.name, entries=entries)


@lead_api.post("/leads", rule=LEAD, status_code=201)
async def post_lead(asked: TipAsked, desk: DeskHere) -> Done:
    """T-30: somebody may need help."""
    lead_id = desk.new_id()
    tip = Tip(**asked.model_dump(exclude={"on"}))
    return done(lead_id, await notice_lead(desk, lead_id, tip, asked.on))


@lead_api.post("/leads/{lead_id}/contacts", rule=LEAD, status_code=201)
async def post_contact(lead_id: UUID, asked: ContactAsked, desk: DeskHere) -> Done:
    """A contact before there is a case."""
    note = ContactNote(**asked.model_dump(exclude={"on"}))
    return done(lead_id, await note_contact(desk, lead_id, desk.new_id(), note, asked.on))


@lead_api.post("/leads/{lead_id}/joining", rule=LEAD)
async def post_joining(
    request: Request, lead_id: UUID, asked: JoiningAsked, desk: DeskHere
) -> Done:
    """X-23: it is the person of this request (of this case, where none was asked for yet)."""
    staff = request.state.staff
    return done(lead_id, await join_known(desk, staff, lead_id, asked.request_id, asked.on))


@lead_api.get("/rounds", rule=ROUNDS)
async def list_rounds(request: Request, desk: DeskHere) -> list[RoundValue]:
    """Planned rounds, then those made."""
    district = district_of(request.state.staff)
    rows: list[RoundRow] = [
        *await rounds_planned(desk.db, district),
        *await rounds_made(desk.db, district),
    ]
    return [RoundValue.model_validate(row, from_attributes=True) for row in rows]


@lead_api.get("/rounds/{round_id}", rule=ROUNDS)
async def get_round(round_id: UUID, desk: DeskHere) -> RoundValue:
    """One round: planned, made or called off."""
    row = await round_row(desk.db, round_id)
    if row is None:
        raise Refused("round-unknown")
    return RoundValue.model_validate(row, from_attributes=True)


@lead_api.post("/rounds", rule=ROUNDS, status_code=201)
async def post_round(asked: RoundAsked, desk: DeskHere) -> Done:
    """T-30: a round that was made without a plan."""
    round_id = desk.new_id()
    return done(round_id, await make_round(desk, round_id, asked))


@lead_api.post("/rounds/plan", rule=ROUNDS, status_code=201)
async def post_round_plan(asked: RoundPlanAsked, desk: DeskHere) -> Done:
    """T-30: where we mean to go."""
    round_id = desk.new_id()
    return done(round_id, await plan_round(desk, round_id, asked.place, asked.town, asked.on))


@lead_api.post("/rounds/{round_id}/made", rule=ROUNDS)
async def post_round_made(round_id: UUID, asked: RoundAsked, desk: DeskHere) -> Done:
    """A planned round was made."""
    return done(round_id, await make_round(desk, round_id, asked))


@lead_api.post("/rounds/{round_id}/called-off", rule=ROUNDS)
async def post_round_called_off(round_id: UUID, desk: DeskHere) -> Done:
    """A planned round will not be made."""
    return done(round_id, await desk.rounds.act(round_id, call_off, on=desk.clock.today()))


def done(its_id: UUID, acted: Acted[Any]) -> Done:
    return Done(
        id=its_id,
        version=acted.version,
        position=acted.position,
        recorded=[type(event).__name__ for event in acted.events],
    )
