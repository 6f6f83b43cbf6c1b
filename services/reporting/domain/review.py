"""事業の検証: what 福祉サービス連携推進会議 says of a programme, and the report to the committee of
the parent plan (D-01, D-02, S-08).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

_REVIEWS = UUID("c3a0f6de-0f4c-5a55-9b77-9a2f3e1d8b60")


class Reviewed(Event):
    """達成したこと, 課題, 次年度の取組. Written again, the new one holds."""

    fiscal_year: int
    programme: str
    edition: int
    reviewed_on: date
    achieved: str
    issues: str
    measures: str


class Reported(Event):
    """To 地域保健福祉計画策定・推進委員会."""

    fiscal_year: int
    reported_on: date
    note: str


ReviewEvent: TypeAlias = Reviewed | Reported


@dataclass(frozen=True)
class Words:
    """One review in words."""

    achieved: str
    issues: str
    measures: str


@dataclass(frozen=True)
class Reviews:
    """The reviews of one fiscal year by programme."""

    editions: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    reported_on: date | None = None
    """The newest report to the committee, and what it said to it."""
    note: str = ""


def review_stream(fiscal_year: int) -> UUID:
    return uuid5(_REVIEWS, str(fiscal_year))


def evolve(state: Reviews, event: ReviewEvent) -> Reviews:
    match event:
        case Reviewed():
            words = Words(event.achieved, event.issues, event.measures)
            return replace(
                state,
                editions={**state.editions, event.programme: event.edition},
                words={**state.words, event.programme: words},
            )
        case Reported():
            return replace(state, reported_on=event.reported_on, note=event.note)
        case _:
            assert_never(event)


def review(
    state: Reviews,
    *,
    fiscal_year: int,
    programme: str,
    edition: int,
    words: Words,
    on: date,
    today: date,
) -> list[ReviewEvent]:
    """Written on the edition that was seen; whoever was slower is told so."""
    if state.words.get(programme) == words:
        return []
    if edition != state.editions.get(programme, 0):
        raise Refused("review-changed")
    _in_its_time(fiscal_year, on, today)
    if not (words.achieved.strip() or words.issues.strip() or words.measures.strip()):
        raise Refused("review-empty")
    return [
        Reviewed(
            fiscal_year=fiscal_year,
            programme=programme,
            edition=edition + 1,
            reviewed_on=on,
            achieved=words.achieved,
            issues=words.issues,
            measures=words.measures,
        )
    ]


def report(
    state: Reviews, *, fiscal_year: int, note: str, on: date, today: date
) -> list[ReviewEvent]:
    """After something was reviewed. Written again, the new day and opinion hold."""
    if (state.reported_on, state.note) == (on, note):
        return []
    if not state.words:
        raise Refused("nothing-reviewed")
    _in_its_time(fiscal_year, on, today)
    return [Reported(fiscal_year=fiscal_year, reported_on=on, note=note)]


def _in_its_time(fiscal_year: int, on: date, today: date) -> None:
    """Not before the year began, nor in the future."""
    day_between(on, today, since=None, otherwise="")
    if (on.year if on.month >= 4 else on.year - 1) < fiscal_year:
        raise Refused("review-before-year")


reviews: Decider[Reviews, ReviewEvent] = Decider("review", Reviews(), evolve, (Reviewed, Reported))
