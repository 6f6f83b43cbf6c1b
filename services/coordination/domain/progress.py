"""支援経過: what was done and heard between the steps, as staff write it down (T-11, 4.3).

Each entry says whose word it is (N-10): what a third party told or an agency judged is kept apart
from what the person said, because not all of it may be shown to everybody who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.case import Case, known
from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused

Voice: TypeAlias = Literal["person", "third-party", "staff"]
"""本人, 第三者, 支援者の評価."""


class Noted(Event):
    case_id: UUID
    note_id: UUID
    noted_on: date
    kind: str
    voice: Voice
    minutes: int | None = None
    agency: str | None = None
    """Which agency it was with, if it was one."""
    content: Personal[str] = None
    next_on: date | None = None
    """A day that was agreed on."""


ProgressEvent: TypeAlias = Noted


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


def evolve(state: Progress, event: ProgressEvent) -> Progress:
    match event:
        case Noted():
            return Progress(state.done | {event.note_id})
        case _:
            assert_never(event)


def note(
    state: Progress, *, note_id: UUID, case: Case, said: Note, on: date, today: date
) -> list[ProgressEvent]:
    """At any time of a case that was ever ours, also while it rests (T-10)."""
    if note_id in state.done:
        return []
    case_id = known(case)
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
            kind=said.kind,
            voice=said.voice,
            minutes=said.minutes,
            agency=said.agency,
            content=said.content,
            next_on=said.next_on,
        )
    ]


progress: Decider[Progress, ProgressEvent] = Decider("progress", Progress(), evolve, (Noted,))
