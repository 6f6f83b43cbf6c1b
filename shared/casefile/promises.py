"""支援経過 with a day that was agreed on: the newest entry of a case says what is next (F-07).

A day stays until it has come and something was written on it or later, or another was agreed on. A
service that keeps it copies the table from coordination's `005_progress.sql` into a migration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.casefile.progress import Noted
from shared.sourcing.log import Entry, ReadModel, Write


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:
        match entry.event:
            case Noted() as e:
                told = e.model_dump(include={"case_id", "noted_on", "next_on"})
                yield Write(_NOTED, [told])


_NOTED = """
INSERT INTO last_notes (case_id, noted_on, next_on)
SELECT n.* FROM json_to_recordset($1) AS n(case_id uuid, noted_on date, next_on date)
ON CONFLICT (case_id) DO UPDATE SET noted_on = excluded.noted_on,
  next_on = coalesce(excluded.next_on,
    CASE WHEN last_notes.next_on > excluded.noted_on THEN last_notes.next_on END)
WHERE excluded.noted_on >= last_notes.noted_on
"""

notes = ReadModel("notes", ("last_notes",), project)
