"""支援経過 with a day that was agreed on: the newest entry of a case says what is next (F-07).

A day stays until it has come and something was written on it or later, or another was agreed on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.progress import Noted
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class Promise:
    """What was agreed on last."""

    case_id: UUID
    noted_on: date
    next_on: date


async def promises(db: Connection) -> list[Promise]:
    """Of open cases."""
    return [Promise(*row) for row in await db.fetch(_OPEN)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:
        match entry.event:
            case Noted() as e:
                told = e.model_dump(include={"case_id", "noted_on", "next_on"})
                yield Write(_NOTED, [told])


_OPEN = """
SELECT n.case_id, n.noted_on, n.next_on FROM last_notes n
JOIN cases c USING (case_id) WHERE n.next_on IS NOT NULL AND c.phase = 'open'
"""
_NOTED = """
INSERT INTO last_notes (case_id, noted_on, next_on)
SELECT n.* FROM json_to_recordset($1) AS n(case_id uuid, noted_on date, next_on date)
ON CONFLICT (case_id) DO UPDATE SET noted_on = excluded.noted_on,
  next_on = coalesce(excluded.next_on,
    CASE WHEN last_notes.next_on > excluded.noted_on THEN last_notes.next_on END)
WHERE excluded.noted_on >= last_notes.noted_on
"""

notes = ReadModel("notes", ("last_notes",), project)
