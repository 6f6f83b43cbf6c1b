"""依頼の一覧: what 参加支援 and アウトリーチ等 were asked for, and how far they are (T-20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.events import (
    GroundLost,
    GroundRenewed,
    SupportReported,
    SupportRequested,
)
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class RequestRow:
    """One request with the last thing its team told."""

    request_id: UUID
    team: str
    basis: str
    requested_on: date
    status: str
    last_step: str | None
    last_on: date | None
    outcome: str | None
    lost_on: date | None
    """The consent it rests on is gone since, and nobody has decided."""
    lost_why: str | None


async def cases_whose_consent_ended(db: Connection, today: date) -> list[UUID]:
    """Cases with a request that runs on a consent whose last day has passed."""
    return [row["case_id"] for row in await db.fetch(_ENDED, today)]


async def requests_of(db: Connection, case_id: UUID) -> list[RequestRow]:
    """Newest first."""
    return [RequestRow(*row) for row in await db.fetch(_OF_CASE, case_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """A report never brings an ended request back, in whatever order it comes."""
    for entry in batch:
        match entry.event:
            case SupportRequested() as e:
                yield Write(_ASKED, [e.model_dump(include=_SHOWN)])
            case GroundLost() as e:
                yield Write(_LOST, [{"id": e.request_id, "day": e.lost_on, "why": e.why}])
            case GroundRenewed() as e:
                yield Write(_RENEWED, [{"id": e.request_id, "basis": e.basis}])
            case SupportReported() as e:
                outcome = e.code if e.step == "ended" else None
                told = {"id": e.request_id, "step": e.step, "day": e.happened_on}
                yield Write(_TOLD, [{**told, "outcome": outcome}])


_SHOWN = {"request_id", "case_id", "team", "basis", "requested_on"}
_OF_CASE = """
SELECT request_id, team, basis, requested_on, status, last_step, last_on, outcome,
       lost_on, lost_why
FROM requests WHERE case_id = $1 ORDER BY requested_on DESC, request_id DESC
"""
_ASKED = """
INSERT INTO requests (request_id, case_id, team, basis, requested_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  request_id uuid, case_id uuid, team text, basis text, requested_on date)
ON CONFLICT (request_id) DO NOTHING
"""
_LOST = """
UPDATE requests r SET lost_on = n.day, lost_why = n.why
FROM json_to_recordset($1) AS n(id uuid, day date, why text)
WHERE r.request_id = n.id AND r.status <> 'ended'
"""
_RENEWED = """
UPDATE requests r SET lost_on = NULL, lost_why = NULL, basis = n.basis
FROM json_to_recordset($1) AS n(id uuid, basis text) WHERE r.request_id = n.id
"""
_ENDED = """
SELECT DISTINCT r.case_id FROM requests r JOIN cases c USING (case_id)
WHERE r.basis = 'consent' AND r.status <> 'ended' AND r.lost_on IS NULL
  AND c.consent = 'given' AND c.consent_until < $1
"""
_TOLD = """
UPDATE requests r SET
  lost_on = CASE WHEN n.step <> 'ended' THEN r.lost_on END,
  lost_why = CASE WHEN n.step <> 'ended' THEN r.lost_why END, last_step = n.step, last_on = n.day,
  outcome = coalesce(n.outcome, r.outcome),
  status = CASE WHEN n.step = 'ended' OR r.status = 'ended' THEN 'ended' ELSE 'running' END
FROM json_to_recordset($1) AS n(id uuid, step text, day date, outcome text)
WHERE r.request_id = n.id
"""

requests = ReadModel("requests", ("requests",), project)
