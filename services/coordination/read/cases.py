"""ケースの一覧: one row per case as it stands, with what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from services.coordination.domain import events as e
from shared.sourcing.log import Connection, ReadModel, Recorded

SHOWN = 500
"""Rows of one list at the most."""
Statement: TypeAlias = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class CaseRow:
    """One case. No name before the hand-over or the application came, nor after erasure."""

    case_id: UUID
    phase: str
    counter: str
    age_band: str
    household_size: int | None
    issues: list[str]
    catchment: str | None
    nurse_district: str | None
    opened_on: date | None
    applied_on: date | None
    consent: str
    consent_on: date | None
    consent_id: UUID | None
    round: int
    plan_id: UUID | None
    planned_on: date | None
    review_on: date | None
    contact_desk: str | None
    closure_id: UUID | None
    closed_on: date | None
    lead_agency: str | None
    contact_every: str | None
    name: str | None
    kana: str | None
    waiting_since: date | None
    running: int
    """Requests to other teams that have not ended."""
    plan_meeting_on: date | None
    support_meeting_on: date | None

    def next_step(self, today: date) -> str:
        """What a coordinator does next (T-01 … T-09)."""
        if self.phase == "closed":
            return "resume" if self.waiting_since else "keep-contact"
        if self.waiting_since or self.phase in {"waiting", "returned"}:
            return "keep-link" if self.phase == "returned" else "decide"
        if self.applied_on is None:
            return "application"
        if self.consent != "given":
            return "support-meeting" if self.consent == "refused" else "consent"
        if self.plan_id is None:
            return "plan" if self.plan_meeting_on else "meeting"
        return "review" if self.is_due(today) else "follow"

    def is_due(self, today: date) -> bool:
        """The plan is to be looked at again (T-07)."""
        return self.phase == "open" and self.review_on is not None and self.review_on <= today

    def days_waiting(self, today: date) -> int:
        """Since the oldest escalation nobody decided on."""
        return (today - self.waiting_since).days if self.waiting_since else 0


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


async def cases_where(
    db: Connection, *, status: str | None = None, q: str = "", district: str | None = None
) -> list[CaseRow]:
    """Waiting first, oldest first; then by the next review. Status waiting finds all that waits."""
    rows = await db.fetch(_LIST, status, f"%{_plain(q)}%" if q.strip() else None, district, SHOWN)
    return [CaseRow(*row) for row in rows]


async def case_row(db: Connection, case_id: UUID) -> CaseRow | None:
    """One case, None if it was never escalated to us."""
    row = await db.fetchrow(_ALL + "WHERE c.case_id = $1", case_id)
    return CaseRow(*row) if row else None


async def escalations_of(db: Connection, case_id: UUID) -> list[EscalationRow]:
    """Oldest first."""
    return [EscalationRow(*row) for row in await db.fetch(_ESCALATIONS, case_id)]


async def handovers_of(db: Connection, case_id: UUID) -> list[UUID]:
    """The streams in which the personal parts of a case lie, oldest first."""
    rows = await db.fetch(_HANDOVERS, case_id)
    return [row["handover_id"] for row in rows]


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """In stored order, so that a case closed and resumed in one batch ends up resumed."""
    for record in batch:
        for sql, values in _statements(record.event):
            await db.execute(sql, *values)


def _statements(event: Any) -> Sequence[Statement]:
    match event:
        case e.Escalated() | e.Accepted() | e.Returned():
            return _escalation(event)
        case e.ApplicationReceived():
            return ((_APPLIED, (event.case_id, event.applied_on, event.name, event.kana)),)
        case e.ConsentGiven() | e.ConsentRefused() | e.ConsentWithdrawn():
            return ((_CONSENT, _consent(event)),)
        case e.PlanAgreed():
            return ((_PLANNED, _plan(event)),)
        case e.Closed():
            return ((_CLOSED, _closure(event)),)
        case e.Reopened():
            return ((_REOPENED, (event.case_id,)),)
        case _:
            return ()


def _escalation(event: e.Escalated | e.Accepted | e.Returned) -> Sequence[Statement]:
    phase = (_PHASE, (event.case_id,))
    match event:
        case e.Escalated():
            return ((_FIRST, _case(event)), (_ESCALATED, _escalated(event)), phase)
        case e.Accepted():
            decided = (event.escalation_id, "accepted", event.accepted_on)
            return (
                (_DECIDED, decided),
                (_OPENED, (event.case_id, event.accepted_on)),
                phase,
            )
        case e.Returned():
            return ((_DECIDED, (event.escalation_id, "returned", event.returned_on)), phase)


def _consent(event: e.ConsentGiven | e.ConsentRefused | e.ConsentWithdrawn) -> tuple[Any, ...]:
    match event:
        case e.ConsentGiven():
            return (event.case_id, "given", event.consented_on, event.consent_id)
        case e.ConsentRefused():
            return (event.case_id, "refused", event.refused_on, None)
        case e.ConsentWithdrawn():
            return (event.case_id, "withdrawn", event.withdrawn_on, None)


def _case(event: e.Escalated) -> tuple[Any, ...]:
    return (
        event.case_id,
        event.counter,
        event.age_band,
        event.household_size,
        list(event.issues),
        event.catchment,
        event.nurse_district,
    )


def _escalated(event: e.Escalated) -> tuple[Any, ...]:
    return (
        event.escalation_id,
        event.case_id,
        event.counter,
        list(event.reasons),
        event.basis,
        event.handover_id,
        event.escalated_on,
    )


def _plan(event: e.PlanAgreed) -> tuple[Any, ...]:
    return (
        event.case_id,
        event.round,
        event.plan_id,
        event.agreed_on,
        event.review_on,
        event.contact_desk,
    )


def _closure(event: e.Closed) -> tuple[Any, ...]:
    return (
        event.case_id,
        event.closure_id,
        event.closed_on,
        event.lead_agency,
        event.contact_every,
    )


def _plain(text: str) -> str:
    return "".join(text.split()).replace("%", "").replace("_", "")


_ALL = """
SELECT c.case_id, c.phase, c.counter, c.age_band, c.household_size, c.issues, c.catchment,
       c.nurse_district, c.opened_on, c.applied_on, c.consent, c.consent_on, c.consent_id, c.round,
       c.plan_id, c.planned_on, c.review_on, c.contact_desk, c.closure_id, c.closed_on,
       c.lead_agency, c.contact_every, coalesce(c.name, h.name), coalesce(c.kana, h.kana),
       w.since, (SELECT count(*)::int FROM requests r
                 WHERE r.case_id = c.case_id AND r.status <> 'ended'),
       m.plan_on, m.support_on
