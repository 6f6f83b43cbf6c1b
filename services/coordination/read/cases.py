"""ケースの一覧: one row per case as it stands, with what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.coordination.domain.way import Standing
from services.coordination.read.case_keys import grams
from shared.sourcing.log import Connection
from shared.vocabulary.text import search_key

SHOWN = 500
"""Rows of one answer at the most."""
MANY = 1_000
"""Nobody needs to know how many more there are: they are not counted."""
_AGAIN = "(c.waiting_since IS NOT NULL OR c.came_back_on IS NOT NULL)"
_TO_LOOK = "coalesce(c.look_on <= {today}::date, false)"
PLACES = {
    "resume": f"c.phase = 'closed' AND {_AGAIN}",
    "keep-contact": f"c.phase = 'closed' AND NOT {_AGAIN}",
    "decide": "c.phase <> 'closed' AND c.waiting_since IS NOT NULL",
    "look-again": f"c.phase = 'returned' AND c.waiting_since IS NULL AND {_TO_LOOK}",
    "keep-link": f"c.phase = 'returned' AND c.waiting_since IS NULL AND NOT {_TO_LOOK}",
}
"""Where `domain/way.py` puts cases that are not open: those may be many thousand, so their steps
are also asked for in SQL. Each must say what the way says; a test compares them.
"""


@dataclass(frozen=True)
class CaseRow(Standing):
    """One case. No name before the hand-over or the application came, nor after erasure."""

    case_id: UUID
    counter: str
    age_band: str
    household_size: int | None
    issues: list[str]
    catchment: str | None
    nurse_district: str | None
    consent_id: UUID | None
    consent_recipients: list[str]
    """With whom to share; empty: all that take part."""
    round: int
    contact_desk: str | None
    closure_id: UUID | None
    closed_on: date | None
    came_back_by: list[UUID]
    """Consultations after the end that nobody decided on, the newest last."""
    lead_agency: str | None
    contact_every: str | None
    contact_until: date | None
    shared_on: date | None
    name: str | None
    kana: str | None
    keeper: str | None
    """担当者 of the coordinating office: their sign-in."""
    keeper_name: str | None
    referrers: list[str]
    """Every counter that ever escalated the case stays linked (T-02x)."""

    def is_due(self, today: date) -> bool:
        """The plan is to be looked at again (T-07)."""
        return self.phase == "open" and self.review_on is not None and self.review_on <= today

    def days_late(self, today: date) -> int:
        """Since the day of the review, if that has come."""
        return max(0, (today - self.review_on).days) if self.review_on else 0

    def days_waiting(self, today: date) -> int:
        """Since the oldest escalation nobody decided on."""
        return (today - self.waiting_since).days if self.waiting_since else 0


@dataclass(frozen=True)
class Tie:
    """Who has to do with a case: all that is needed to say who may know of it."""

    case_id: UUID
    nurse_district: str | None
    lead_agency: str | None
    referrers: list[str]
    keeper: str | None


@dataclass(frozen=True)
class EscalationRow:
    """One escalation of a case."""

    escalation_id: UUID
    counter: str
    reasons: list[str]
    basis: str
    handover_id: UUID
    escalated_on: date
    status: str
    decided_on: date | None


@dataclass(frozen=True)
class Question:
    """What the list is asked for."""

    status: str | None = None
    """A phase; waiting finds all that waits for a decision, also of open and closed cases."""
    q: str = ""
    district: str | None = None
    """Of a district also those of none (G-3), unless `only`."""
    only: bool = False
    linked: str | None = None
    """An agency that referred or leads them."""
    keeper: str | None = None
    """担当者."""
    at: str = ""
    """A step of the way that `PLACES` finds, on the day `today`."""
    today: date = date.max
    by_age: bool = False
    """The longest in our hands first; else waiting first, then the next review."""
    skip: int = 0
    most: int = SHOWN


async def cases_where(db: Connection, **asked: Any) -> list[CaseRow]:
    """Waiting first, oldest first; then by the next review, what rests last. See `Question`."""
    question = Question(**asked)
    key = search_key(question.q) if question.q.strip() else None
    if question.q.strip() and not key:
        return []
    sql, values = _chosen(question, key)
    return [CaseRow(**row) for row in await db.fetch(sql, *values)]


def _chosen(asked: Question, key: str | None) -> tuple[str, list[Any]]:
    """Which cases, before anything else is looked up of them. Only what was asked for is part of
    the question, so that PostgreSQL finds the index for it.
    """
    values: list[Any] = []

    def given(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    wanted = ["true"]
    if asked.status:
        waits = asked.status == "waiting"
        wanted.append(_WAITS if waits else f"c.phase = {given(asked.status)}")
    if asked.at:
        place = PLACES[asked.at]
        wanted.append(place.format(today=given(asked.today)) if "{today}" in place else place)
    if key:
        named = (
            f"k.grams @> {given(grams(key))}::text[] AND k.key LIKE {given(f'%{_escaped(key)}%')}"
        )
        wanted.append(_NAMED.format(key=named))
    if asked.district:
        nobodys = "false" if asked.only else "c.nurse_district IS NULL"
        wanted.append(f"(c.nurse_district = {given(asked.district)} OR {nobodys})")
    wanted += [f"c.keeper = {given(one)}" for one in [asked.keeper] if one is not None]
    if asked.linked is not None:
        n = given(asked.linked)
        wanted.append(f"(c.lead_agency = {n} OR c.referrers @> ARRAY[{n}])")
    in_phase = asked.status not in {None, "", "waiting"}
    order = _OLDEST if asked.by_age else _NEXT_OF_PHASE if in_phase else _NEXT
    page = {"skip": given(asked.skip), "most": given(asked.most)}
    return _CHOSEN.format(wanted=" AND ".join(wanted), order=order, **page), values


async def cases_due(db: Connection, today: date) -> list[CaseRow]:
    """Every case that has, or may have, something to do: all but what rests and plans that are
    followed until a review to come. No case is left out for want of room.
    """
    return [CaseRow(**row) for row in await db.fetch(_DUE, today)]


async def counts_by_phase(db: Connection) -> dict[str, int]:
    """How many cases there are of each phase, and how many wait for a decision; beyond `MANY` it
    says one more than that.
    """
    return {row["phase"]: row["n"] for row in await db.fetch(_COUNTS, MANY + 1)}


async def cases_in(db: Connection, case_ids: Sequence[UUID]) -> list[CaseRow]:
    """These cases, in no order."""
    rows = await db.fetch(_ALL + "WHERE c.case_id = ANY($1::uuid[])", list(case_ids))
    return [CaseRow(**row) for row in rows]


async def ties_of(db: Connection, case_ids: Sequence[UUID]) -> list[Tie]:
    """Who has to do with these cases, in no order."""
    return [Tie(*row) for row in await db.fetch(_TIES, list(case_ids))]


async def keepers(db: Connection) -> dict[str, str]:
    """Sign-in and name of those who keep a case, as they were called last."""
    rows = await db.fetch(_KEEPERS)
    return {row["keeper"]: row["keeper_name"] for row in rows}


async def case_row(db: Connection, case_id: UUID) -> CaseRow | None:
    """One case, None if it was never escalated to us."""
    row = await db.fetchrow(_ALL + "WHERE c.case_id = $1", case_id)
    return CaseRow(**row) if row else None


async def escalations_of(db: Connection, case_id: UUID) -> list[EscalationRow]:
    """Oldest first."""
    return [EscalationRow(*row) for row in await db.fetch(_ESCALATIONS, case_id)]


async def handovers_of(db: Connection, case_id: UUID) -> list[UUID]:
    """The streams in which the personal parts of a case lie, oldest first."""
    rows = await db.fetch(_HANDOVERS, case_id)
    return [row["handover_id"] for row in rows]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_ALL = """
