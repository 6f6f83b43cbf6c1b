"""招集した会議, 今後のアクション and 不足する社会資源 as lists (1.10, F-05, F-07, N-07)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.coordination.domain import meeting as e
from services.coordination.domain.minuted import Held, SecrecyAccepted
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class Calling:
    """A meeting that was called: to come, held or called off."""

    meeting_id: UUID
    kind: str
    planned_on: date
    place: str
    rules: str
    status: str
    invited: list[str]
    accepted: list[str]
    cases: list[UUID]
    """On its agenda now."""
    off: list[str]
    """Why cases left the agenda by themselves, one word each."""


@dataclass(frozen=True)
class TaskRow:
    """One 今後のアクション. What is to be done lies in the events."""

    task_id: UUID
    meeting_id: UUID
    case_id: UUID
    agency: str
    given_on: date
    due_on: date
    done_on: date | None
    kind: str
    """Of the meeting that gave it."""

    def days_late(self, today: date) -> int:
        """After the day it was promised for; 0 when it is done."""
        return 0 if self.done_on else max(0, (today - self.due_on).days)


@dataclass(frozen=True)
class MissedRow:
    missed_id: UUID
    meeting_id: UUID
    case_id: UUID
    resource: str
    catchment: str | None
    missed_on: date


async def calling_of(db: Connection, meeting_id: UUID) -> Calling | None:
    row = await db.fetchrow(_CALLINGS + "WHERE c.meeting_id = $1 " + _GROUPED, meeting_id)
    return Calling(*row) if row else None


async def callings_to_come(db: Connection, agency: str | None = None) -> list[Calling]:
    """The next ones first; of one agency those it is invited to."""
    sql = (
        _CALLINGS
        + "WHERE c.status = 'called' AND ($1::text IS NULL OR $1 = ANY(c.invited)) "
        + _GROUPED
        + "ORDER BY c.planned_on, c.meeting_id"
    )
    return [Calling(*row) for row in await db.fetch(sql, agency)]


async def callings_with(db: Connection, case_id: UUID) -> list[UUID]:
    """Meetings to come with this case on the agenda."""
    return [row[0] for row in await db.fetch(_WITH, case_id)]


async def tasks_of(db: Connection, case_id: UUID) -> list[TaskRow]:
    """Open ones first, by their day."""
    return [TaskRow(*row) for row in await db.fetch(_TASKS + _OF_CASE, case_id)]


async def tasks_from(db: Connection, meeting_id: UUID) -> list[TaskRow]:
    return [TaskRow(*row) for row in await db.fetch(_TASKS + _FROM_MEETING, meeting_id)]


async def open_tasks(db: Connection, agency: str | None = None) -> list[TaskRow]:
    """Not done; of one agency or of all."""
    return [TaskRow(*row) for row in await db.fetch(_TASKS + _OPEN, agency)]


async def missed_at(db: Connection, meeting_id: UUID) -> list[MissedRow]:
    return [MissedRow(*row) for row in await db.fetch(_MISSED_AT, meeting_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order."""
    for entry in batch:
        if type(entry.event) in _WRITTEN:
            sql, names = _WRITTEN[type(entry.event)]
            yield Write(sql, [entry.event.model_dump(include=set(names.split()))])


