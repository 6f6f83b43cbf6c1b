"""アンケート: one stream per round, at the start and the end of a fiscal year (L-01 … L-03, S-07).

An answer carries neither the agency nor the link; that a link was used is an event of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, Literal, TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

When: TypeAlias = Literal["start", "end"]
Grade: TypeAlias = Literal["4", "3", "2", "1"]
"""そう思う … 思わない."""
_ROUNDS = UUID("7d8c1e54-3b7a-5d8a-9d0b-64b5f0a2c8e1")


class OfRound(Event):
    """What is written freely lies under the round's own key, so that a round can be erased."""

    subject_field: ClassVar[str] = "round_id"
    round_id: UUID


class RoundOpened(OfRound):
    fiscal_year: int
    when: When
    items: tuple[str, ...]
    opened_on: date
    closes_on: date


class Rescheduled(OfRound):
    """締切の変更, while the round is open: what was shown once is never added to."""

    closes_on: date
    rescheduled_on: date


class Invited(OfRound):
    invitation_id: UUID
    agency: str
    invited_on: date


class LinkUsed(OfRound):
    """Once; whoever comes again is told so."""

    invitation_id: UUID
    used_on: date


class Answered(OfRound):
    """Item → grade; what was left out is not there."""

    grades: dict[str, Grade]
    note: Personal[str] = None


class Interviewed(OfRound):
    """ヒアリングの記録 by staff: not anonymous, and said so."""

    hearing_id: UUID
    agency: str
    heard_on: date
    note: Personal[str] = None


SurveyEvent: TypeAlias = RoundOpened | Rescheduled | Invited | LinkUsed | Answered | Interviewed


@dataclass(frozen=True)
class Survey:
    """Just big enough to decide."""

    round_id: UUID | None = None
    items: tuple[str, ...] = ()
    opened_on: date | None = None
    closes_on: date | None = None
    invited: Mapping[UUID, str] = field(default_factory=dict)
    used: frozenset[UUID] = frozenset()
    done: frozenset[UUID] = frozenset()


def round_of(fiscal_year: int, when: When) -> UUID:
    return uuid5(_ROUNDS, f"{fiscal_year}-{when}")


def evolve(state: Survey, event: SurveyEvent) -> Survey:
    match event:
        case RoundOpened():
            return replace(
                state,
                round_id=event.round_id,
                items=event.items,
                opened_on=event.opened_on,
                closes_on=event.closes_on,
            )
        case Rescheduled():
            return replace(state, closes_on=event.closes_on)
        case Invited():
            return replace(state, invited={**state.invited, event.invitation_id: event.agency})
        case LinkUsed():
            return replace(state, used=state.used | {event.invitation_id})
        case Answered():
            return state
        case Interviewed():
            return replace(state, done=state.done | {event.hearing_id})
        case _:
            assert_never(event)


def open_round(
    state: Survey,
    *,
    fiscal_year: int,
    when: When,
    items: Sequence[str],
    closes_on: date,
    today: date,
) -> list[SurveyEvent]:
    """年度の初めと終わりに一度ずつ. Opened once; opened again with another day, the day moves."""
    if state.closes_on == closes_on:
        return []
    if closes_on < today:
        raise Refused("survey-closes-before")
    if state.round_id is not None:
        round_id = _open(state, today)
        return [Rescheduled(round_id=round_id, closes_on=closes_on, rescheduled_on=today)]
    return [
        RoundOpened(
            round_id=round_of(fiscal_year, when),
            fiscal_year=fiscal_year,
            when=when,
            items=tuple(items),
            opened_on=today,
            closes_on=closes_on,
        )
    ]


def invite(state: Survey, *, agencies: Sequence[str], today: date) -> list[SurveyEvent]:
    """One link for each agency."""
    round_id = _open(state, today)
    new = [one for one in dict.fromkeys(agencies) if one not in state.invited.values()]
    return [
        Invited(
            round_id=round_id,
            invitation_id=uuid5(round_id, agency),
            agency=agency,
            invited_on=today,
        )
        for agency in new
    ]


def answer(
    state: Survey,
    *,
    invitation_id: UUID,
    grades: Mapping[str, Grade],
    note: str | None,
    today: date,
) -> list[SurveyEvent]:
    """With a link that was not used. A second click says nothing new."""
    if invitation_id in state.used:
        return []
    round_id = _open(state, today)
    if invitation_id not in state.invited:
        raise Refused("link-unknown")
    known = {item: grade for item, grade in grades.items() if item in state.items}
    if not known and not note:
        raise Refused("answer-empty")
    return [
        LinkUsed(round_id=round_id, invitation_id=invitation_id, used_on=today),
        Answered(round_id=round_id, grades=known, note=note),
    ]


def interview(
    state: Survey, *, hearing_id: UUID, agency: str, note: str, on: date, today: date
) -> list[SurveyEvent]:
    """ヒアリング: heard by staff and written down by them."""
    if hearing_id in state.done:
        return []
    if state.round_id is None:
        raise Refused("survey-unknown")
    day_between(on, today, since=state.opened_on, otherwise="hearing-before-round")
    return [
        Interviewed(
            round_id=state.round_id, hearing_id=hearing_id, agency=agency, heard_on=on, note=note
        )
    ]


def is_over(state: Survey, today: date) -> bool:
    """From the day after the closing date on nobody can answer any more."""
    return state.closes_on is not None and today > state.closes_on


def _open(state: Survey, today: date) -> UUID:
    if state.round_id is None:
        raise Refused("survey-unknown")
    if is_over(state, today):
        raise Refused("survey-closed")
    return state.round_id


survey: Decider[Survey, SurveyEvent] = Decider(
    "survey", Survey(), evolve, (RoundOpened, Rescheduled, Invited, LinkUsed, Answered, Interviewed)
)
