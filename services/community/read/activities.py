"""活動の記録: what took place, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.community.domain.activity import Corrected, Recorded
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 200
"""Rows of one list at the most."""


@dataclass(frozen=True)
class ActivityRow:
    """One activity as it stands."""

    activity_id: UUID
    programme: str
    kind: str
    resource_id: UUID | None
    place: str | None
    held_on: date
    participants: int
    newcomers: int
    invitations: int
    volunteers: int
    note: str | None
    corrected_on: date | None


async def newest(
    db: Connection, resource_id: UUID | None = None, limit: int = SHOWN
) -> list[ActivityRow]:
    """The last activities, of one place if it is named."""
    rows = await db.fetch(f"{_ALL} {_NEWEST}", resource_id, limit)
    return [ActivityRow(*row) for row in rows]


async def activity_row(db: Connection, activity_id: UUID) -> ActivityRow | None:
    """One activity, None if there is none."""
    row = await db.fetchrow(f"{_ALL} WHERE a.activity_id = $1", activity_id)
    return ActivityRow(*row) if row else None


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """The last sheet of each activity in the batch, written as one set."""
    last: dict[UUID, Recorded | Corrected] = {}
    for entry in batch:
        if isinstance(entry.event, Recorded | Corrected):
            last[entry.event.activity_id] = entry.event
    if last:
        yield Write(_WRITTEN, [_row(event) for event in last.values()])


def _row(event: Recorded | Corrected) -> dict[str, Any]:
    corrected_on = event.corrected_on if isinstance(event, Corrected) else None
    return {
        **event.sheet.model_dump(),
        "activity_id": event.activity_id,
        "corrected_on": corrected_on,
    }


_ALL = """
SELECT a.activity_id, a.programme, a.kind, a.resource_id, r.name, a.held_on, a.participants,
       a.newcomers, a.invitations, a.volunteers, a.note, a.corrected_on
FROM activities a LEFT JOIN resources r USING (resource_id)
"""
_NEWEST = """
WHERE $1::uuid IS NULL OR a.resource_id = $1
ORDER BY a.held_on DESC, a.activity_id DESC LIMIT $2
"""
_WRITTEN = """
INSERT INTO activities (activity_id, programme, kind, resource_id, held_on, participants, newcomers,
                        invitations, volunteers, note, corrected_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  activity_id uuid, programme text, kind text, resource_id uuid, held_on date, participants int,
  newcomers int, invitations int, volunteers int, note text, corrected_on date)
ON CONFLICT (activity_id) DO UPDATE
SET programme = EXCLUDED.programme, kind = EXCLUDED.kind, resource_id = EXCLUDED.resource_id,
    held_on = EXCLUDED.held_on, participants = EXCLUDED.participants,
    newcomers = EXCLUDED.newcomers, invitations = EXCLUDED.invitations,
    volunteers = EXCLUDED.volunteers, note = EXCLUDED.note, corrected_on = EXCLUDED.corrected_on
"""

activities = ReadModel("activities", ("activities",), project)
