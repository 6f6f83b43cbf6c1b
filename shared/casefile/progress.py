"""支援経過: what was done and heard between the steps, as staff write it down (T-11, 4.3); a stream
per case and team.

Each entry says whose word it is (N-10): what a third party told or an agency judged is kept apart
from what the person said, because not all of it may be shown to everybody who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Literal, TypeAlias
from uuid import UUID, uuid5

from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

Voice: TypeAlias = Literal["person", "third-party", "staff"]
"""本人, 第三者, 支援者の評価."""


class Noted(Event):
    case_id: UUID
    note_id: UUID
    noted_on: date
    began_at: time | None = None
    kind: str
    voice: Voice
    minutes: int | None = None
    agency: str | None = None
    """Which agency it was with, if it was one."""
    with_whom: Personal[str] = None
    """相手: the person, a member of the family, somebody of an agency."""
    content: Personal[str] = None
    next_on: date | None = None
    """A day that was agreed on."""


@dataclass(frozen=True)
class Progress:
    """Just big enough to decide."""

    done: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Note:
    """What is written down."""

    kind: str
    voice: Voice
    content: str
    minutes: int | None = None
    agency: str | None = None
    next_on: date | None = None
    began_at: time | None = None
    with_whom: str | None = None


def progress_of(case_id: UUID) -> UUID:
    """The stream of a case's 支援経過, whatever else bears the case id."""
    return uuid5(case_id, "progress")


def evolve(state: Progress, event: Noted) -> Progress:
    return Progress(state.done | {event.note_id})


def note(
    state: Progress, *, note_id: UUID, case_id: UUID, said: Note, on: date, today: date
) -> list[Noted]:
    """At any time, also while a case rests (T-10). A correction is another entry."""
    if note_id in state.done:
        return []
    day_between(on, today, since=None, otherwise="")
    if not said.content.strip():
        raise Refused("note-empty")
    if said.next_on is not None and said.next_on < on:
        raise Refused("next-before-note")
    return [
        Noted(
            case_id=case_id,
            note_id=note_id,
            noted_on=on,
            began_at=said.began_at,
            kind=said.kind,
            voice=said.voice,
            minutes=said.minutes,
            agency=said.agency,
            with_whom=said.with_whom,
            content=said.content,
            next_on=said.next_on,
        )
    ]


progress: Decider[Progress, Noted] = Decider("progress", Progress(), evolve, (Noted,))
