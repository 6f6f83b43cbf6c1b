"""把握の一覧: everybody who was noticed before there is a case, and how long that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias
from uuid import UUID

from services.outreach.domain.lead import (
    Answered,
    Contacted,
    Expired,
    Joined,
    Noticed,
    Proposed,
)
from shared.sourcing.log import Connection, Entry, ReadModel, Write

Standing: TypeAlias = Literal["open", "proposed", "joined", "expired"]
SHOWN = 500
"""Rows of one list at the most."""


@dataclass(frozen=True)
class LeadRow:
    """One lead as it stands. Name, town and place are empty if nobody knew, or after erasure."""

    lead_id: UUID
    noticed_on: date
    source: str | None
    round_id: UUID | None
    catchment: str | None
    nurse_district: str | None
    keep_until: date
    name: str | None
    town: str | None
    place: str | None
    contacts: int
    last_on: date | None
    last_met: bool | None
    request_id: UUID | None
    case_id: UUID | None
    standing: Standing
    expired_on: date | None
    proposed_on: date | None
    next_on: date | None
    """Noted at the last contact."""
    trust: str | None

    def days_left(self, today: date) -> int:
        """Until what was told is erased; negative: it is due."""
        return (self.keep_until - today).days


async def leads_in(
    db: Connection, standing: Standing, district: str | None = None
) -> list[LeadRow]:
    """Open: what expires first, else newest first. With a district: its own and those of none."""
    rows = await db.fetch(_ALL + _IN[standing], district, SHOWN)
    return [LeadRow(*row) for row in rows]


async def leads_of_round(db: Connection, round_id: UUID) -> list[LeadRow]:
    """Who was noticed on this round."""
    rows = await db.fetch(_ALL + "WHERE round_id = $1 ORDER BY position", round_id)
    return [LeadRow(*row) for row in rows]


async def leads_of_person(db: Connection, request_id: UUID, case_id: UUID) -> list[LeadRow]:
    """What was known of this person before there was a case; a case may have several requests."""
    rows = await db.fetch(_ALL + _OF_PERSON, request_id, case_id)
    return [LeadRow(*row) for row in rows]


async def lead_row(db: Connection, lead_id: UUID) -> LeadRow | None:
    row = await db.fetchrow(_ALL + "WHERE lead_id = $1", lead_id)
    return LeadRow(*row) if row else None


async def lead_of_proposal(db: Connection, proposal_id: UUID) -> UUID | None:
    """Whose proposal it is; None for what others escalated."""
    found: UUID | None = await db.fetchval(_PROPOSER, proposal_id)
    return found


async def leads_of_case(db: Connection, case_id: UUID) -> list[UUID]:
    """Leads that became this case and belong to no request yet."""
    return [row[0] for row in await db.fetch(_OF_CASE, case_id)]


async def cases_without_request(db: Connection, district: str | None) -> list[LeadRow]:
    """Leads that became a case for which outreach was not asked yet: one of each case."""
    rows = await db.fetch(_ALL + _UNASKED, district, SHOWN)
    return list({row["case_id"]: LeadRow(*row) for row in rows}.values())


async def lead_of_case(db: Connection, case_id: UUID) -> LeadRow | None:
    """A lead that became this case; None: not known here."""
    row = await db.fetchrow(_ALL + _BECAME, case_id)
    return LeadRow(*row) if row else None


async def leads_due(db: Connection, today: date) -> list[UUID]:
    """Leads of which nothing came and whose time is over, longest overdue first."""
    rows = await db.fetch(_DUE, today)
    return [row[0] for row in rows]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order, so that a lead given back and proposed again in one batch is proposed."""
    for entry in batch:
        for sql in _WRITTEN.get(type(entry.event), ()):
            row = entry.event.model_dump(include=_SHOWN)
            yield Write(sql, [row | {"event_id": entry.event_id}])


