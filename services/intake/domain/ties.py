"""つながり: who and what a household has to do with, and how strong that is (F-02, domain 4.2).

Dated, one stream per case: a tie began, was described anew, and ended; what was written stays in
the history. エコマップ is the drawing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused

MOST = 20
"""Ties of one household at the most: more is a list, no picture."""


class About(Event):
    """What is written of one tie."""

    kind: str
    """`ecomap_ties`: 強い, 弱い, ストレスのある …"""
    since: date | None = None
    who: Personal[str] = None
    note: Personal[str] = None


class TieNoted(About):
    """つながりを記録した."""

    case_id: UUID
    tie_id: UUID
    recorded_on: date


class TieCorrected(About):
    """つながりの記録を直した."""

    case_id: UUID
    tie_id: UUID
    edition: int
    recorded_on: date


class TieEnded(Event):
    """つながりがなくなった."""

    case_id: UUID
    tie_id: UUID
    ended_on: date


TieEvent: TypeAlias = TieNoted | TieCorrected | TieEnded


@dataclass(frozen=True)
class Tie:
    """One tie as it stands."""

    tie_id: UUID
    about: About
    edition: int = 1
    ended_on: date | None = None


@dataclass(frozen=True)
class Ties:
    """All ties of one case, in the order of the record."""

    by_id: Mapping[UUID, Tie] = field(default_factory=dict)


def ties_id(case_id: UUID) -> UUID:
    """The stream of a case's ties."""
    return uuid5(case_id, "ties")


def evolve(state: Ties, event: TieEvent) -> Ties:
    match event:
        case TieNoted():
            return _with(state, Tie(event.tie_id, _of(event)))
        case TieCorrected():
            former = state.by_id.get(event.tie_id, Tie(event.tie_id, _of(event)))
            return _with(state, replace(former, about=_of(event), edition=event.edition))
        case TieEnded():
            known = state.by_id.get(event.tie_id)
            return _with(state, replace(known, ended_on=event.ended_on)) if known else state
        case _:
            assert_never(event)


def note_tie(
    state: Ties, *, case_id: UUID, tie_id: UUID, about: About, today: date
) -> list[TieEvent]:
    """Somebody or something they have to do with."""
    if tie_id in state.by_id:
        return []
    if sum(one.ended_on is None for one in state.by_id.values()) >= MOST:
        raise Refused("ties-full")
    _check(about, today)
    return [TieNoted(**dict(about), case_id=case_id, tie_id=tie_id, recorded_on=today)]


def correct_tie(
    state: Ties, *, case_id: UUID, tie_id: UUID, about: About, edition: int, today: date
) -> list[TieEvent]:
    """Described anew, on the edition that was seen."""
    tie = _known(state, tie_id)
    if tie.about == about:
        return []
    if tie.edition != edition:
        raise Refused("tie-changed-meanwhile")
    _check(about, today)
    if about.since and tie.ended_on and tie.ended_on < about.since:
        raise Refused("tie-ended-before-it-began")
    return [
        TieCorrected(
            **dict(about),
            case_id=case_id,
            tie_id=tie_id,
            edition=tie.edition + 1,
            recorded_on=today,
        )
    ]


def end_tie(state: Ties, *, case_id: UUID, tie_id: UUID, on: date, today: date) -> list[TieEvent]:
    """It is there no longer; the record of it stays."""
    tie = _known(state, tie_id)
    if tie.ended_on is not None:
        return []
    if on > today:
        raise Refused("tie-in-future")
    if tie.about.since and on < tie.about.since:
        raise Refused("tie-ended-before-it-began")
    return [TieEnded(case_id=case_id, tie_id=tie_id, ended_on=on)]


def _with(state: Ties, tie: Tie) -> Ties:
    return Ties({**state.by_id, tie.tie_id: tie})


def _known(state: Ties, tie_id: UUID) -> Tie:
    if tie_id not in state.by_id:
        raise Refused("tie-unknown")
    return state.by_id[tie_id]


def _check(about: About, today: date) -> None:
    if not (about.who or "").strip():
        raise Refused("tie-with-nobody")
    if about.since is not None and about.since > today:
        raise Refused("tie-in-future")


def _of(event: About) -> About:
    return About(**{name: getattr(event, name) for name in About.model_fields})


ties: Decider[Ties, TieEvent] = Decider("ties", Ties(), evolve, (TieNoted, TieCorrected, TieEnded))
