"""依頼の一覧: what 参加支援 and アウトリーチ等 were asked for, and how far they are (T-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.coordination.domain.events import SupportReported, SupportRequested
from shared.sourcing.log import Connection, ReadModel, Recorded


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


async def requests_of(db: Connection, case_id: UUID) -> list[RequestRow]:
    """Newest first."""
    return [RequestRow(*row) for row in await db.fetch(_OF_CASE, case_id)]


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """A report never brings an ended request back, in whatever order it comes."""
    for record in batch:
        event = record.event
        if isinstance(event, SupportRequested):
            await db.execute(
                _ASKED,
                event.request_id,
                event.case_id,
                event.team,
                event.basis,
                event.requested_on,
            )
        elif isinstance(event, SupportReported):
            outcome = event.code if event.step == "ended" else None
            await db.execute(_TOLD, event.request_id, event.step, event.happened_on, outcome)


_OF_CASE = """
SELECT request_id, team, basis, requested_on, status, last_step, last_on, outcome
FROM requests WHERE case_id = $1 ORDER BY requested_on DESC, request_id DESC
"""
_ASKED = """
INSERT INTO requests (request_id, case_id, team, basis, requested_on)
VALUES ($1, $2, $3, $4, $5) ON CONFLICT (request_id) DO NOTHING
"""
_TOLD = """
UPDATE requests SET last_step = $2, last_on = $3, outcome = coalesce($4, outcome),
  status = CASE WHEN $2 = 'ended' OR status = 'ended' THEN 'ended' ELSE 'running' END
WHERE request_id = $1
"""

requests = ReadModel("requests", ("requests",), project)
