"""Which of 参加支援 and アウトリーチ supports a case, since when and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.domain.support import SupportBegan, SupportEnded
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class SupportRow:
    """The support of one request; without a last day it goes on."""

    by: str
    since: date
    until: date | None


async def supports_of(db: Connection, case_id: UUID) -> list[SupportRow]:
    """What goes on first, then the newest."""
    return [SupportRow(*row) for row in await db.fetch(_OF_CASE, case_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order: no end comes before its beginning, and of two ends the later told holds."""
    for entry in batch:
        match entry.event:
            case SupportBegan() as e:
                yield Write(_BEGAN, [e.model_dump()])
            case SupportEnded() as e:
                yield Write(_ENDED, [e.model_dump(include={"request_id", "until"})])


_OF_CASE = """
SELECT by_team, since_on, until_on FROM supports WHERE case_id = $1
ORDER BY until_on DESC NULLS FIRST, since_on DESC, request_id
"""
_BEGAN = """
INSERT INTO supports (request_id, case_id, by_team, since_on)
SELECT n.request_id, n.case_id, n.by, n.since
FROM json_to_recordset($1) AS n(request_id uuid, case_id uuid, by text, since date)
ON CONFLICT (request_id) DO NOTHING
"""
_ENDED = """
UPDATE supports s SET until_on = n.until
FROM json_to_recordset($1) AS n(request_id uuid, until date) WHERE s.request_id = n.request_id
"""

supports = ReadModel("supports", ("supports",), project)