SELECT c.case_id, c.phase, c.counter, c.age_band, c.household_size, c.issues, c.catchment,
       c.nurse_district, c.opened_on, c.applied_on, c.consent, c.consent_on, c.consent_id,
       c.consent_until, c.consent_purposes, c.consent_recipients, c.round, c.plan_id, c.planned_on,
       c.review_on, c.contact_desk, c.closure_id, c.closed_on, c.lead_agency, c.contact_every,
       c.contact_until, c.shared_on, c.came_back_on, c.came_back_by, c.look_on, c.resumed_on,
       coalesce(c.name, h.name) AS name, coalesce(c.kana, h.kana) AS kana,
       c.waiting_since, c.referrers,
       m.plan_on AS plan_meeting_on, m.support_on AS support_meeting_on,
       (SELECT count(*)::int FROM requests r
        WHERE r.case_id = c.case_id AND r.status <> 'ended') AS running,
       (SELECT count(*)::int FROM requests r
        WHERE r.case_id = c.case_id AND r.lost_on IS NOT NULL) AS lost, c.keeper, c.keeper_name,
       (c.applied_on IS NULL AND EXISTS (
         SELECT FROM escalations s WHERE s.case_id = c.case_id AND s.status <> 'returned'
         AND s.basis = 'support-meeting-asked') AND NOT EXISTS (
           SELECT FROM handed_over o WHERE o.case_id = c.case_id)) AS nameless,
       (SELECT next_review_on FROM plan_reviews p WHERE p.case_id = c.case_id AND p.kind = 'policy'
        AND p.agreed_on > coalesce(c.given_back_on, '-infinity')) AS policy_review_on
