"""Rows that wait: requests that run, and promises after the end (N-04, T-10)."""

from __future__ import annotations

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


async def contacts_promised(db: Connection) -> list[ContactWait]:
    return [ContactWait(*row) for row in await db.fetch(_CONTACTS)]


_REQUESTS = """
SELECT r.case_id, r.team, r.requested_on, r.last_on FROM requests r
JOIN cases c USING (case_id) WHERE r.status <> 'ended' AND c.phase = 'open'
"""
_CONTACTS = """
SELECT c.case_id, c.contact_every, c.contact_until, c.closed_on, c.shared_on, c.lead_agency
FROM cases c WHERE c.phase = 'closed' AND c.contact_every IS NOT NULL
"""
