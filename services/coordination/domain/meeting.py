"""会議: one stream per sitting, whatever the number of cases on its agenda (T-03, T-05, X-26).

重層的支援会議 (plan-meeting) needs the consent of each case; 支援会議 (support-meeting, 106条の6)
does not, and nothing said there is a plan (M-3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused

MeetingKind: TypeAlias = Literal["plan-meeting", "support-meeting"]


class Held(Event):
    meeting_id: UUID
    kind: MeetingKind
    held_on: date
    place: str
    members: tuple[str, ...]
    """Agencies that sat there: only they see the material of a 支援会議 (M-1)."""
    rules: str
    """The 会議設置要綱 in force (X-32)."""
    cases: tuple[UUID, ...]


class Discussed(Event):
    """One case on the agenda of a sitting: its material, sealed under that case's key."""

    meeting_id: UUID
    case_id: UUID
    kind: MeetingKind
    discussed_on: date
    report: Personal[str] = None
    outcome: Personal[str] = None


MeetingEvent: TypeAlias = Held | Discussed


@dataclass(frozen=True)
class Meeting:
    """Just big enough to decide."""

    kind: MeetingKind | None = None
    held_on: date | None = None
    cases: frozenset[UUID] = frozenset()
    members: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AgendaItem:
    """A case that is talked about, and whether its person consented."""

    case_id: UUID
    known: bool
    consented_on: date | None
    """Since when; None without consent."""
    report: str | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class Sitting:
    """Which meeting, where and with whom."""

    kind: MeetingKind
    place: str
    members: Sequence[str]
    rules: str


def evolve(state: Meeting, event: MeetingEvent) -> Meeting:
    match event:
        case Held():
            return Meeting(
                event.kind, event.held_on, frozenset(event.cases), frozenset(event.members)
            )
        case Discussed():
            return replace(state, cases=state.cases | {event.case_id})
        case _:
            assert_never(event)


def hold(
    state: Meeting,
    *,
    meeting_id: UUID,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    today: date,
) -> list[MeetingEvent]:
    """T-03, T-05: a sitting is recorded once, with every case on its agenda."""
    if state.kind is not None:
        return []
    _may_be_held(sitting.kind, on, today, agenda)
    held = Held(
        meeting_id=meeting_id,
        kind=sitting.kind,
        held_on=on,
        place=sitting.place,
        members=tuple(dict.fromkeys(sitting.members)),
        rules=sitting.rules,
        cases=tuple(item.case_id for item in agenda),
    )
    discussed = [
        Discussed(
            meeting_id=meeting_id,
            case_id=item.case_id,
            kind=sitting.kind,
            discussed_on=on,
            report=item.report,
            outcome=item.outcome,
        )
        for item in agenda
    ]
    return [held, *discussed]


def _may_be_held(kind: MeetingKind, on: date, today: date, agenda: Sequence[AgendaItem]) -> None:
    if not agenda:
        raise Refused("agenda-empty")
    if not all(item.known for item in agenda):
        raise Refused("case-unknown")
    if kind == "plan-meeting" and any(item.consented_on is None for item in agenda):
        raise Refused("consent-missing")
    if kind == "plan-meeting" and any(
        item.consented_on > on for item in agenda if item.consented_on
    ):
        raise Refused("meeting-before-consent")
    if on > today:
        raise Refused("day-in-future")


meeting: Decider[Meeting, MeetingEvent] = Decider("meeting", Meeting(), evolve, (Held, Discussed))