FROM cases c
LEFT JOIN LATERAL (
  SELECT name, kana FROM handed_over o WHERE o.case_id = c.case_id AND o.name IS NOT NULL
  ORDER BY o.handover_id DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
  SELECT max(held_on) FILTER (WHERE kind = 'plan-meeting') AS plan_on,
         max(held_on) FILTER (WHERE kind = 'support-meeting') AS support_on
  FROM agenda a JOIN meetings USING (meeting_id)
  WHERE a.case_id = c.case_id AND held_on > coalesce(c.given_back_on, '-infinity')
) m ON true
"""
_KEEPERS = """
SELECT keeper, max(keeper_name) AS keeper_name FROM cases
WHERE keeper IS NOT NULL GROUP BY keeper ORDER BY 2
"""
_TIES = """
SELECT case_id, nurse_district, lead_agency, referrers, keeper
FROM cases WHERE case_id = ANY($1::uuid[])
"""
_CHOSEN = f"""
WITH chosen AS MATERIALIZED (
  SELECT c.case_id FROM cases c WHERE {{wanted}} ORDER BY {{order}} OFFSET {{skip}} LIMIT {{most}}
)
{_ALL} JOIN chosen ON chosen.case_id = c.case_id ORDER BY {{order}}
"""  # noqa: S608 - constants of this file
_WAITS = "c.waiting_since IS NOT NULL"
_NAMED = "c.case_id IN (SELECT k.case_id FROM case_keys k WHERE {key})"
_OLDEST = "coalesce(c.waiting_since, c.opened_on, c.closed_on), c.case_id"
_NEXT = "c.waiting_since, (c.phase <> 'open'), c.review_on NULLS FIRST, c.case_id"
_NEXT_OF_PHASE = "c.waiting_since, c.review_on NULLS FIRST, c.case_id"
"""The same order where all are of one phase; each has its index (migration 020)."""
_DUE = f"""{_ALL}
WHERE c.waiting_since IS NOT NULL
   OR c.case_id IN (SELECT case_id FROM requests WHERE lost_on IS NOT NULL)
   OR (c.phase = 'closed' AND c.came_back_on IS NOT NULL)
   OR (c.phase = 'returned' AND c.look_on <= $1)
   OR (c.phase = 'open' AND (
        c.plan_id IS NULL OR c.resumed_on IS NOT NULL OR c.review_on <= $1
        OR c.applied_on IS NULL OR c.nurse_district IS NULL OR c.consent <> 'given'
        OR c.consent_until < $1
        OR NOT ('plan' = ANY(c.consent_purposes) OR c.consent_purposes = '{{}}')))
"""  # noqa: S608 - constants of this file
_COUNTS = """
SELECT phase, (SELECT count(*)::int FROM (
    SELECT FROM cases c WHERE c.phase = p.phase LIMIT $1) AS found) AS n
FROM unnest(ARRAY['waiting', 'open', 'returned', 'closed']) AS p(phase)
UNION ALL SELECT 'undecided', count(*)::int FROM (
    SELECT FROM cases WHERE waiting_since IS NOT NULL LIMIT $1) AS found
"""
_ESCALATIONS = """
SELECT escalation_id, counter, reasons, basis, handover_id, escalated_on, status, decided_on
FROM escalations WHERE case_id = $1 ORDER BY escalated_on, escalation_id
"""
_HANDOVERS = """
SELECT handover_id FROM handed_over WHERE case_id = $1 ORDER BY received_on, handover_id
"""
