"""依頼の一覧: every request with its last visit, for the list and the head of a request's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    GroundLost,
    GroundRenewed,
    LinkCorrected,
    Linked,
    LinkWithdrawn,
    Requested,
    Started,
    VisitCorrected,
    Visited,
)
from shared.privacy.handing_over import Told
from shared.sourcing.log import Connection, Entry, ReadModel, Write

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
    ground_lost_on: date | None
    """The consent it rests on is gone since, and nobody has decided (F-03)."""
    ground_lost_why: str | None
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
    trust: str | None

    def days_waiting(self, today: date) -> int:
        """Since the request, or since the last contact once there was one."""
        return (today - (self.last_visit_on or self.started_on or self.requested_on)).days

    def is_late(self, today: date) -> bool:
        """The next contact that was planned is over."""
        return self.status == "running" and self.next_on is not None and self.next_on < today


async def requests_in(
    db: Connection, status: StatusName, district: str | None = None
) -> list[RequestRow]:
    """Waiting: oldest first. Running: whose next contact is due first. Concluded: newest first.

    With a district: its requests and those of none (G-3).
    """
    rows = await db.fetch(_ALL + _OF + _IN[status], status, SHOWN, district)
    return [RequestRow(*row) for row in rows]


async def request_row(db: Connection, request_id: UUID) -> RequestRow | None:
    """One request, None if we were never asked."""
    row = await db.fetchrow(_ALL + "WHERE r.request_id = $1", request_id)
    return RequestRow(*row) if row else None


async def earlier_requests(db: Connection, case_id: UUID, but: UUID) -> list[UUID]:
    """The other requests about the same case."""
    return [row[0] for row in await db.fetch(_OTHERS, case_id, but)]


async def told_to(db: Connection, case_id: UUID) -> list[Told]:
    """Which agencies learned of this person, on which ground (N-01), newest first."""
    return [Told(*row) for row in await db.fetch(_TOLD, case_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In the order of a request's life: within one batch, no later step comes before an earlier."""
    for kind, sql in _WRITTEN.items():
        rows = [
            {**r.event.model_dump(include=_SHOWN), "event_id": r.event_id}
            for r in batch
            if isinstance(r.event, kind)
        ]
        if rows:
            yield Write(sql, rows)
    for one in batch:  # lost and renewed in one batch counts as it was last
        if type(one.event) in _GROUND:
            yield Write(_GROUND[type(one.event)], [one.event.model_dump(include=_SHOWN)])


