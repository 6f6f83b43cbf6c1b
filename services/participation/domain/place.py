"""受け入れ先: what community told about a place, one stream per resource (T-22)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.sourcing.decider import Decider, Event


class Card(BaseModel):
    """The directory's entry as community told it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: str
    name: str
    area: str | None = None
    town: str | None = None
    """Where it is; the area is often a neighbourhood and no town (V-1)."""
    programme: str | None = None
    weekdays: tuple[str, ...] = ()
    """mon … sun: open at least once a month."""
    targets: tuple[str, ...] = ()
    cares: tuple[str, ...] = ()
    """What it can take care of (`resource_cares`)."""
    capacity: str | None = None
    """Whether there is room (`capacity_states`); None: nobody asked."""


class Listed(Event):
    resource_id: UUID
    card: Card
    listed_on: date


class Renamed(Event):
    """community corrected its entry; the whole entry as it is now."""

    correction_id: UUID
    card: Card


class Retired(Event):
    resource_id: UUID
    reason: str
    retired_on: date


class Reopened(Event):
    """community took its retirement back."""

    resource_id: UUID
    reopened_on: date


PlaceEvent: TypeAlias = Listed | Renamed | Retired | Reopened


class PlaceStatus(StrEnum):
    UNKNOWN = "unknown"
    OPEN = "open"
    RETIRED = "retired"


@dataclass(frozen=True)
class Place:
    """Whether somebody can be brought there."""

    status: PlaceStatus = PlaceStatus.UNKNOWN
    corrections: frozenset[UUID] = frozenset()


def evolve(state: Place, event: PlaceEvent) -> Place:
    match event:
        case Listed():
            return Place(PlaceStatus.OPEN)
        case Renamed():
            return replace(state, corrections=state.corrections | {event.correction_id})
        case Retired():
            return replace(state, status=PlaceStatus.RETIRED)
        case Reopened():
            return replace(state, status=PlaceStatus.OPEN)
        case _:
            assert_never(event)


def list_place(
    state: Place,
    *,
    resource_id: UUID,
    card: Card,
    on: date,
) -> list[PlaceEvent]:
    """A place of the directory becomes known. A late copy does not bring back a retired one."""
    if state.status is not PlaceStatus.UNKNOWN:
        return []
    return [Listed(resource_id=resource_id, card=card, listed_on=on)]


def rename(
    state: Place,
    *,
    correction_id: UUID,
    card: Card,
) -> list[PlaceEvent]:
    """Follow a correction of the directory, each once."""
    if state.status is PlaceStatus.UNKNOWN or correction_id in state.corrections:
        return []
    return [Renamed(correction_id=correction_id, card=card)]


def retire(state: Place, *, resource_id: UUID, reason: str, on: date) -> list[PlaceEvent]:
    """The place is gone: nobody is matched with it any more."""
    if state.status is not PlaceStatus.OPEN:
        return []
    return [Retired(resource_id=resource_id, reason=reason, retired_on=on)]


def reopen(state: Place, *, resource_id: UUID, on: date) -> list[PlaceEvent]:
    """It can be used again."""
    if state.status is not PlaceStatus.RETIRED:
        return []
    return [Reopened(resource_id=resource_id, reopened_on=on)]


place: Decider[Place, PlaceEvent] = Decider(
    "place", Place(), evolve, (Listed, Renamed, Retired, Reopened)
)