_CALLINGS = """
SELECT c.meeting_id, c.kind, c.planned_on, c.place, c.rules, c.status, c.invited, c.accepted,
       coalesce(array_agg(a.case_id ORDER BY a.case_id) FILTER (WHERE a.off IS NULL
                AND a.case_id IS NOT NULL), '{}'),
       coalesce(array_agg(a.off) FILTER (WHERE a.off IS NOT NULL), '{}')
FROM callings c LEFT JOIN called_cases a USING (meeting_id)
"""
_GROUPED = "GROUP BY c.meeting_id "
_WITH = """
SELECT meeting_id FROM called_cases JOIN callings USING (meeting_id)
WHERE case_id = $1 AND off IS NULL AND status = 'called' ORDER BY meeting_id
"""
_TASKS = """
SELECT t.task_id, t.meeting_id, t.case_id, t.agency, t.given_on, t.due_on, t.done_on, m.kind
FROM tasks t JOIN meetings m USING (meeting_id)
"""
_OF_CASE = "WHERE t.case_id = $1 ORDER BY t.done_on NULLS FIRST, t.due_on, t.task_id"
_FROM_MEETING = "WHERE t.meeting_id = $1 ORDER BY t.due_on, t.task_id"
_OPEN = """
WHERE t.done_on IS NULL AND ($1::text IS NULL OR t.agency = $1) ORDER BY t.due_on, t.task_id
"""
_MISSED_AT = """
SELECT missed_id, meeting_id, case_id, resource, catchment, missed_on
FROM missed_resources WHERE meeting_id = $1 ORDER BY missed_id
"""
_CALLED = """
INSERT INTO callings (meeting_id, kind, planned_on, place, rules)
SELECT n.* FROM json_to_recordset($1) AS n(
  meeting_id uuid, kind text, planned_on date, place text, rules text)
ON CONFLICT (meeting_id) DO NOTHING
"""
_INVITED = """
UPDATE callings c SET invited = array_append(array_remove(c.invited, n.agency), n.agency)
FROM json_to_recordset($1) AS n(meeting_id uuid, agency text) WHERE c.meeting_id = n.meeting_id
"""
_EXCUSED = """
UPDATE callings c SET invited = array_remove(c.invited, n.agency)
FROM json_to_recordset($1) AS n(meeting_id uuid, agency text) WHERE c.meeting_id = n.meeting_id
"""
_ACCEPTED = """
UPDATE callings c SET accepted = array_append(array_remove(c.accepted, n.agency), n.agency)
FROM json_to_recordset($1) AS n(meeting_id uuid, agency text) WHERE c.meeting_id = n.meeting_id
"""
_PLACED = """
INSERT INTO called_cases (meeting_id, case_id)
SELECT n.* FROM json_to_recordset($1) AS n(meeting_id uuid, case_id uuid)
ON CONFLICT (meeting_id, case_id) DO UPDATE SET off = NULL
"""
_TAKEN_OFF = """
UPDATE called_cases c SET off = n.why
FROM json_to_recordset($1) AS n(meeting_id uuid, case_id uuid, why text)
WHERE c.meeting_id = n.meeting_id AND c.case_id = n.case_id
"""
_CALLED_OFF = """
UPDATE callings c SET status = 'off'
FROM json_to_recordset($1) AS n(meeting_id uuid) WHERE c.meeting_id = n.meeting_id
"""
_HELD = """
UPDATE callings c SET status = 'held'
FROM json_to_recordset($1) AS n(meeting_id uuid) WHERE c.meeting_id = n.meeting_id
"""
_GIVEN = """
INSERT INTO tasks (task_id, meeting_id, case_id, agency, given_on, due_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  task_id uuid, meeting_id uuid, case_id uuid, agency text, given_on date, due_on date)
ON CONFLICT (task_id) DO NOTHING
"""
_DONE = """
UPDATE tasks t SET done_on = n.done_on
FROM json_to_recordset($1) AS n(task_id uuid, done_on date) WHERE t.task_id = n.task_id
"""
_MISSED = """
INSERT INTO missed_resources (missed_id, meeting_id, case_id, resource, catchment, missed_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  missed_id uuid, meeting_id uuid, case_id uuid, resource text, catchment text, missed_on date)
ON CONFLICT (missed_id) DO NOTHING
"""
_WRITTEN: dict[type[Any], tuple[str, str]] = {
    e.Called: (_CALLED, "meeting_id kind planned_on place rules"),
    e.Invited: (_INVITED, "meeting_id agency"),
    e.Excused: (_EXCUSED, "meeting_id agency"),
    SecrecyAccepted: (_ACCEPTED, "meeting_id agency"),
    e.Placed: (_PLACED, "meeting_id case_id"),
    e.TakenOff: (_TAKEN_OFF, "meeting_id case_id why"),
    e.CalledOff: (_CALLED_OFF, "meeting_id"),
    Held: (_HELD, "meeting_id"),
    e.TaskGiven: (_GIVEN, "task_id meeting_id case_id agency given_on due_on"),
    e.TaskDone: (_DONE, "task_id done_on"),
    e.ResourceMissed: (_MISSED, "missed_id meeting_id case_id resource catchment missed_on"),
}
"""Each event with its statement and what of it is written."""

callings = ReadModel("callings", ("callings", "called_cases", "tasks", "missed_resources"), project)