_ALL = """
SELECT r.request_id, r.case_id, r.handover_id, r.nurse_district, r.basis, r.requested_on,
       r.ground_lost_on, r.ground_lost_why, r.status,
       r.started_on, r.concluded_on, r.outcome,
       (SELECT count(*)::int FROM links l
        WHERE l.request_id = r.request_id AND l.withdrawn_on IS NULL),
       (SELECT count(*)::int FROM visits v WHERE v.request_id = r.request_id),
       last.visited_on, last.method, last.met, coalesce(plan.planned_on, last.next_on) AS next_on,
       h.handover_id IS NOT NULL, h.name, h.kana, s.closed_on, s.lead_agency,
       (SELECT v.trust FROM visits v WHERE v.request_id = r.request_id AND v.trust IS NOT NULL
        ORDER BY v.visited_on DESC, v.position DESC LIMIT 1)
FROM requests r
LEFT JOIN handed_over h USING (handover_id)
LEFT JOIN case_standing s ON s.case_id = r.case_id
LEFT JOIN LATERAL (
  SELECT v.visited_on, v.method, v.met, v.next_on FROM visits v
  WHERE v.request_id = r.request_id ORDER BY v.visited_on DESC, v.position DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
  SELECT min(p.planned_on) AS planned_on FROM planned_visits p
  WHERE p.request_id = r.request_id AND p.over_on IS NULL
) plan ON true
"""
_OF = """WHERE r.status = $1
  AND ($3::text IS NULL OR r.nurse_district IS NULL OR r.nurse_district = $3)
"""
_IN: dict[StatusName, str] = {
    "waiting": "ORDER BY r.requested_on, r.request_id LIMIT $2",
    "running": """
        ORDER BY next_on NULLS LAST, coalesce(last.visited_on, r.started_on), r.request_id
        LIMIT $2""",
    "concluded": "ORDER BY r.concluded_on DESC, r.request_id LIMIT $2",
}
_OTHERS = "SELECT request_id FROM requests WHERE case_id = $1 AND request_id <> $2"
_TOLD = """
SELECT linked_on, agency, coalesce(basis, '') FROM links
WHERE case_id = $1 AND withdrawn_on IS NULL ORDER BY linked_on DESC, link_id
"""
_REQUESTED = """
INSERT INTO requests (request_id, case_id, handover_id, nurse_district, basis, requested_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  request_id uuid, case_id uuid, handover_id uuid, nurse_district text, basis text,
  requested_on date)
ON CONFLICT (request_id) DO NOTHING
"""
_GROUND_LOST = """
UPDATE requests r SET ground_lost_on = n.lost_on, ground_lost_why = n.why
FROM json_to_recordset($1) AS n(request_id uuid, lost_on date, why text)
WHERE r.request_id = n.request_id
"""
_GROUND_RENEWED = """
UPDATE requests r SET ground_lost_on = NULL, ground_lost_why = NULL, basis = n.basis
FROM json_to_recordset($1) AS n(request_id uuid, basis text) WHERE r.request_id = n.request_id
"""
_STARTED = """
UPDATE requests r SET status = 'running', started_on = n.started_on
FROM json_to_recordset($1) AS n(request_id uuid, started_on date)
WHERE r.request_id = n.request_id
"""
_VISITED = """
INSERT INTO visits (visit_id, request_id, position, visited_on, method, met, next_on, trust)
SELECT n.visit_id, n.request_id, e.position, n.visited_on, n.method, n.met, n.next_on, n.trust
FROM json_to_recordset($1) AS n(
  event_id uuid, visit_id uuid, request_id uuid, visited_on date, method text, met bool,
  next_on date, trust text) JOIN events e USING (event_id)
ON CONFLICT (visit_id) DO NOTHING
"""
_CORRECTED = """
UPDATE visits v SET visited_on = n.visited_on, method = n.method, met = n.met, next_on = n.next_on,
  trust = n.trust, edition = n.edition
FROM (
  SELECT DISTINCT ON (visit_id) * FROM json_to_recordset($1) AS c(
    visit_id uuid, visited_on date, method text, met bool, next_on date, trust text, edition int)
  ORDER BY visit_id, edition DESC
) n
WHERE v.visit_id = n.visit_id AND v.edition < n.edition
"""
_LINKED = """
INSERT INTO links (link_id, request_id, case_id, linked_on, agency, basis)
SELECT n.* FROM json_to_recordset($1) AS n(
  link_id uuid, request_id uuid, case_id uuid, linked_on date, agency text, basis text)
ON CONFLICT (link_id) DO NOTHING
"""
_LINK_CORRECTED = """
UPDATE links l SET linked_on = n.linked_on, agency = n.agency, basis = n.basis
FROM (
  SELECT DISTINCT ON (link_id) * FROM json_to_recordset($1) AS c(
    link_id uuid, edition int, linked_on date, agency text, basis text)
  ORDER BY link_id, edition DESC
) n
WHERE l.link_id = n.link_id
"""
_LINK_WITHDRAWN = """
UPDATE links l SET withdrawn_on = n.withdrawn_on
FROM json_to_recordset($1) AS n(link_id uuid, withdrawn_on date) WHERE l.link_id = n.link_id
"""
_CONCLUDED = """
UPDATE requests r SET status = 'concluded', concluded_on = n.concluded_on, outcome = n.outcome
FROM json_to_recordset($1) AS n(request_id uuid, concluded_on date, outcome text)
WHERE r.request_id = n.request_id
"""
_GROUND: dict[type[Any], str] = {GroundLost: _GROUND_LOST, GroundRenewed: _GROUND_RENEWED}
_CONCLUSION_CORRECTED = """
UPDATE requests r SET concluded_on = n.concluded_on, outcome = n.outcome
FROM (
  SELECT DISTINCT ON (request_id) * FROM json_to_recordset($1) AS c(
    request_id uuid, edition int, concluded_on date, outcome text)
  ORDER BY request_id, edition DESC
) n
WHERE r.request_id = n.request_id
"""
_WRITTEN: dict[type[Any], str] = {
    Requested: _REQUESTED,
    Started: _STARTED,
    Visited: _VISITED,
    VisitCorrected: _CORRECTED,
    Linked: _LINKED,
    LinkCorrected: _LINK_CORRECTED,
    LinkWithdrawn: _LINK_WITHDRAWN,
    Concluded: _CONCLUDED,
    ConclusionCorrected: _CONCLUSION_CORRECTED,
}
_SHOWN = {
    *("request_id", "case_id", "handover_id", "nurse_district", "basis", "requested_on"),
    *(
        "started_on",
        "lost_on",
        "why",
        "visit_id",
        "visited_on",
        "method",
        "met",
        "next_on",
        "trust",
        "edition",
    ),
    *("link_id", "linked_on", "agency", "withdrawn_on", "concluded_on", "outcome"),
}

requests = ReadModel("requests", ("requests", "visits", "links"), project)
