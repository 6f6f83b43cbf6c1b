"""足りない社会資源 (N-07): noted, in preparation, opened as an entry of the directory, matched.

One stream per need: what a meeting missed, or somebody of 地域づくり. Missed again, it is the same
need and weighs more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

Source: TypeAlias = Literal["meeting", "community"]


class Need(BaseModel):
    """What is missing, for whom, where: nobody's case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    """`missing_resources`"""
    catchment: str | None = None
    targets: tuple[str, ...] = ()
    note: str | None = None


class Noted(Event):
    gap_id: UUID
    missed_id: UUID
    need: Need
    source: Source
    noted_on: date


class NotedAgain(Event):
    missed_id: UUID
    source: Source
    noted_on: date


class Prepared(Event):
    """Somebody works on it."""

    plan: str
    prepared_on: date
    due_on: date | None = None
    """Until when, if somebody said so (F-07)."""


class Opened(Event):
    resource_id: UUID
    opened_on: date
    gap_id: UUID | None = None
    """None: recorded before others were told of it."""


class Matched(Event):
    """Somebody was brought there (Q-06): the loop is closed."""

    matched_on: date
    gap_id: UUID | None = None


class Dropped(Event):
    reason: str
    dropped_on: date
    gap_id: UUID | None = None


GapEvent: TypeAlias = Noted | NotedAgain | Prepared | Opened | Matched | Dropped


class GapStatus(StrEnum):
    UNKNOWN = "unknown"
    NOTED = "noted"
    PREPARING = "preparing"
    OPENED = "opened"
    MATCHED = "matched"
    DROPPED = "dropped"


OPEN = (GapStatus.NOTED, GapStatus.PREPARING)


@dataclass(frozen=True)
class Gap:
    status: GapStatus = GapStatus.UNKNOWN
    gap_id: UUID | None = None
    missed: frozenset[UUID] = frozenset()
    noted_on: date | None = None
    plan: str = ""
    due_on: date | None = None
    edition: int = 0
    """How often a plan was written; who writes the next names the one they saw."""
    opened_on: date | None = None
    resource_id: UUID | None = None
    reason: str = ""


def evolve(state: Gap, event: GapEvent) -> Gap:
    match event:
        case Noted():
            return Gap(GapStatus.NOTED, event.gap_id, frozenset({event.missed_id}), event.noted_on)
        case NotedAgain():
            return replace(state, missed=state.missed | {event.missed_id})
        case Prepared():
            number = state.edition + 1
            return replace(
                state,
                status=GapStatus.PREPARING,
                plan=event.plan,
                due_on=event.due_on,
                edition=number,
            )
        case Opened():
            return replace(
                state,
                status=GapStatus.OPENED,
                resource_id=event.resource_id,
                opened_on=event.opened_on,
            )
        case Matched():
            return replace(state, status=GapStatus.MATCHED)
        case Dropped():
            return replace(state, status=GapStatus.DROPPED, reason=event.reason)
        case _:
            assert_never(event)


def note(
    state: Gap,
    *,
    gap_id: UUID,
    missed_id: UUID,
    need: Need,
    source: Source,
    on: date,
    today: date,
) -> list[GapEvent]:
    """N-07: something is missing. Told a second time by somebody else, it is missed again."""
    if missed_id in state.missed:
        return []
    if state.status is GapStatus.UNKNOWN:
        day_between(on, today, since=None, otherwise="before-noted")
        return [Noted(gap_id=gap_id, missed_id=missed_id, need=need, source=source, noted_on=on)]
    return [NotedAgain(missed_id=missed_id, source=source, noted_on=on)]


def prepare(
    state: Gap,
    *,
    plan: str,
    on: date,
    today: date,
    due: date | None = None,
    edition: int | None = None,
) -> list[GapEvent]:
    """Who does what about it, and until when. A new plan replaces the old one; `edition` is the one
    that was on the screen, so that nobody writes over a colleague unseen.
    """
    _under_way(state)
    if (plan, due) == (state.plan, state.due_on):
        return []
    if edition is not None and edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    _since_noted(state, on, today)
    if due is not None and due < on:
        raise Refused("due-before-plan")
    return [Prepared(plan=plan, prepared_on=on, due_on=due)]


def open_place(state: Gap, *, resource_id: UUID, on: date, today: date) -> list[GapEvent]:
    """There is a place for it now; also one that was there and nobody had thought of."""
    if state.resource_id == resource_id:
        return []
    _under_way(state)
    _since_noted(state, on, today)
    return [Opened(resource_id=resource_id, opened_on=on, gap_id=state.gap_id)]


def match(state: Gap, *, resource_id: UUID, on: date) -> list[GapEvent]:
    """T-22: somebody was matched with the place. The first match since it opened is the end of the
    loop; who went there before did not need it to be made.
    """
    if state.status is not GapStatus.OPENED or state.resource_id != resource_id:
        return []
    if state.opened_on is not None and on < state.opened_on:
        return []
    return [Matched(matched_on=on, gap_id=state.gap_id)]


def drop(state: Gap, *, reason: str, on: date, today: date) -> list[GapEvent]:
    """It will not be made, and why."""
    if state.status is GapStatus.DROPPED and state.reason == reason:
        return []
    _under_way(state)
    _since_noted(state, on, today)
    return [Dropped(reason=reason, dropped_on=on, gap_id=state.gap_id)]


def _under_way(state: Gap) -> None:
    if state.status is GapStatus.UNKNOWN:
        raise Refused("gap-unknown")
    if state.status not in OPEN:
        raise Refused("gap-settled")


def _since_noted(state: Gap, on: date, today: date) -> None:
    day_between(on, today, since=state.noted_on, otherwise="before-noted")


gap: Decider[Gap, GapEvent] = Decider(
    "gap", Gap(), evolve, (Noted, NotedAgain, Prepared, Opened, Matched, Dropped)
)
