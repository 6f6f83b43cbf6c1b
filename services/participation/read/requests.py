"""依頼の一覧: every request with its place and last follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.participation.domain.events import (
    Concluded,
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
    GroundLost,
    GroundRenewed,
    Matched,
    MatchWithdrawn,
    Planned,
    Requested,
    Started,
    Tried,
)
from services.participation.domain.following import STABLE
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
    tried_on: date | None
    tried_at: str | None
    """The place of the newest 見学・体験."""
    trial_result: str | None
    contact_every: str | None
    contact_until: date | None
    contacted_on: date | None

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

    @property
    def lost_place_on(self) -> date | None:
        """It ended as stable, the place closed since, and nobody has been in touch about it."""
        closed, ended = self.place_retired_on, self.concluded_on
        if self.outcome != STABLE or closed is None or ended is None or closed < ended:
            return None
        return closed if self.contacted_on is None or self.contacted_on < closed else None

    def days_waiting(self, today: date) -> int:
        """Since the last thing that was done."""
        last = self.last_followed_on or self.matched_on or self.planned_on
        return (today - (last or self.started_on or self.requested_on)).days

    def is_late(self, today: date) -> bool:
        """The next follow-up that was planned is over."""
        return self.status == "running" and self.next_on is not None and self.next_on < today


async def requests_in(
    db: Connection,
    status: StatusName,
    district: str | None = None,
    limit: int | None = SHOWN,
) -> list[RequestRow]:
    """Waiting: oldest first. Running: next follow-up due first. Concluded: newest first.

    With a district: its requests and those of none (G-3). Without a limit: all.
    """
    rows = await db.fetch(_ALL + _OF + _IN[status], status, limit, district)
    return [RequestRow(*row) for row in rows]


async def requests_to_contact(
    db: Connection, every: Mapping[str, int], district: str | None = None
) -> list[RequestRow]:
    """What ended long ago or lately, where a contact is promised or the place closed since (T-24).

    `every`: the days between two contacts. The one that is due first comes first.
    """
    asked = "concluded", STABLE, district, list(every), list(every.values())
    return [RequestRow(*row) for row in await db.fetch(_ALL + _TO_CONTACT, *asked)]


async def request_row(db: Connection, request_id: UUID) -> RequestRow | None:
    """One request, None if we were never asked."""
    row = await db.fetchrow(_ALL + "WHERE r.request_id = $1", request_id)
    return RequestRow(*row) if row else None


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In the order of a request's life: within one batch, no later step comes before an earlier.
    A plan or a place that changed within it counts as it was last.
    """
    for kinds, sql in _WRITTEN:
        found = [r for r in batch if isinstance(r.event, kinds)]
        if kinds in _LAST_COUNTS:
            found = list({r.event.request_id: r for r in found}.values())
        rows = [{**_row(r.event), "event_id": r.event_id} for r in found]
        if rows:
            yield Write(sql, rows)
    for one in batch:  # put right or kept up after the end: rare, and each in its turn
        if isinstance(one.event, tuple(_ONE_BY_ONE)):
            yield Write(_ONE_BY_ONE[type(one.event)], [_row(one.event)])


def _row(event: Any) -> dict[str, Any]:
    row: dict[str, Any] = event.model_dump(include=_SHOWN)
    if isinstance(event, MatchWithdrawn):
        row |= {"resource_id": event.now_at, "matched_on": event.now_since}
    return row