_ALL = """
SELECT lead_id, noticed_on, source, round_id, catchment, nurse_district, keep_until, name, town,
       place, contacts, last_on, last_met, request_id, case_id, standing,
       expired_on, proposed_on, next_on, trust
FROM leads
"""
_OF = "($1::text IS NULL OR nurse_district IS NULL OR nurse_district = $1)"
_IN: dict[Standing, str] = {
    "open": f"""
        WHERE {_OF} AND standing = 'open' ORDER BY keep_until, position LIMIT $2""",
    "proposed": f"WHERE {_OF} AND standing = 'proposed' ORDER BY position LIMIT $2",
    "joined": f"WHERE {_OF} AND standing = 'joined' ORDER BY position DESC LIMIT $2",
    "expired": f"WHERE {_OF} AND standing = 'expired' ORDER BY expired_on DESC LIMIT $2",
}
_DUE = """
SELECT lead_id FROM leads WHERE standing = 'open' AND keep_until < $1
ORDER BY keep_until, lead_id
"""
_PROPOSER = "SELECT lead_id FROM leads WHERE proposal_id = $1"
_UNASKED = f"""
WHERE {_OF} AND standing = 'joined' AND request_id IS NULL ORDER BY position DESC LIMIT $2
"""
_BECAME = """
WHERE case_id = $1 AND standing = 'joined' ORDER BY request_id NULLS LAST, position LIMIT 1
"""
_OF_PERSON = """
WHERE request_id = $1 OR (case_id = $2 AND standing = 'joined') ORDER BY position
"""
_OF_CASE = """
SELECT lead_id FROM leads WHERE case_id = $1 AND standing = 'joined' AND request_id IS NULL
"""
_NOTICED = """
INSERT INTO leads (lead_id, position, noticed_on, source, round_id, catchment, nurse_district,
                   keep_until, name, town, place)
SELECT n.lead_id, e.position, n.noticed_on, n.source, n.round_id, n.catchment, n.nurse_district,
       n.keep_until, n.name, n.town, n.place
FROM json_to_recordset($1) AS n(
  event_id uuid, lead_id uuid, noticed_on date, source text, round_id uuid, catchment text,
  nurse_district text, keep_until date, name text, town text, place text)
JOIN events e USING (event_id)
ON CONFLICT (lead_id) DO NOTHING
"""
_CONTACTED = """
INSERT INTO lead_contacts (contact_id, lead_id, contacted_on, met, next_on, trust, nth)
SELECT n.contact_id, n.lead_id, n.contacted_on, n.met, n.next_on, n.trust, row_number() OVER ()
       + (SELECT count(*) FROM lead_contacts c WHERE c.lead_id = n.lead_id)
FROM json_to_recordset($1) AS n(
  contact_id uuid, lead_id uuid, contacted_on date, met bool, next_on date, trust text)
ON CONFLICT (contact_id) DO NOTHING
"""
_COUNTED = """
UPDATE leads l
SET name = coalesce(n.name, l.name), keep_until = greatest(l.keep_until, n.keep_until),
    contacts = (SELECT count(*) FROM lead_contacts c WHERE c.lead_id = l.lead_id),
    last_on = last.contacted_on, last_met = last.met, next_on = last.next_on,
    trust = (SELECT c.trust FROM lead_contacts c WHERE c.lead_id = l.lead_id AND c.trust IS NOT NULL
             ORDER BY c.contacted_on DESC, c.nth DESC LIMIT 1)
FROM json_to_recordset($1) AS n(lead_id uuid, keep_until date, name text), LATERAL (
  SELECT c.contacted_on, c.met, c.next_on FROM lead_contacts c WHERE c.lead_id = n.lead_id
  ORDER BY c.contacted_on DESC, c.nth DESC LIMIT 1
) last
WHERE l.lead_id = n.lead_id
"""
_JOINED = """
UPDATE leads l SET request_id = n.request_id, case_id = n.case_id, standing = 'joined'
FROM json_to_recordset($1) AS n(lead_id uuid, request_id uuid, case_id uuid)
WHERE l.lead_id = n.lead_id
"""
_PROPOSED = """
UPDATE leads l SET case_id = n.case_id, proposal_id = n.proposal_id, standing = 'proposed',
  proposed_on = n.proposed_on
FROM json_to_recordset($1) AS n(lead_id uuid, case_id uuid, proposal_id uuid, proposed_on date)
WHERE l.lead_id = n.lead_id
"""
_ANSWERED = """
UPDATE leads l SET keep_until = greatest(l.keep_until, n.keep_until),
  standing = CASE WHEN n.accepted THEN 'joined' ELSE 'open' END
FROM json_to_recordset($1) AS n(lead_id uuid, accepted bool, keep_until date)
WHERE l.lead_id = n.lead_id
"""
_EXPIRED = """
UPDATE leads l SET expired_on = n.expired_on, standing = 'expired'
FROM json_to_recordset($1) AS n(lead_id uuid, expired_on date) WHERE l.lead_id = n.lead_id
"""
_WRITTEN: dict[type[Any], tuple[str, ...]] = {
    Noticed: (_NOTICED,),
    Contacted: (_CONTACTED, _COUNTED),
    Proposed: (_PROPOSED,),
    Answered: (_ANSWERED,),
    Joined: (_JOINED,),
    Expired: (_EXPIRED,),
}
_SHOWN = {
    *("lead_id", "noticed_on", "source", "round_id", "catchment", "nurse_district", "keep_until"),
    *("name", "town", "place", "contact_id", "contacted_on", "met", "next_on", "trust"),
    *("request_id", "case_id", "joined_on", "expired_on"),
    *("proposal_id", "proposed_on", "accepted"),
}

leads = ReadModel(
    "leads",
    ("leads", "lead_contacts"),
    project,
    purge="UPDATE leads SET name = NULL, town = NULL, place = NULL WHERE lead_id = $1",
    subjects="SELECT lead_id FROM leads WHERE case_id = $1",
)
