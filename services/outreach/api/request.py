"""The JSON of outreach: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, Strict

from services.outreach.access import LIST, REQUEST, desk_here, district_of
from services.outreach.desk import Desk
from services.outreach.domain.events import RequestEvent, edition_of
from services.outreach.domain.request import (
    VisitNote,
    start,
    visit,
)
from services.outreach.ending import end
from services.outreach.file.request import open_file
from services.outreach.read.requests import RequestRow, StatusName, requests_in
from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.sourcing.streams import Acted
from shared.web.pages import Api

api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]
Day = Annotated[date, Strict(strict=False)]
"""JSON has no dates: the one value that may come as text (2026-11-23)."""


class Asked(BaseModel):
    """What is sent: no field more, no type other than it says."""

    model_config = ConfigDict(strict=True, extra="forbid")


class StartAsked(Asked):
    """Without a day: today."""

    on: Day | None = None


class VisitAsked(Asked):
    on: Day
    method: Code
    met: bool
    reaction: Story | None = None
    safety_note: Story | None = None
    next_step: Story | None = None
    next_on: Day | None = None
    planned_id: Annotated[UUID, Strict(strict=False)] | None = None
    trust: Code | None = None


class ConclusionAsked(Asked):
    on: Day
    outcome: Code
    note: Story | None = None
    edition: int | None = Field(None, ge=1)
    """Of the end that is put right (`conclusion_edition`); without it the outreach is ended."""


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
    nurse_district: str | None
    basis: str
    requested_on: date
    started_on: date | None
    concluded_on: date | None
    outcome: str | None
    visits: int
    links: int
    last_visit_on: date | None
    last_met: bool | None
    next_on: date | None
    handed_over: bool
    case_closed_on: date | None
    lead_agency: str | None
    trust: str | None


class EntryValue(BaseModel):
    on: date
    title: str
    lines: list[tuple[str, str]]


class PlannedValue(BaseModel):
    """A visit that is still to be made."""

    planned_id: UUID
    planned_on: date
    method: str
    staff: int


class VisitValue(BaseModel):
    """A visit as it was last written; its text is in `entries`. Name `edition` to correct it."""

    visit_id: UUID
    edition: int
    visited_on: date
    method: str
    met: bool
    trust: str | None


class LinkValue(BaseModel):
    """A link as it was last written. Name `edition` to correct it."""

    link_id: UUID
    edition: int
    linked_on: date
    agency: str
    basis: str | None


class TieValue(BaseModel):
    """A tie as it was last written. Name `edition` to correct it."""

    tie_id: UUID
    edition: int
    built_on: date
    kind: str


class FileValue(RequestValue):
    """One request opened; the look is written to the access log."""

    name: str | None
    kana: str | None
    address: str | None
    phone: str | None
    planned: list[PlannedValue]
    records: list[VisitValue]
    linked: list[LinkValue]
    ties: list[TieValue]
    conclusion_edition: int | None
    entries: list[EntryValue]


@api.get("/requests", rule=LIST)
async def list_requests(
    request: Request, desk: DeskHere, status: StatusName = "waiting"
) -> list[RequestValue]:
    """Requests of one status: waiting (oldest first), running (next contact first), concluded.

    A nurse gets those of her district.
    """
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
        planned=[PlannedValue.model_validate(p, from_attributes=True) for p in file.planned],
        records=[
            VisitValue(**v.model_dump(include=_RECORD), edition=edition_of(v)) for v in file.visits
        ],
        linked=[
            LinkValue(**v.model_dump(include=_LINK), edition=edition_of(v)) for v in file.links
        ],
        ties=[TieValue(**v.model_dump(include=_TIE), edition=edition_of(v)) for v in file.ties],
        conclusion_edition=edition_of(ended) if (ended := file.ended) else None,
        entries=[EntryValue(on=e.on, title=e.title, lines=e.lines) for e in file.entries],
    )


@api.post("/requests/{request_id}/start", rule=REQUEST)
async def post_start(request_id: UUID, desk: DeskHere, asked: StartAsked | None = None) -> Done:
    """T-20, T-31: begin."""
    today = desk.clock.today()
    on = (asked and asked.on) or today
    return done(request_id, await desk.requests.act(request_id, start, on=on, today=today))


@api.post("/requests/{request_id}/visits", rule=REQUEST, status_code=201)
async def post_visit(request_id: UUID, asked: VisitAsked, desk: DeskHere) -> Done:
    """T-31: a visit or another contact."""
    acted = await desk.requests.act(
        request_id,
        visit,
        visit_id=desk.new_id(),
        seen=seen_of(desk, asked),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/conclusion", rule=REQUEST)
async def post_conclusion(request_id: UUID, asked: ConclusionAsked, desk: DeskHere) -> Done:
    """The end, with its outcome; with an edition, that end put right."""
    acted = await end(desk, request_id, asked.on, asked.outcome, asked.note, asked.edition)
    return done(request_id, acted)


def seen_of(desk: Desk, asked: VisitAsked) -> VisitNote:
    """What was sent as what the decision takes."""
    return VisitNote(
        method=desk.city.listed("visit_methods", asked.method, "method"),
        met=asked.met,
        reaction=asked.reaction,
        safety_note=asked.safety_note,
        next_step=asked.next_step,
        next_on=asked.next_on,
        planned_id=asked.planned_id,
        trust=desk.city.listed("trust_stages", asked.trust, "trust") if asked.trust else None,
    )


_RECORD = {"visit_id", "visited_on", "method", "met", "trust"}
_LINK = {"link_id", "linked_on", "agency", "basis"}
_TIE = {"tie_id", "built_on", "kind"}


def done(request_id: UUID, acted: Acted[RequestEvent]) -> Done:
    return Done(
        request_id=request_id,
        version=acted.version,
        position=acted.position,
        recorded=[type(event).__name__ for event in acted.events],
    )


def value_of(row: RequestRow) -> RequestValue:
    return RequestValue(
        **{name: getattr(row, name) for name in RequestValue.model_fields},
    )
