"""声かけ・見回り: one stream per visit to a place where people gather (T-30).

It names a public place and a rough number, no person. Whoever is noticed there becomes a lead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused


class Planned(Event):
    round_id: UUID
    planned_on: date
    place: str
    nurse_district: str | None = None


class Made(Event):
    round_id: UUID
    made_on: date
    place: str
    nurse_district: str | None = None
    gathered: int | None = None
    heard: str | None = None
    """What was heard about the place and the area. The form says: no names."""


class CalledOff(Event):
    round_id: UUID
    called_off_on: date


RoundEvent: TypeAlias = Planned | Made | CalledOff


@dataclass(frozen=True)
class Round:
    """Just big enough to decide."""

    planned: Planned | None = None
    made: Made | None = None
    called_off: bool = False


def evolve(state: Round, event: RoundEvent) -> Round:
    match event:
        case Planned():
            return replace(state, planned=event)
        case Made():
            return replace(state, made=event)
        case CalledOff():
            return replace(state, called_off=True)
        case _:
            assert_never(event)


def plan(
    state: Round,
    *,
    round_id: UUID,
    place: str,
    nurse_district: str | None,
    on: date,
    today: date,
) -> list[RoundEvent]:
    """T-30: we mean to go there. A day gone by is recorded as made, not planned."""
    if state.planned is not None:
        return []
    if not place.strip():
        raise Refused("place-missing")
    if on < today:
        raise Refused("plan-in-past")
    return [Planned(round_id=round_id, planned_on=on, place=place, nurse_district=nurse_district)]


def make(
    state: Round,
    *,
    round_id: UUID,
    place: str,
    nurse_district: str | None,
    gathered: int | None,
    heard: str | None,
    on: date,
    today: date,
) -> list[RoundEvent]:
    """T-30: we were there, planned or not. Two who write it differently both keep their words."""
    made = Made(
        round_id=round_id,
        made_on=on,
        place=place,
        nurse_district=nurse_district,
        gathered=gathered,
        heard=heard,
    )
    if state.made == made:
        return []
    if state.made is not None:
        raise Refused("round-made-otherwise")
    if state.called_off:
        raise Refused("round-called-off")
    if not place.strip():
        raise Refused("place-missing")
    if gathered is not None and gathered < 0:
        raise Refused("gathered-negative")
    day_between(on, today, since=None, otherwise="day-in-future")
    return [made]


def call_off(state: Round, *, on: date) -> list[RoundEvent]:
    """A planned round that will not be made."""
    if state.called_off:
        return []
    if state.planned is None:
        raise Refused("round-unknown")
    if state.made is not None:
        raise Refused("round-made")
    return [CalledOff(round_id=state.planned.round_id, called_off_on=on)]


round_: Decider[Round, RoundEvent] = Decider("round", Round(), evolve, (Planned, Made, CalledOff))
