"""ケースの状態: what 多機関協働 told about a case, one stream per case (T-08, T-09)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.sourcing.decider import Decider, Event


class SetDown(Event):
    """一旦終結, with the 主担当 named."""

    case_id: UUID
    closure_id: UUID
    lead_agency: str
    closed_on: date


class TakenUp(Event):
    """再開. Undoes the closure it names."""

    case_id: UUID
    closure_id: UUID
    reopened_on: date


StandingEvent: TypeAlias = SetDown | TakenUp


@dataclass(frozen=True)
class Standing:
    """Which closure holds now, and which ever held."""

    closed_by: UUID | None = None
    closures: frozenset[UUID] = frozenset()


def evolve(state: Standing, event: StandingEvent) -> Standing:
    match event:
        case SetDown():
            return Standing(event.closure_id, state.closures | {event.closure_id})
        case TakenUp():
            return replace(state, closed_by=None)
        case _:
            assert_never(event)


def standing_id(case_id: UUID) -> UUID:
    """The stream of a case's standing; a stream of its own, whatever else bears the case id."""
    return uuid5(case_id, "standing")


def set_down(
    state: Standing, *, case_id: UUID, closure_id: UUID, lead_agency: str, on: date
) -> list[StandingEvent]:
    """T-08: the case was closed. A closure that was noted before says nothing new."""
    if closure_id in state.closures:
        return []
    return [SetDown(case_id=case_id, closure_id=closure_id, lead_agency=lead_agency, closed_on=on)]


def take_up(state: Standing, *, case_id: UUID, closure_id: UUID, on: date) -> list[StandingEvent]:
    """T-09: the case goes on. Undoes the closure it names, not a later one."""
    if state.closed_by != closure_id:
        return []
    return [TakenUp(case_id=case_id, closure_id=closure_id, reopened_on=on)]


standing: Decider[Standing, StandingEvent] = Decider(
    "standing", Standing(), evolve, (SetDown, TakenUp)
)
