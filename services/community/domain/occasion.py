"""予定の催し: a course, a lecture, a festival that is still to come, one stream each (B-01, B-03).

What took place is an activity; this is what people may come to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.sourcing.decider import Decider, Event, Refused


class Notice(BaseModel):
    """What is announced: nobody's name or private telephone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    held_on: date
    starts: str | None = None
    """10:00, in the city's time."""
    ends: str | None = None
    resource_id: UUID | None = None
    """The place, if it is one of the directory; else `about` says where."""
    programme: str | None = None
    about: str | None = None
    published: bool = False
    """公表してよい: shown to everybody, without sign-in."""


class Announced(Event):
    occasion_id: UUID
    notice: Notice
    announced_on: date


class Corrected(Event):
    notice: Notice
    corrected_on: date
    edition: int


class Cancelled(Event):
    """中止: who has it in their calendar sees so."""

    cancelled_on: date


OccasionEvent: TypeAlias = Announced | Corrected | Cancelled


@dataclass(frozen=True)
class Occasion:
    occasion_id: UUID | None = None
    notice: Notice | None = None
    edition: int = 0
    cancelled: bool = False


def evolve(state: Occasion, event: OccasionEvent) -> Occasion:
    match event:
        case Announced():
            return Occasion(event.occasion_id, event.notice, edition=1)
        case Corrected():
            return replace(state, notice=event.notice, edition=event.edition)
        case Cancelled():
            return replace(state, cancelled=True)
        case _:
            assert_never(event)


def announce(
    state: Occasion, *, occasion_id: UUID, notice: Notice, today: date
) -> list[OccasionEvent]:
    """B-01, B-03: something to come to, on a day that is not over."""
    if state.occasion_id is not None:
        return []
    _possible(notice, today)
    return [Announced(occasion_id=occasion_id, notice=notice, announced_on=today)]


def correct(
    state: Occasion, *, notice: Notice, today: date, edition: int | None = None
) -> list[OccasionEvent]:
    """It is announced otherwise. `edition` is the one that was on the screen, so that nobody writes
    over a colleague unseen.
    """
    _known(state)
    if notice == state.notice:
        return []
    if edition is not None and edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    if state.cancelled:
        raise Refused("occasion-cancelled")
    _possible(notice, today)
    return [Corrected(notice=notice, corrected_on=today, edition=state.edition + 1)]


def cancel(state: Occasion, *, today: date) -> list[OccasionEvent]:
    """中止."""
    _known(state)
    return [] if state.cancelled else [Cancelled(cancelled_on=today)]


def _known(state: Occasion) -> None:
    if state.occasion_id is None:
        raise Refused("occasion-unknown")


def _possible(notice: Notice, today: date) -> None:
    if notice.held_on < today:
        raise Refused("occasion-over")
    if notice.ends is not None and (notice.starts is None or notice.ends <= notice.starts):
        raise Refused("times-impossible")


occasion: Decider[Occasion, OccasionEvent] = Decider(
    "occasion", Occasion(), evolve, (Announced, Corrected, Cancelled)
)
