"""What the JSON of participation answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.participation.domain.correcting import edition_of
from services.participation.domain.events import (
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
    Offer,
    RequestEvent,
)
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
    tried_on: date | None
    tried_at: str | None
    trial_result: str | None
    concluded_on: date | None
    outcome: str | None
    contact_every: str | None
    contact_until: date | None
    contacted_on: date | None
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


class MatchValue(BaseModel):
    """A match that holds or held; a withdrawn one is not among them."""

    model_config = ConfigDict(from_attributes=True)
    match_id: UUID
    resource_id: UUID
    matched_on: date


class FollowUpValue(BaseModel):
    """A follow-up as it was last written."""

    followup_id: UUID
    edition: int
    match_id: UUID
    followed_on: date
    method: str
    relation: str
    note: str | None
    next_on: date | None


class ContactValue(BaseModel):
    """A contact after the end as it was last written."""

    contact_id: UUID
    edition: int
    contacted_on: date
    note: str | None


class FileValue(RequestValue):
    """One request opened; the look is written to the access log."""

    name: str | None
    kana: str | None
    address: str | None
    phone: str | None
    plan: PlanValue | None
    match_records: list[MatchValue]
    followup_records: list[FollowUpValue]
    contact_records: list[ContactValue]
    entries: list[EntryValue]


class PlaceValue(BaseModel):
    """A place that may receive somebody now."""

    model_config = ConfigDict(from_attributes=True)
    resource_id: UUID
    name: str
    kind: str
    area: str | None
    town: str | None
    programme: str | None
    weekdays: list[str]
    targets: list[str]
    cares: list[str]
    capacity: str | None
    guests: int


class ProposalValue(BaseModel):
    """A place for one person, with the reasons in words."""

    place: PlaceValue
    score: int
    reasons: tuple[str, ...]
    lacks: tuple[str, ...]


class DueValue(BaseModel):
    """One thing to do about one request."""

    on: date
    kind: str
    todo: str
    days_late: int
    """Below 0: days that are left."""
    request_id: UUID
    case_id: UUID
    place: str | None


def done(request_id: UUID, acted: Acted[RequestEvent]) -> Done:
    return Done(
        request_id=request_id,
        version=acted.version,
        position=acted.position,
        recorded=[type(event).__name__ for event in acted.events],
    )


def followup_of(one: FollowedUp | FollowUpCorrected) -> FollowUpValue:
    said = one.model_dump(include=FollowUpValue.model_fields.keys() - {"edition"})
    return FollowUpValue(edition=edition_of(one), **said)


def contact_of(one: Contacted | ContactCorrected) -> ContactValue:
    said = one.model_dump(include=ContactValue.model_fields.keys() - {"edition"})
    return ContactValue(edition=edition_of(one), **said)


def value_of(row: RequestRow) -> RequestValue:
    return RequestValue(**{name: getattr(row, name) for name in RequestValue.model_fields})
