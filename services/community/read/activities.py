"""活動の記録: what took place, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.community.domain.activity import Corrected, Recorded, Sheet
from shared.sourcing import log
from shared.sourcing.log import Connection, ReadModel

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


async def project(db: Connection, batch: Sequence[log.Recorded[Any]]) -> None:
    """The last sheet of each activity in the batch, written as one set."""
    last: dict[UUID, Recorded | Corrected] = {}
    for record in batch:
        if isinstance(record.event, Recorded | Corrected):
            last[record.event.activity_id] = record.event
    if last:
        sheets = [event.sheet for event in last.values()]
        corrected = [e.corrected_on if isinstance(e, Corrected) else None for e in last.values()]
        await db.execute(_WRITTEN, list(last), *_columns(sheets), corrected)


def _columns(sheets: Sequence[Sheet]) -> tuple[list[Any], ...]:
    names = (
        "programme",
        "kind",
        "resource_id",
        "held_on",
        "participants",
        "newcomers",
        "invitations",
        "volunteers",
        "note",
    )
    return tuple([getattr(sheet, name) for sheet in sheets] for name in names)


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
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::date[], $6::int[],
                     $7::int[], $8::int[], $9::int[], $10::text[], $11::date[])
ON CONFLICT (activity_id) DO UPDATE
SET programme = EXCLUDED.programme, kind = EXCLUDED.kind, resource_id = EXCLUDED.resource_id,
    held_on = EXCLUDED.held_on, participants = EXCLUDED.participants,
    newcomers = EXCLUDED.newcomers, invitations = EXCLUDED.invitations,
    volunteers = EXCLUDED.volunteers, note = EXCLUDED.note, corrected_on = EXCLUDED.corrected_on
"""

activities = ReadModel("activities", ("activities",), project)
