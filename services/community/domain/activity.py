"""地域づくりの活動: one stream per recorded activity (B-01 … B-06, domain 4.9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.sourcing.decider import Decider, Event, Refused


class Sheet(BaseModel):
    """What is written down about one activity: counts, no names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    programme: str
    kind: str
    resource_id: UUID | None = None
    held_on: date
    participants: int = Field(ge=0, le=100_000)
    newcomers: int = Field(default=0, ge=0, le=100_000)
    invitations: int = Field(default=0, ge=0, le=100_000)
    """呼びかけ回数 (Q-12)."""
    volunteers: int = Field(default=0, ge=0, le=100_000)
    note: str | None = None


class Recorded(Event):
    activity_id: UUID
    sheet: Sheet


class Corrected(Event):
    activity_id: UUID
    sheet: Sheet
    corrected_on: date


ActivityEvent: TypeAlias = Recorded | Corrected


@dataclass(frozen=True)
class Activity:
    """The sheet as it stands."""

    activity_id: UUID | None = None
    sheet: Sheet | None = None


def evolve(state: Activity, event: ActivityEvent) -> Activity:
    match event:
        case Recorded():
            return Activity(event.activity_id, event.sheet)
        case Corrected():
            return Activity(state.activity_id, event.sheet)
        case _:
            assert_never(event)


def record(state: Activity, *, activity_id: UUID, sheet: Sheet, today: date) -> list[ActivityEvent]:
    """B-01 … B-06: an activity that took place, recorded once."""
    if state.activity_id is not None:
        return []
    _plausible(sheet, today)
    return [Recorded(activity_id=activity_id, sheet=sheet)]


def correct(state: Activity, *, sheet: Sheet, today: date) -> list[ActivityEvent]:
    """The whole sheet as it should have been; the first writing stays in the history."""
    if state.activity_id is None:
        raise Refused("activity-unknown")
    if sheet == state.sheet:
        return []
    _plausible(sheet, today)
    return [Corrected(activity_id=state.activity_id, sheet=sheet, corrected_on=today)]


def _plausible(sheet: Sheet, today: date) -> None:
    if sheet.held_on > today:
        raise Refused("day-in-future")
    if sheet.newcomers > sheet.participants:
        raise Refused("newcomers-exceed-participants")


activity: Decider[Activity, ActivityEvent] = Decider(
    "activity", Activity(), evolve, (Recorded, Corrected)
)
