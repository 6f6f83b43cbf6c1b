"""会議の一覧: one row per sitting, and which cases were on its agenda (X-26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.coordination.domain.meeting import Discussed, Held
from shared.sourcing.log import Connection, ReadModel, Recorded


@dataclass(frozen=True)
class MeetingRow:
    """One sitting. Its material lies in the events and is shown to its members only."""

    meeting_id: UUID
    kind: str
    held_on: date
    place: str
    members: list[str]
    rules: str
    cases: int


async def meetings_of(db: Connection, case_id: UUID) -> list[MeetingRow]:
    """Newest first."""
    return [MeetingRow(*row) for row in await db.fetch(_OF_CASE, case_id)]


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """A sitting comes before what was discussed in it."""
    for record in batch:
        event = record.event
        if isinstance(event, Held):
            await db.execute(
                _HELD,
                event.meeting_id,
                event.kind,
                event.held_on,
                event.place,
                list(event.members),
                event.rules,
            )
        elif isinstance(event, Discussed):
            await db.execute(_DISCUSSED, event.meeting_id, event.case_id)


_OF_CASE = """
SELECT m.meeting_id, m.kind, m.held_on, m.place, m.members, m.rules,
       (SELECT count(*)::int FROM agenda o WHERE o.meeting_id = m.meeting_id)
FROM agenda a JOIN meetings m USING (meeting_id)
WHERE a.case_id = $1 ORDER BY m.held_on DESC, m.meeting_id DESC
"""
_HELD = """
INSERT INTO meetings (meeting_id, kind, held_on, place, members, rules)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (meeting_id) DO NOTHING
"""
_DISCUSSED = "INSERT INTO agenda (meeting_id, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"

meetings = ReadModel("meetings", ("meetings", "agenda"), project)
