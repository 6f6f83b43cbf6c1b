"""What the JSON of participation answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.participation.domain.events import Offer, RequestEvent
from services.participation.read.requests import RequestRow, StatusName
from shared.sourcing.streams import Acted


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


class PlanValue(BaseModel):
    """参加支援プラン of today. Who writes the next one says its `plan_id` as `seen`."""

    model_config = ConfigDict(from_attributes=True)
    plan_id: UUID
    planned_on: date
    menu: str
    wishes: str | None
    strengths: str | None
    issues: str | None
    goal: str | None
    weekdays: tuple[str, ...] | None
    cares: tuple[str, ...] | None
    offers: tuple[Offer, ...] | None


class FileValue(RequestValue):
    """One request opened; the look is written to the access log."""

    name: str | None
    kana: str | None
    address: str | None
    phone: str | None
    plan: PlanValue | None
    entries: list[EntryValue]


class PlaceValue(BaseModel):
    """A place that may receive somebody now."""

    resource_id: UUID
    name: str
    kind: str
    area: str | None
    programme: str | None
    guests: int


def done(request_id: UUID, acted: Acted[RequestEvent]) -> Done:
    return Done(
        request_id=request_id,
        version=acted.version,
        position=acted.position,
        recorded=[type(event).__name__ for event in acted.events],
    )


def value_of(row: RequestRow) -> RequestValue:
    return RequestValue(**{name: getattr(row, name) for name in RequestValue.model_fields})
