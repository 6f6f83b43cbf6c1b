"""会議: one stream per sitting, whatever the number of cases on its agenda (T-03, T-05, X-26).

重層的支援会議 (plan-meeting) needs the consent of each case; 支援会議 (support-meeting, 106条の6)
does not, and nothing said there is a plan (M-3). Here is what can happen and what follows from it;
the verbs lie in `calling` (before) and `minutes` (at the sitting and after).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.minuted import (
    Attendee,
    Discussed,
    Held,
    MeetingKind,
    MinutesCorrected,
    SecrecyAccepted,
    TalkCorrected,
    oath,
)
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event

TakenOffWhy: TypeAlias = Literal["consent-withdrawn", "consent-given", "not-covered", "other"]


class Called(Event):
    """招集: who is to come and what is on the agenda follows, until it is held or called off."""

    meeting_id: UUID
    kind: MeetingKind
    planned_on: date
    place: str
    rules: str
    """The 会議設置要綱 in force (X-32)."""
    called_on: date


class Invited(Event):
    """A member confirmed for this sitting (M-1)."""

    meeting_id: UUID
    agency: str
    invited_on: date


class Excused(Event):
    """Not a member of this sitting after all."""

    meeting_id: UUID
    agency: str
    excused_on: date


class Placed(Event):
    """A case is put on the agenda."""

    meeting_id: UUID
    case_id: UUID
    placed_on: date


class TakenOff(Event):
    """A case leaves the agenda, by itself where consent came or went (M-2)."""

    meeting_id: UUID
    case_id: UUID
    why: TakenOffWhy
    taken_off_on: date


class CalledOff(Event):
    """取りやめ."""

    meeting_id: UUID
    called_off_on: date


class TaskGiven(Event):
    """A decision with somebody who does it and a day."""

    meeting_id: UUID
    case_id: UUID
    task_id: UUID
    agency: str
    given_on: date
    due_on: date
    what: Personal[str] = None


class TaskDone(Event):
    meeting_id: UUID
    case_id: UUID
    task_id: UUID
    done_on: date
    note: Personal[str] = None


class ResourceMissed(Event):
    """不足する社会資源: what would have helped and is not there (N-07)."""

    meeting_id: UUID
    case_id: UUID
    missed_id: UUID
    resource: str
    """A kind of the city's list."""
    catchment: str | None = None
    missed_on: date
    note: Personal[str] = None


class MaterialOpened(Event):
    """M-2: with consent, what a 支援会議 said of a case goes over to the 重層的支援会議."""

    meeting_id: UUID
    case_id: UUID
    consent_id: UUID
    opened_on: date


MeetingEvent: TypeAlias = (
    Called
    | Invited
    | Excused
    | SecrecyAccepted
    | Placed
    | TakenOff
    | CalledOff
    | Held
    | MinutesCorrected
    | Discussed
    | TalkCorrected
    | TaskGiven
    | TaskDone
    | ResourceMissed
    | MaterialOpened
)


@dataclass(frozen=True)
class Head:
    """会議録 without what was said of each case."""

    place: str
    members: tuple[str, ...]
    begins_at: str = ""
    ends_at: str = ""
    attendees: tuple[Attendee, ...] = ()
    following: str = ""
    """次回."""


@dataclass(frozen=True)
class Meeting:
    """Just big enough to decide, and to say whether the same minutes come twice."""

    kind: MeetingKind | None = None
    planned_on: date | None = None
    called_off: bool = False
    invited: frozenset[str] = frozenset()
    accepted: frozenset[str] = frozenset()
    """Agencies of which somebody accepted secrecy."""
    oaths: frozenset[str] = frozenset()
    """Who of them did, each as `oath` says."""
    agenda: frozenset[UUID] = frozenset()
    """Cases that are to be talked about."""
    held_on: date | None = None
    cases: frozenset[UUID] = frozenset()
    """Cases that were talked about."""
    members: frozenset[str] = frozenset()
    """Agencies that sat there."""
    tasks: Mapping[UUID, UUID] = field(default_factory=dict)
    """Task → the case it belongs to."""
    decided: Mapping[UUID, TaskGiven | ResourceMissed] = field(default_factory=dict)
    done: frozenset[UUID] = frozenset()
    head: Head | None = None
    edition: int = 0
    """Of the minutes: 1 when they were written, one more with each correction."""
    talks: Mapping[UUID, Discussed] = field(default_factory=dict)
    """Case → what was said of it, as it stands now."""
    opened: frozenset[UUID] = frozenset()
    """Cases whose material went over with consent."""


def evolve(state: Meeting, event: MeetingEvent) -> Meeting:
    match event:
        case Called():
            return replace(state, kind=event.kind, planned_on=event.planned_on)
        case Invited() | Excused() | SecrecyAccepted():
            return _members(state, event)
        case Placed():
            return replace(state, agenda=state.agenda | {event.case_id})
        case TakenOff():
            return replace(state, agenda=state.agenda - {event.case_id})
        case CalledOff():
            return replace(state, called_off=True)
        case Held() | MinutesCorrected():
            return _written(state, event)
        case _:
            return _sitting(state, event)


def _written(state: Meeting, event: Held | MinutesCorrected) -> Meeting:
    head = Head(
        event.place,
        event.members,
        event.begins_at,
        event.ends_at,
        event.attendees or (),
        event.following or "",
    )
    state = replace(state, head=head, members=frozenset(event.members))
    if isinstance(event, MinutesCorrected):
        return replace(state, edition=event.edition)
    return replace(
        state,
        kind=event.kind,
        held_on=event.held_on,
        cases=frozenset(event.cases),
        edition=1,
    )


def _members(state: Meeting, event: Invited | Excused | SecrecyAccepted) -> Meeting:
    match event:
        case Invited():
            return replace(state, invited=state.invited | {event.agency})
        case Excused():
            return replace(state, invited=state.invited - {event.agency})
        case SecrecyAccepted():
            who = oath(event.agency, staff_id=event.staff_id, name=event.name)
            oaths = state.oaths | {who} if who else state.oaths
            return replace(state, accepted=state.accepted | {event.agency}, oaths=oaths)


def _sitting(
    state: Meeting, event: Discussed | TaskGiven | TaskDone | ResourceMissed | MaterialOpened
) -> Meeting:
    match event:
        case Discussed():
            talks = {**state.talks, event.case_id: event}
            return replace(state, cases=state.cases | {event.case_id}, talks=talks)
        case TaskGiven():
            tasks = {**state.tasks, event.task_id: event.case_id}
            return replace(state, tasks=tasks, decided={**state.decided, event.task_id: event})
        case TaskDone():
            return replace(state, done=state.done | {event.task_id})
        case ResourceMissed():
            return replace(state, decided={**state.decided, event.missed_id: event})
        case MaterialOpened():
            return replace(state, opened=state.opened | {event.case_id})
        case _:
            assert_never(event)


meeting: Decider[Meeting, MeetingEvent] = Decider(
    "meeting",
    Meeting(),
    evolve,
    (
        Called,
        Invited,
        Excused,
        SecrecyAccepted,
        Placed,
        TakenOff,
        CalledOff,
        Held,
        MinutesCorrected,
        Discussed,
        TalkCorrected,
        TaskGiven,
        TaskDone,
        ResourceMissed,
        MaterialOpened,
    ),
)
