"""What follows from a sitting: who does what by when, what is missing, material that goes over.

今後のアクション and 不足する社会資源 (4.7, N-07), and M-2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from services.coordination.domain.case import Case, Consent
from services.coordination.domain.meeting import (
    MaterialOpened,
    Meeting,
    MeetingEvent,
    ResourceMissed,
    TaskDone,
    TaskGiven,
)
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


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
    if missed_id in state.decided:
        return []
    _talked_about(state, lack.case_id)
    return [
        ResourceMissed(
            meeting_id=meeting_id,
            case_id=lack.case_id,
            missed_id=missed_id,
            resource=lack.resource,
            catchment=lack.catchment,
            missed_on=held_on(state),
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
    held_on(state)
    if case_id not in state.cases:
        raise Refused("meeting-without-case")


def held_on(state: Meeting) -> date:
    if state.held_on is None:
        raise Refused("meeting-not-held")
    return state.held_on
