"""ケースの一覧: one row per case as it stands, with what waits for a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.sourcing.log import Connection

SHOWN = 500
"""Rows of one list at the most."""


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
    came_back_on: date | None
    """The person of the closed case came to a counter again (T-09)."""
    name: str | None
    kana: str | None
    waiting_since: date | None
    running: int
    """Requests to other teams that have not ended."""
    plan_meeting_on: date | None
    support_meeting_on: date | None
    referrers: list[str]
    """Every counter that ever escalated the case stays linked (T-02x)."""
    consent_until: date | None
    consent_purposes: list[str]
    """What the consent is for; empty: all of it."""
    consent_recipients: list[str]
    """With whom to share; empty: all that take part."""
    policy_review_on: date | None
    """支援方針 that a 支援会議 set without consent, and when it is looked at again."""

    def next_step(self, today: date) -> str:
        """What a coordinator does next (T-01 … T-09)."""
        if self.phase == "closed":
            return "resume" if self.waiting_since or self.came_back_on else "keep-contact"
        if self.waiting_since or self.phase in {"waiting", "returned"}:
            return "keep-link" if self.phase == "returned" else "decide"
        if self.applied_on is None:
            return "application"
        if self.consent_is_over(today):
            return "consent-again"
        if self.consent != "given":
            return self._without_consent(today) if self.consent == "refused" else "consent"
        if self.plan_id is None:
            return "plan" if self.plan_meeting_on else "meeting"
        return "review" if self.is_due(today) else "follow"

    def _without_consent(self, today: date) -> str:
        """T-03: a 支援会議, what it decided, and the day to look again."""
        met, since = self.support_meeting_on, self.consent_on
        if met is None or (since is not None and met < since):
            return "support-meeting"
        if self.policy_review_on is None:
            return "policy"
        return "policy-review" if self.policy_review_on <= today else "follow"

    def consent_is_over(self, today: date) -> bool:
        """It was given for a time, and the time is over (F-03)."""
        given = self.consent == "given" and self.consent_until is not None
        return given and today > (self.consent_until or today)

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
    db: Connection,
    *,
    status: str | None = None,
    q: str = "",
    district: str | None = None,
    back: bool = False,
    linked: str | None = None,
) -> list[CaseRow]:
    """Waiting first, oldest first; then by the next review. Status waiting finds all that waits,
    `back` the closed ones whose person came again. Of a district also those of none (G-3); `linked`
    to an agency that referred or leads them.
    """
    name = f"%{_plain(q)}%" if q.strip() else None
    rows = await db.fetch(_LIST, status, name, district, back, SHOWN, linked)
    return [CaseRow(*row) for row in rows]


async def cases_in(db: Connection, case_ids: Sequence[UUID]) -> list[CaseRow]:
    """These cases, in no order."""
    rows = await db.fetch(_ALL + "WHERE c.case_id = ANY($1::uuid[])", list(case_ids))
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


def _plain(text: str) -> str:
    return "".join(text.split()).replace("%", "").replace("_", "")


_ALL = """
SELECT c.case_id, c.phase, c.counter, c.age_band, c.household_size, c.issues, c.catchment,
       c.nurse_district, c.opened_on, c.applied_on, c.consent, c.consent_on, c.consent_id, c.round,
       c.plan_id, c.planned_on, c.review_on, c.contact_desk, c.closure_id, c.closed_on,
       c.lead_agency, c.contact_every, c.came_back_on, coalesce(c.name, h.name),
       coalesce(c.kana, h.kana),
       w.since, (SELECT count(*)::int FROM requests r
                 WHERE r.case_id = c.case_id AND r.status <> 'ended'),
       m.plan_on, m.support_on,
       ARRAY(SELECT DISTINCT s.counter FROM escalations s WHERE s.case_id = c.case_id),
       c.consent_until, c.consent_purposes, c.consent_recipients,
       (SELECT next_review_on FROM plan_reviews p WHERE p.case_id = c.case_id AND p.kind = 'policy')
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
  AND ($3::text IS NULL OR c.nurse_district IS NULL OR c.nurse_district = $3)
  AND ($6::text IS NULL OR c.lead_agency = $6 OR EXISTS (
    SELECT FROM escalations s WHERE s.case_id = c.case_id AND s.counter = $6))
  AND (NOT $4 OR (c.phase = 'closed' AND c.came_back_on IS NOT NULL))
ORDER BY w.since NULLS LAST, c.review_on NULLS FIRST, c.case_id LIMIT $5
"""
)
_ESCALATIONS = """
SELECT escalation_id, counter, reasons, basis, handover_id, escalated_on, status, decided_on
FROM escalations WHERE case_id = $1 ORDER BY escalated_on, escalation_id
"""
_HANDOVERS = """
SELECT handover_id FROM handed_over WHERE case_id = $1 ORDER BY received_on, handover_id
"""
