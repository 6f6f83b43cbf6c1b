"""依頼の一覧: every request with its last visit, for the list and the head of a request's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.outreach.domain.request import Concluded, Linked, Requested, Started, Visited
from shared.sourcing.log import Connection, ReadModel, Recorded

StatusName: TypeAlias = Literal["waiting", "running", "concluded"]
SHOWN = 500
"""Rows of one list at the most."""


@dataclass(frozen=True)
class RequestRow:
    """One request as it stands. No name and kana before the hand-over came, nor after erasure."""

    request_id: UUID
    case_id: UUID
    handover_id: UUID
    nurse_district: str | None
    basis: str
    requested_on: date
    status: StatusName
    started_on: date | None
    concluded_on: date | None
    outcome: str | None
    links: int
    visits: int
    last_visit_on: date | None
    last_method: str | None
    last_met: bool | None
    next_on: date | None
    handed_over: bool
    name: str | None
    kana: str | None
    case_closed_on: date | None
    lead_agency: str | None

    def days_waiting(self, today: date) -> int:
        """Since the request, or since the last contact once there was one."""
        return (today - (self.last_visit_on or self.started_on or self.requested_on)).days

    def is_late(self, today: date) -> bool:
        """The next contact that was planned is over."""
        return self.status == "running" and self.next_on is not None and self.next_on < today


async def requests_in(db: Connection, status: StatusName) -> list[RequestRow]:
    """Waiting: oldest first. Running: whose next contact is due first. Concluded: newest first."""
    rows = await db.fetch(_ALL + _IN[status], status, SHOWN)
    return [RequestRow(*row) for row in rows]


async def request_row(db: Connection, request_id: UUID) -> RequestRow | None:
    """One request, None if we were never asked."""
    row = await db.fetchrow(_ALL + "WHERE r.request_id = $1", request_id)
    return RequestRow(*row) if row else None


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """In the order of a request's life: within one batch, no later step comes before an earlier."""
    kinds: dict[type[Any], list[Recorded[Any]]] = {}
    for record in batch:
        kinds.setdefault(type(record.event), []).append(record)
    for kind, write in _WRITERS.items():
        if found := kinds.get(kind):
            await write(db, found)


async def _requested(db: Connection, found: Sequence[Recorded[Requested]]) -> None:
    await db.execute(
        _REQUESTED,
        [r.event.request_id for r in found],
        [r.event.case_id for r in found],
        [r.event.handover_id for r in found],
        [r.event.nurse_district for r in found],
        [r.event.basis for r in found],
        [r.event.requested_on for r in found],
    )


async def _started(db: Connection, found: Sequence[Recorded[Started]]) -> None:
    await db.execute(
        _STARTED, [r.event.request_id for r in found], [r.event.started_on for r in found]
    )


async def _visited(db: Connection, found: Sequence[Recorded[Visited]]) -> None:
    await db.execute(
        _VISITED,
        [r.event.visit_id for r in found],
        [r.event.request_id for r in found],
        [r.position for r in found],
        [r.event.visited_on for r in found],
        [r.event.method for r in found],
        [r.event.met for r in found],
        [r.event.next_on for r in found],
    )


async def _linked(db: Connection, found: Sequence[Recorded[Linked]]) -> None:
    await db.execute(
        _LINKED,
        [r.event.link_id for r in found],
        [r.event.request_id for r in found],
        [r.event.linked_on for r in found],
        [r.event.agency for r in found],
    )


async def _concluded(db: Connection, found: Sequence[Recorded[Concluded]]) -> None:
    await db.execute(
        _CONCLUDED,
        [r.event.request_id for r in found],
        [r.event.concluded_on for r in found],
        [r.event.outcome for r in found],
    )


_WRITERS: dict[type[Any], Any] = {
    Requested: _requested,
    Started: _started,
    Visited: _visited,
    Linked: _linked,
    Concluded: _concluded,
}

_ALL = """
SELECT r.request_id, r.case_id, r.handover_id, r.nurse_district, r.basis, r.requested_on, r.status,
       r.started_on, r.concluded_on, r.outcome,
       (SELECT count(*)::int FROM links l WHERE l.request_id = r.request_id),
       (SELECT count(*)::int FROM visits v WHERE v.request_id = r.request_id),
       last.visited_on, last.method, last.met, last.next_on,
       h.handover_id IS NOT NULL, h.name, h.kana, s.closed_on, s.lead_agency
FROM requests r
LEFT JOIN handed_over h USING (handover_id)
LEFT JOIN case_standing s ON s.case_id = r.case_id
LEFT JOIN LATERAL (
  SELECT v.visited_on, v.method, v.met, v.next_on FROM visits v
  WHERE v.request_id = r.request_id ORDER BY v.visited_on DESC, v.position DESC LIMIT 1
) last ON true
"""
_IN: dict[StatusName, str] = {
    "waiting": "WHERE r.status = $1 ORDER BY r.requested_on, r.request_id LIMIT $2",
    "running": """WHERE r.status = $1
        ORDER BY last.next_on NULLS LAST, coalesce(last.visited_on, r.started_on), r.request_id
        LIMIT $2""",
    "concluded": "WHERE r.status = $1 ORDER BY r.concluded_on DESC, r.request_id LIMIT $2",
}
_REQUESTED = """
INSERT INTO requests (request_id, case_id, handover_id, nurse_district, basis, requested_on)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::date[])
ON CONFLICT (request_id) DO NOTHING
"""
_STARTED = """
UPDATE requests SET status = 'running', started_on = n.day
FROM unnest($1::uuid[], $2::date[]) AS n(id, day) WHERE request_id = n.id
"""
_VISITED = """
INSERT INTO visits (visit_id, request_id, position, visited_on, method, met, next_on)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::date[], $5::text[], $6::bool[],
                     $7::date[])
ON CONFLICT (visit_id) DO NOTHING
"""
_LINKED = """
INSERT INTO links (link_id, request_id, linked_on, agency)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[])
ON CONFLICT (link_id) DO NOTHING
"""
_CONCLUDED = """
UPDATE requests SET status = 'concluded', concluded_on = n.day, outcome = n.outcome
FROM unnest($1::uuid[], $2::date[], $3::text[]) AS n(id, day, outcome) WHERE request_id = n.id
"""

requests = ReadModel("requests", ("requests", "visits", "links"), project)
