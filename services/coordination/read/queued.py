"""Rows that wait: requests that run, and promises after the end (N-04, T-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.sourcing.log import Connection


@dataclass(frozen=True)
class RequestWait:
    """A request to another team that has not ended."""

    case_id: UUID
    team: str
    requested_on: date
    last_on: date | None


@dataclass(frozen=True)
class ContactWait:
    """A closed case with a promise to stay in touch."""

    case_id: UUID
    contact_every: str | None
    contact_until: date | None
    closed_on: date | None
    shared_on: date | None
    lead_agency: str | None


async def running_requests(db: Connection) -> list[RequestWait]:
    return [RequestWait(*row) for row in await db.fetch(_REQUESTS)]


async def contacts_promised(
    db: Connection, every: Mapping[str, int], until: date
) -> list[ContactWait]:
    """Those that fall due by that day; `every`: the days between two contacts."""
    asked = list(every), list(every.values()), until
    return [ContactWait(*row) for row in await db.fetch(_CONTACTS, *asked)]


_REQUESTS = """
SELECT r.case_id, r.team, r.requested_on, r.last_on FROM requests r
JOIN cases c USING (case_id) WHERE r.status <> 'ended' AND c.phase = 'open'
"""
_CONTACTS = """
SELECT c.case_id, c.contact_every, c.contact_until, c.closed_on, c.shared_on, c.lead_agency
FROM unnest($1::text[], $2::int[]) AS i(code, days)
JOIN cases c ON c.phase = 'closed' AND c.contact_every = i.code
  AND coalesce(c.shared_on, c.closed_on) <= $3::date - i.days
WHERE c.contact_until IS NULL OR coalesce(c.shared_on, c.closed_on) + i.days <= c.contact_until
"""
