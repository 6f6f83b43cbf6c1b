"""社会資源: the directory of places and groups, one stream per entry (B-01 … B-06, V-1, Q-05)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused


class Card(BaseModel):
    """What the directory says about a public place: no private person's name or phone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: str
    programme: str | None = None
    area: str | None = None
    """会場の地区: often a neighbourhood and not a town (V-1)."""
    town: str | None = None
    address: str | None = None
    phone: str | None = None
    held: str | None = None
    """When and how often."""
    target: str | None = None
    note: str | None = None


class Registered(Event):
    resource_id: UUID
    card: Card
    registered_on: date


class Corrected(Event):
    resource_id: UUID
    correction_id: UUID
    card: Card
    corrected_on: date


class Checked(Event):
    """Somebody made sure that the entry still holds (complaint 11: stale lists)."""

    checked_on: date


class Retired(Event):
    resource_id: UUID
    reason: str
    retired_on: date


ResourceEvent: TypeAlias = Registered | Corrected | Checked | Retired


class Status(StrEnum):
    UNKNOWN = "unknown"
    OPEN = "open"
    RETIRED = "retired"


@dataclass(frozen=True)
class Resource:
    """Just big enough to decide."""

    status: Status = Status.UNKNOWN
    resource_id: UUID | None = None
    card: Card | None = None
    checked_on: date | None = None
    registered_on: date | None = None
    reason: str | None = None


def evolve(state: Resource, event: ResourceEvent) -> Resource:
    match event:
        case Registered():
            day = event.registered_on
            return Resource(Status.OPEN, event.resource_id, event.card, day, day)
        case Corrected():
            return replace(state, card=event.card, checked_on=_later(state, event.corrected_on))
        case Checked():
            return replace(state, checked_on=_later(state, event.checked_on))
        case Retired():
            return replace(state, status=Status.RETIRED, reason=event.reason)
        case _:
            assert_never(event)


def register(state: Resource, *, resource_id: UUID, card: Card, on: date) -> list[ResourceEvent]:
    """Q-05: a place enters the directory once; what is there, open or retired, stays as it is."""
    if state.status is not Status.UNKNOWN:
        return []
    return [Registered(resource_id=resource_id, card=card, registered_on=on)]


def correct(state: Resource, *, correction_id: UUID, card: Card, on: date) -> list[ResourceEvent]:
    """The entry says something else now; saying the same again changes nothing."""
    resource_id = _open(state)
    if card == state.card:
        return []
    return [
        Corrected(resource_id=resource_id, correction_id=correction_id, card=card, corrected_on=on)
    ]


def check(state: Resource, *, on: date) -> list[ResourceEvent]:
    """F-09: the entry was looked at and still holds (最終確認日)."""
    _open(state)
    if state.checked_on is not None and state.checked_on >= on:
        return []
    return [Checked(checked_on=on)]


def retire(state: Resource, *, reason: str, on: date, today: date) -> list[ResourceEvent]:
    """The place is gone or can no longer be used; its count in Q-05 ends."""
    if state.status is Status.RETIRED:
        if state.reason == reason:
            return []
        raise Refused("resource-retired")
    resource_id = _open(state)
    day_between(on, today, since=state.registered_on, otherwise="before-registration")
    return [Retired(resource_id=resource_id, reason=reason, retired_on=on)]


def _open(state: Resource) -> UUID:
    if state.resource_id is None:
        raise Refused("resource-unknown")
    if state.status is Status.RETIRED:
        raise Refused("resource-retired")
    return state.resource_id


def _later(state: Resource, day: date) -> date:
    return day if state.checked_on is None else max(state.checked_on, day)


resource: Decider[Resource, ResourceEvent] = Decider(
    "resource", Resource(), evolve, (Registered, Corrected, Checked, Retired)
)
