"""会議録: what was said and decided at a sitting, and what became of it (4.7, T-03, T-05, N-07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from services.coordination.domain.case import Case, Consent
from services.coordination.domain.consented import EVERYTHING, Scope
from services.coordination.domain.meeting import (
    Discussed,
    Held,
    MaterialOpened,
    Meeting,
    MeetingEvent,
    MeetingKind,
    ResourceMissed,
    SecrecyAccepted,
    TaskDone,
    TaskGiven,
    meeting,
)
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class AgendaItem:
    """A case that is talked about, and whether its person consented."""

    case_id: UUID
    known: bool
    consented_on: date | None
    """Since when; None without consent."""
    report: str | None = None
    outcome: str | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True)
class Sitting:
    """Which meeting, where and with whom."""

    kind: MeetingKind
    place: str
    members: Sequence[str]
    rules: str
    secrecy: bool = False
    """Everybody present was told of the duty of secrecy (M-1)."""


@dataclass(frozen=True)
class Task:
    """Who does what by when."""

    case_id: UUID
    agency: str
    what: str
    due_on: date


@dataclass(frozen=True)
class Lack:
    """A resource that is missing, as a kind of the city's list, and where."""

    case_id: UUID
    resource: str
    catchment: str | None
    note: str


NOTHING: Mapping[UUID, Task | Lack] = MappingProxyType({})


def hold(
    state: Meeting,
    *,
    meeting_id: UUID,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    today: date,
    decided: Mapping[UUID, Task | Lack] = NOTHING,
) -> list[MeetingEvent]:
    """T-03, T-05: a sitting is recorded once, with every case on its agenda and what was decided,
    by an id each.
    """
    if state.held_on is not None:
        return []
    members = tuple(dict.fromkeys(sitting.members))
    _as_called(state, sitting.kind, members, agenda)
    _may_be_held(sitting.kind, on, today, agenda, members)
    events: list[MeetingEvent] = [
        *_secrecy(state, meeting_id, sitting, members, on),
        Held(
            meeting_id=meeting_id,
            kind=sitting.kind,
            held_on=on,
            place=sitting.place,
            members=members,
            rules=sitting.rules,
            cases=tuple(item.case_id for item in agenda),
        ),
        *(_discussed(meeting_id, sitting.kind, item, on) for item in agenda),
    ]
    sat = meeting.fold(events)
    for one, what in decided.items():
        if isinstance(what, Task):
            events += give_task(
                sat, meeting_id=meeting_id, task_id=one, task=what, on=on, today=today
            )
        else:
            events += miss_resource(sat, meeting_id=meeting_id, missed_id=one, lack=what)
    return events


def _discussed(meeting_id: UUID, kind: MeetingKind, item: AgendaItem, on: date) -> Discussed:
    return Discussed(
        meeting_id=meeting_id,
        case_id=item.case_id,
        kind=kind,
        discussed_on=on,
        report=item.report,
        outcome=item.outcome,
    )


def _as_called(
    state: Meeting, kind: MeetingKind, members: Sequence[str], agenda: Sequence[AgendaItem]
) -> None:
    """What was called is what is held: its kind, members confirmed before, cases of its agenda."""
    if state.kind is None:
        return
    if state.called_off:
        raise Refused("meeting-called-off")
    if kind != state.kind:
        raise Refused("meeting-kind-differs")
    if not state.invited.issuperset(members):
        raise Refused("not-invited")
    if not state.agenda.issuperset(item.case_id for item in agenda):
        raise Refused("not-on-agenda")


def _may_be_held(
    kind: MeetingKind,
    on: date,
    today: date,
    agenda: Sequence[AgendaItem],
    members: Sequence[str],
) -> None:
    if not agenda:
        raise Refused("agenda-empty")
    if not all(item.known for item in agenda):
        raise Refused("case-unknown")
    if kind == "plan-meeting":
        for item in agenda:
            _consented(item, on, members)
    if on > today:
        raise Refused("day-in-future")


def _consented(item: AgendaItem, on: date, members: Sequence[str]) -> None:
    if item.consented_on is None:
        raise Refused("consent-missing")
    if item.consented_on > on:
        raise Refused("meeting-before-consent")
    item.scope.check("plan", on, members)


def _secrecy(
    state: Meeting, meeting_id: UUID, sitting: Sitting, members: Sequence[str], on: date
) -> list[MeetingEvent]:
    """M-1: nobody sits in a 支援会議 who was not told, there at the latest."""
    if sitting.kind != "support-meeting":
        return []
    open_ = [one for one in members if one not in state.accepted]
    if open_ and not sitting.secrecy:
        raise Refused("secrecy-missing")
    return [SecrecyAccepted(meeting_id=meeting_id, agency=one, accepted_on=on) for one in open_]


def give_task(
    state: Meeting, *, meeting_id: UUID, task_id: UUID, task: Task, on: date, today: date
) -> list[MeetingEvent]:
    """Decided there, with somebody and a day."""
    if task_id in state.tasks:
        return []
    _talked_about(state, task.case_id)
    day_between(on, today, since=state.held_on, otherwise="before-meeting")
    if task.agency not in state.members:
        raise Refused("task-not-member")
    if not task.what.strip():
        raise Refused("task-missing")
    if task.due_on < on:
        raise Refused("task-due-before")
    return [
        TaskGiven(
            meeting_id=meeting_id,
            case_id=task.case_id,
            task_id=task_id,
            agency=task.agency,
            given_on=on,
            due_on=task.due_on,
            what=task.what,
        )
    ]


def finish_task(
    state: Meeting, *, meeting_id: UUID, task_id: UUID, note: str | None, on: date, today: date
) -> list[MeetingEvent]:
    """Said once; a second click says nothing new."""
    if task_id not in state.tasks:
        raise Refused("task-unknown")
    if task_id in state.done:
        return []
    day_between(on, today, since=state.held_on, otherwise="before-meeting")
    return [
        TaskDone(
            meeting_id=meeting_id,
            case_id=state.tasks[task_id],
            task_id=task_id,
            done_on=on,
            note=note,
        )
    ]


def miss_resource(
    state: Meeting, *, meeting_id: UUID, missed_id: UUID, lack: Lack
) -> list[MeetingEvent]:
    """N-07: 資源の充足・開発 is a subject of the 重層的支援会議; a 支援会議 may notice it too."""
    if missed_id in state.missed:
        return []
    _talked_about(state, lack.case_id)
    return [
        ResourceMissed(
            meeting_id=meeting_id,
            case_id=lack.case_id,
            missed_id=missed_id,
            resource=lack.resource,
            catchment=lack.catchment,
            missed_on=_held_on(state),
            note=lack.note or None,
        )
    ]


def open_material(
    state: Meeting, *, meeting_id: UUID, case_id: UUID, case: Case, today: date
) -> list[MeetingEvent]:
    """M-2: with consent. What was sealed for the members goes with the case from now on."""
    if case_id in state.opened or state.kind != "support-meeting" or case_id not in state.cases:
        return []
    if case.consent is not Consent.GIVEN or case.consent_id is None:
        raise Refused("consent-missing")
    return [
        MaterialOpened(
            meeting_id=meeting_id, case_id=case_id, consent_id=case.consent_id, opened_on=today
        )
    ]


def _talked_about(state: Meeting, case_id: UUID) -> None:
    _held_on(state)
    if case_id not in state.cases:
        raise Refused("meeting-without-case")


def _held_on(state: Meeting) -> date:
    if state.held_on is None:
        raise Refused("meeting-not-held")
    return state.held_on