FROM cases c
LEFT JOIN LATERAL (
  SELECT name, kana FROM handed_over o WHERE o.case_id = c.case_id AND o.name IS NOT NULL
  ORDER BY o.handover_id DESC LIMIT 1
) h ON true
LEFT JOIN LATERAL (
  SELECT min(escalated_on) AS since FROM escalations s
  WHERE s.case_id = c.case_id AND s.status = 'waiting'
) w ON true
LEFT JOIN LATERAL (
  SELECT max(held_on) FILTER (WHERE kind = 'plan-meeting') AS plan_on,
         max(held_on) FILTER (WHERE kind = 'support-meeting') AS support_on
  FROM agenda a JOIN meetings USING (meeting_id) WHERE a.case_id = c.case_id
) m ON true
"""
_LIST = (
    _ALL
    + """
WHERE ($1::text IS NULL OR c.phase = $1 OR ($1 = 'waiting' AND w.since IS NOT NULL))
  AND ($2::text IS NULL OR translate(
    coalesce(c.name, h.name, '') || '|' || coalesce(c.kana, h.kana, ''), ' 　', '') ILIKE $2)
  AND ($3::text IS NULL OR c.nurse_district = $3)
ORDER BY w.since NULLS LAST, c.review_on NULLS FIRST, c.case_id LIMIT $4
"""
)
_ESCALATIONS = """
SELECT escalation_id, counter, reasons, basis, handover_id, escalated_on, status, decided_on
FROM escalations WHERE case_id = $1 ORDER BY escalated_on, escalation_id
"""
_HANDOVERS = """
SELECT handover_id FROM handed_over WHERE case_id = $1 ORDER BY received_on, handover_id
"""
_FIRST = """
INSERT INTO cases (case_id, phase, counter, age_band, household_size, issues, catchment,
                   nurse_district)
VALUES ($1, 'waiting', $2, $3, $4, $5, $6, $7)
ON CONFLICT (case_id) DO UPDATE SET counter = $2, age_band = $3,
  household_size = coalesce($4, cases.household_size), issues = $5,
  catchment = coalesce($6, cases.catchment), nurse_district = coalesce($7, cases.nurse_district)
"""
_ESCALATED = """
INSERT INTO escalations (escalation_id, case_id, counter, reasons, basis, handover_id, escalated_on)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (escalation_id) DO NOTHING
"""
_DECIDED = "UPDATE escalations SET status = $2, decided_on = $3 WHERE escalation_id = $1"
_OPENED = "UPDATE cases SET opened_on = coalesce(opened_on, $2) WHERE case_id = $1"
_PHASE = """
UPDATE cases SET phase = CASE
  WHEN phase = 'closed' THEN 'closed'
  WHEN EXISTS (SELECT FROM escalations WHERE case_id = $1 AND status = 'accepted') THEN 'open'
  WHEN EXISTS (SELECT FROM escalations WHERE case_id = $1 AND status = 'waiting') THEN 'waiting'
  ELSE 'returned' END
WHERE case_id = $1
"""
_APPLIED = """
UPDATE cases SET applied_on = $2, name = coalesce($3, name), kana = coalesce($4, kana)
WHERE case_id = $1
"""
_CONSENT = "UPDATE cases SET consent = $2, consent_on = $3, consent_id = $4 WHERE case_id = $1"
_PLANNED = """
UPDATE cases SET round = $2, plan_id = $3, planned_on = $4, review_on = $5, contact_desk = $6
WHERE case_id = $1
"""
_CLOSED = """
UPDATE cases SET phase = 'closed', closure_id = $2, closed_on = $3, lead_agency = $4,
  contact_every = $5 WHERE case_id = $1
"""
_REOPENED = """
UPDATE cases SET phase = 'open', closure_id = NULL, closed_on = NULL, lead_agency = NULL,
  contact_every = NULL WHERE case_id = $1
"""

cases = ReadModel(
    "cases",
    ("cases", "escalations"),
    project,
    purge="UPDATE cases SET name = NULL, kana = NULL WHERE case_id = $1",
)