_ALL = """
SELECT r.request_id, r.case_id, r.handover_id, r.nurse_district, r.basis, r.requested_on,
       r.ground_lost_on, r.ground_lost_why, r.status,
       r.started_on, r.planned_on, r.menu, r.resource_id, r.matched_on, r.concluded_on, r.outcome,
       p.name, p.retired_on,
       (SELECT count(*)::int FROM followups f WHERE f.request_id = r.request_id),
       last.followed_on, last.relation, last.next_on,
       h.handover_id IS NOT NULL, h.name, h.kana, s.closed_on, s.lead_agency, r.tried_on, t.name,
       r.trial_result, r.contact_every, r.contact_until, r.contacted_on
FROM requests r
LEFT JOIN handed_over h USING (handover_id)
LEFT JOIN case_standing s ON s.case_id = r.case_id
LEFT JOIN places p ON p.resource_id = r.resource_id
LEFT JOIN places t ON t.resource_id = r.tried_place
LEFT JOIN LATERAL (
  SELECT f.followed_on, f.relation, f.next_on FROM followups f
  WHERE f.request_id = r.request_id ORDER BY f.followed_on DESC, f.position DESC LIMIT 1
) last ON true
"""
_OF = """WHERE r.status = $1
  AND ($3::text IS NULL OR r.nurse_district IS NULL OR r.nurse_district = $3)
"""
_IN: dict[StatusName, str] = {
    "waiting": "ORDER BY r.requested_on, r.request_id LIMIT $2",
    "running": """
        ORDER BY last.next_on NULLS LAST, coalesce(last.followed_on, r.started_on), r.request_id
        LIMIT $2""",
    "concluded": "ORDER BY r.concluded_on DESC, r.request_id LIMIT $2",
}
_TO_CONTACT = """
LEFT JOIN LATERAL (
  SELECT greatest(r.contacted_on, r.concluded_on) + i.days AS on_day
  FROM unnest($4::text[], $5::int[]) AS i(code, days) WHERE i.code = r.contact_every
) promised ON true
WHERE r.status = $1 AND ($3::text IS NULL OR r.nurse_district IS NULL OR r.nurse_district = $3)
  AND (promised.on_day <= coalesce(r.contact_until, promised.on_day)
       OR (r.outcome = $2 AND p.retired_on >= r.concluded_on
           AND coalesce(r.contacted_on < p.retired_on, true)))
ORDER BY promised.on_day NULLS FIRST, r.request_id
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
_PLANNED = """
UPDATE requests r SET planned_on = n.planned_on, menu = n.menu
FROM json_to_recordset($1) AS n(request_id uuid, planned_on date, menu text)
WHERE r.request_id = n.request_id
"""
_MATCHED = """
UPDATE requests r SET resource_id = n.resource_id, matched_on = n.matched_on
FROM json_to_recordset($1) AS n(request_id uuid, resource_id uuid, matched_on date)
WHERE r.request_id = n.request_id
"""
_FOLLOWED_UP = """
INSERT INTO followups (followup_id, request_id, position, followed_on, relation, next_on)
SELECT n.followup_id, n.request_id, e.position, n.followed_on, n.relation, n.next_on
FROM json_to_recordset($1) AS n(
  event_id uuid, followup_id uuid, request_id uuid, followed_on date, relation text, next_on date)
JOIN events e USING (event_id)
ON CONFLICT (followup_id) DO NOTHING
"""
_CONCLUDED = """
UPDATE requests r SET status = 'concluded', concluded_on = n.concluded_on, outcome = n.outcome,
       contact_every = n.contact_every, contact_until = n.contact_until
FROM json_to_recordset($1) AS n(
  request_id uuid, concluded_on date, outcome text, contact_every text, contact_until date)
WHERE r.request_id = n.request_id
"""
_TRIED = """
UPDATE requests r SET tried_on = n.tried_on, tried_place = n.resource_id, trial_result = n.result
FROM json_to_recordset($1) AS n(
  request_id uuid, tried_on date, resource_id uuid, result text)
WHERE r.request_id = n.request_id AND (r.tried_on IS NULL OR r.tried_on <= n.tried_on)
"""
_FOLLOW_UP_CORRECTED = """
UPDATE followups f SET followed_on = n.followed_on, relation = n.relation, next_on = n.next_on
FROM json_to_recordset($1) AS n(followup_id uuid, followed_on date, relation text, next_on date)
WHERE f.followup_id = n.followup_id
"""
_CONTACTED = """
UPDATE requests r SET contacted_on = greatest(r.contacted_on, n.contacted_on)
FROM json_to_recordset($1) AS n(request_id uuid, contacted_on date)
WHERE r.request_id = n.request_id
"""
_CONTACT_CORRECTED = """
UPDATE requests r SET contacted_on = n.newest_on
FROM json_to_recordset($1) AS n(request_id uuid, newest_on date)
WHERE r.request_id = n.request_id
"""
_WRITTEN: tuple[tuple[tuple[type[Any], ...], str], ...] = (
    ((Requested,), _REQUESTED),
    ((Started,), _STARTED),
    ((Planned,), _PLANNED),
    ((Tried,), _TRIED),
    ((Matched, MatchWithdrawn), _MATCHED),
    ((FollowedUp,), _FOLLOWED_UP),
    ((Concluded,), _CONCLUDED),
)
_LAST_COUNTS = {(Planned,), (Tried,), (Matched, MatchWithdrawn)}
_ONE_BY_ONE: dict[type[Any], str] = {
    FollowUpCorrected: _FOLLOW_UP_CORRECTED,
    Contacted: _CONTACTED,
    ContactCorrected: _CONTACT_CORRECTED,
    GroundLost: _GROUND_LOST,
    GroundRenewed: _GROUND_RENEWED,
}
_SHOWN = {
    *("request_id", "case_id", "handover_id", "nurse_district", "basis", "requested_on"),
    *("started_on", "lost_on", "why", "planned_on", "menu", "resource_id", "matched_on"),
    *("followup_id", "followed_on", "relation", "next_on", "concluded_on", "outcome"),
    *("tried_on", "result", "contact_every", "contact_until", "contacted_on", "newest_on"),
}

requests = ReadModel("requests", ("requests", "followups"), project)
