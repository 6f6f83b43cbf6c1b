"""照会の一覧: which agency was asked, by when, and whether it answered (T-04, T-07)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.inquiry import Answered, Asked, Dropped, Reminded
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 200
"""Rows of one list at the most."""


@dataclass(frozen=True)
class InquiryRow:
    """One question to one agency. It names no person."""

    inquiry_id: UUID
    case_id: UUID
    kind: str
    agency: str
    basis: str
    meeting_id: UUID | None
    stage: str
    asked_on: date
    answer_by: date
    reminded_on: date | None
    answered_on: date | None

    def is_late(self, today: date) -> bool:
        """Nobody answered in time."""
        return self.stage == "asked" and self.answer_by < today


async def inquiry_row(db: Connection, inquiry_id: UUID) -> InquiryRow | None:
    row = await db.fetchrow(_ALL + "WHERE inquiry_id = $1", inquiry_id)
    return InquiryRow(*row) if row else None


async def inquiries_of(db: Connection, case_id: UUID) -> list[InquiryRow]:
    """Newest first."""
    sql = _ALL + "WHERE case_id = $1 ORDER BY asked_on DESC, inquiry_id DESC"
    return [InquiryRow(*row) for row in await db.fetch(sql, case_id)]


async def inquiries_to(db: Connection, agency: str | None) -> list[InquiryRow]:
    """Of one agency, of all for None: unanswered first, the oldest day first."""
    return [InquiryRow(*row) for row in await db.fetch(_TO, agency, SHOWN)]


async def inquiries_until(db: Connection, agency: str | None, until: date) -> list[InquiryRow]:
    """Every one that is unanswered and wanted by that day, of one agency or of all for None."""
    return [InquiryRow(*row) for row in await db.fetch(_UNTIL, agency, until)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order: asked and answered in one batch ends up answered."""
    for entry in batch:
        match entry.event:
            case Asked() as e:
                yield Write(_ASKED, [e.model_dump(include=_SHOWN)])
            case Reminded() as e:
                yield Write(_REMINDED, [{"id": e.inquiry_id, "day": e.reminded_on}])
            case Answered() as e:
                day = e.answered_on
                yield Write(_STAGE, [{"id": e.inquiry_id, "stage": "answered", "day": day}])
            case Dropped() as e:
                yield Write(_STAGE, [{"id": e.inquiry_id, "stage": "dropped", "day": None}])


_SHOWN = {
    *("inquiry_id", "case_id", "kind", "agency", "basis", "meeting_id", "asked_on"),
    "answer_by",
}
_ALL = """
SELECT inquiry_id, case_id, kind, agency, basis, meeting_id, stage, asked_on, answer_by,
       reminded_on, answered_on
FROM inquiries
"""
_TO = (
    _ALL
    + """
WHERE $1::text IS NULL OR agency = $1
ORDER BY stage <> 'asked', CASE WHEN stage = 'asked' THEN answer_by END,
         answered_on DESC NULLS LAST, inquiry_id LIMIT $2
"""
)
_UNTIL = (
    _ALL
    + """
WHERE stage = 'asked' AND answer_by <= $2 AND ($1::text IS NULL OR agency = $1)
ORDER BY answer_by, inquiry_id
"""
)
_ASKED = """
INSERT INTO inquiries (inquiry_id, case_id, kind, agency, basis, meeting_id, stage, asked_on,
                       answer_by)
SELECT n.inquiry_id, n.case_id, n.kind, n.agency, n.basis, n.meeting_id, 'asked', n.asked_on,
       n.answer_by
FROM json_to_recordset($1) AS n(
  inquiry_id uuid, case_id uuid, kind text, agency text, basis text, meeting_id uuid,
  asked_on date, answer_by date)
ON CONFLICT (inquiry_id) DO NOTHING
"""
_REMINDED = """
UPDATE inquiries SET reminded_on = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE inquiry_id = n.id
"""
_STAGE = """
UPDATE inquiries SET stage = n.stage, answered_on = n.day
FROM json_to_recordset($1) AS n(id uuid, stage text, day date) WHERE inquiry_id = n.id
"""

inquiries = ReadModel("inquiries", ("inquiries",), project)
