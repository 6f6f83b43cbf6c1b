"""依頼の一覧: every request with its place and last follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.participation.domain.events import (
    Concluded,
    FollowedUp,
    Matched,
    Planned,
    Requested,
    Started,
)
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
    planned_on: date | None
    menu: str | None
    resource_id: UUID | None
    matched_on: date | None
    concluded_on: date | None
    outcome: str | None
    place: str | None
    place_retired_on: date | None
    followups: int
    last_followed_on: date | None
    relation: str | None
    next_on: date | None
    handed_over: bool
    name: str | None
    kana: str | None
    case_closed_on: date | None
    lead_agency: str | None

    @property
    def step(self) -> str:
        """Which of T-20 … T-24 comes next."""
        if self.status != "running":
            return self.status
        if self.planned_on is None:
            return "plan"
        if self.resource_id is None or self.place_retired_on is not None:
            return "match"
        return "follow-up"

    def days_waiting(self, today: date) -> int:
        """Since the last thing that was done."""
        last = self.last_followed_on or self.matched_on or self.planned_on
        return (today - (last or self.started_on or self.requested_on)).days

    def is_late(self, today: date) -> bool:
        """The next follow-up that was planned is over."""
        return self.status == "running" and self.next_on is not None and self.next_on < today


async def requests_in(db: Connection, status: StatusName) -> list[RequestRow]:
    """Waiting: oldest first. Running: next follow-up due first. Concluded: newest first."""
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


async def _planned(db: Connection, found: Sequence[Recorded[Planned]]) -> None:
    last = {r.event.request_id: r.event for r in found}
    await db.execute(
        _PLANNED, list(last), [e.planned_on for e in last.values()], [e.menu for e in last.values()]
    )


async def _matched(db: Connection, found: Sequence[Recorded[Matched]]) -> None:
    last = {r.event.request_id: r.event for r in found}
    await db.execute(
        _MATCHED,
        list(last),
        [e.resource_id for e in last.values()],
        [e.matched_on for e in last.values()],
    )


async def _followed_up(db: Connection, found: Sequence[Recorded[FollowedUp]]) -> None:
    await db.execute(
        _FOLLOWED_UP,
        [r.event.followup_id for r in found],
        [r.event.request_id for r in found],
        [r.position for r in found],
        [r.event.followed_on for r in found],
        [r.event.relation for r in found],
        [r.event.next_on for r in found],
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
    Planned: _planned,
    Matched: _matched,
    FollowedUp: _followed_up,
    Concluded: _concluded,
}

_ALL = """
SELECT r.request_id, r.case_id, r.handover_id, r.nurse_district, r.basis, r.requested_on, r.status,
       r.started_on, r.planned_on, r.menu, r.resource_id, r.matched_on, r.concluded_on, r.outcome,
       p.name, p.retired_on,
       (SELECT count(*)::int FROM followups f WHERE f.request_id = r.request_id),
       last.followed_on, last.relation, last.next_on,
       h.handover_id IS NOT NULL, h.name, h.kana, s.closed_on, s.lead_agency
FROM requests r
LEFT JOIN handed_over h USING (handover_id)
LEFT JOIN case_standing s ON s.case_id = r.case_id
LEFT JOIN places p ON p.resource_id = r.resource_id
LEFT JOIN LATERAL (
  SELECT f.followed_on, f.relation, f.next_on FROM followups f
  WHERE f.request_id = r.request_id ORDER BY f.followed_on DESC, f.position DESC LIMIT 1
) last ON true
"""
_IN: dict[StatusName, str] = {
    "waiting": "WHERE r.status = $1 ORDER BY r.requested_on, r.request_id LIMIT $2",
    "running": """WHERE r.status = $1
        ORDER BY last.next_on NULLS LAST, coalesce(last.followed_on, r.started_on), r.request_id
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
_PLANNED = """
UPDATE requests SET planned_on = n.day, menu = n.menu
FROM unnest($1::uuid[], $2::date[], $3::text[]) AS n(id, day, menu) WHERE request_id = n.id
"""
_MATCHED = """
UPDATE requests SET resource_id = n.place, matched_on = n.day
FROM unnest($1::uuid[], $2::uuid[], $3::date[]) AS n(id, place, day) WHERE request_id = n.id
"""
_FOLLOWED_UP = """
INSERT INTO followups (followup_id, request_id, position, followed_on, relation, next_on)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::date[], $5::text[], $6::date[])
ON CONFLICT (followup_id) DO NOTHING
"""
_CONCLUDED = """
UPDATE requests SET status = 'concluded', concluded_on = n.day, outcome = n.outcome
FROM unnest($1::uuid[], $2::date[], $3::text[]) AS n(id, day, outcome) WHERE request_id = n.id
"""

requests = ReadModel("requests", ("requests", "followups"), project)
