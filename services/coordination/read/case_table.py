"""How the tables of `cases` are written: one row per case and one per escalation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from services.coordination.domain import events as e
from services.coordination.domain.evaluation import Shared
from shared.sourcing.log import Entry, ReadModel, Write


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order, so that a case closed and resumed in one batch ends up resumed."""
    for entry in batch:
        for sql, row in _written(entry.event):
            yield Write(sql, [row])


def _written(event: Any) -> Sequence[tuple[str, dict[str, Any]]]:
    match event:
        case e.Escalated() | e.Accepted() | e.Returned():
            return _escalation(event)
        case e.ApplicationReceived():
            return ((_APPLIED, event.model_dump(include=_PERSON)),)
        case e.ConsentGiven() | e.ConsentRefused() | e.ConsentWithdrawn():
            return ((_CONSENT, _consent(event)),)
        case e.PlanAgreed():
            return ((_PLANNED, event.model_dump(include=_PLAN)),)
        case e.Closed():
            return ((_CLOSED, event.model_dump(include=_CLOSURE)),)
        case _:
            return _after_the_end(event)


def _after_the_end(event: Any) -> Sequence[tuple[str, dict[str, Any]]]:
    match event:
        case e.CameBack():
            told = {"case_id", "came_on", "consultation_id"}
            return ((_CAME_BACK, event.model_dump(include=told)),)
        case e.CameBackByMistake():
            return ((_MISTAKEN, event.model_dump(include={"case_id", "consultation_id"})),)
        case e.ResumptionDeclined():
            return ((_DECLINED, {"case_id": event.case_id}),)
        case e.NurseAssigned():
            return ((_NURSED, event.model_dump(include={"case_id", "nurse_district"})),)
        case e.KeeperNamed():
            return ((_KEPT, event.model_dump(include={"case_id", "keeper", "keeper_name"})),)
        case e.Reopened():
            return ((_REOPENED, event.model_dump(include={"case_id", "reopened_on"})),)
        case Shared():
            return ((_SHARED, event.model_dump(include={"case_id", "shared_on"})),)
        case _:
            return ()


def _escalation(
    event: e.Escalated | e.Accepted | e.Returned,
) -> Sequence[tuple[str, dict[str, Any]]]:
    phase = (_PHASE, {"case_id": event.case_id})
    match event:
        case e.Escalated():
            row = event.model_dump(include=_ESCALATION)
            return ((_FIRST, row), (_ESCALATED, row), phase)
        case e.Accepted():
            row = {"case_id": event.case_id, "day": event.accepted_on}
            return (
                (_DECIDED, _decided(event, "accepted", event.accepted_on)),
                (_OPENED, row),
                phase,
            )
        case e.Returned():
            decided = _decided(event, "returned", event.returned_on)
            ended = event.model_dump(include={"case_id", "returned_on", "look_on"})
            return ((_DECIDED, decided), phase, (_NEXT_ROUND, ended))


def _decided(event: e.Accepted | e.Returned, status: str, day: date) -> dict[str, Any]:
    return {"escalation_id": event.escalation_id, "status": status, "day": day}


def _consent(event: e.ConsentGiven | e.ConsentRefused | e.ConsentWithdrawn) -> dict[str, Any]:
    match event:
        case e.ConsentGiven():
            said = {
                "consent": "given",
                "day": event.consented_on,
                "consent_id": event.consent_id,
                "until": event.expires_on,
                "purposes": event.purposes,
                "recipients": event.recipients,
            }
        case e.ConsentRefused():
            said = {"consent": "refused", "day": event.refused_on, "consent_id": None}
        case e.ConsentWithdrawn():
            said = {"consent": "withdrawn", "day": event.withdrawn_on, "consent_id": None}
    return {"case_id": event.case_id, **said}


_PERSON = {"case_id", "applied_on", "name", "kana"}
_PLAN = {"case_id", "round", "plan_id", "agreed_on", "review_on", "contact_desk"}
_CLOSURE = {"case_id", "closure_id", "closed_on", "lead_agency", "contact_every", "contact_until"}
_ESCALATION = {
    *("case_id", "counter", "age_band", "household_size", "issues", "catchment"),
    *("nurse_district", "escalation_id", "reasons", "basis", "handover_id", "escalated_on"),
}

_FIRST = """
INSERT INTO cases (case_id, phase, counter, age_band, household_size, issues, catchment,
                   nurse_district, referrers)
SELECT n.case_id, 'waiting', n.counter, n.age_band, n.household_size, n.issues, n.catchment,
       n.nurse_district, ARRAY[n.counter]
FROM json_to_recordset($1) AS n(
  case_id uuid, counter text, age_band text, household_size int, issues text[], catchment text,
  nurse_district text)
ON CONFLICT (case_id) DO UPDATE
SET counter = EXCLUDED.counter, age_band = EXCLUDED.age_band,
  household_size = coalesce(EXCLUDED.household_size, cases.household_size),
  issues = EXCLUDED.issues, catchment = coalesce(EXCLUDED.catchment, cases.catchment),
  nurse_district = coalesce(EXCLUDED.nurse_district, cases.nurse_district),
  referrers = ARRAY(SELECT DISTINCT unnest(cases.referrers || EXCLUDED.referrers) ORDER BY 1)
"""
_ESCALATED = """
INSERT INTO escalations (escalation_id, case_id, counter, reasons, basis, handover_id, escalated_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  escalation_id uuid, case_id uuid, counter text, reasons text[], basis text, handover_id uuid,
  escalated_on date)
ON CONFLICT (escalation_id) DO NOTHING
"""
_DECIDED = """
UPDATE escalations s SET status = n.status, decided_on = n.day
FROM json_to_recordset($1) AS n(escalation_id uuid, status text, day date)
WHERE s.escalation_id = n.escalation_id
"""
_OPENED = """
UPDATE cases c SET opened_on = coalesce(c.opened_on, n.day), look_on = NULL
FROM json_to_recordset($1) AS n(case_id uuid, day date) WHERE c.case_id = n.case_id
"""
_PHASE = """
UPDATE cases c SET waiting_since = (
    SELECT min(s.escalated_on) FROM escalations s
    WHERE s.case_id = c.case_id AND s.status = 'waiting'),
  phase = CASE
  WHEN c.phase = 'closed' THEN 'closed'
  WHEN EXISTS (SELECT FROM escalations s WHERE s.case_id = c.case_id AND s.status = 'accepted')
    THEN 'open'
  WHEN EXISTS (SELECT FROM escalations s WHERE s.case_id = c.case_id AND s.status = 'waiting')
    THEN 'waiting'
  ELSE 'returned' END
FROM json_to_recordset($1) AS n(case_id uuid) WHERE c.case_id = n.case_id
"""
_NEXT_ROUND = """
UPDATE cases c SET applied_on = NULL, consent = 'unknown', consent_on = NULL, consent_id = NULL,
  consent_until = NULL, consent_purposes = '{}', consent_recipients = '{}', opened_on = NULL,
  given_back_on = n.returned_on, look_on = n.look_on
FROM json_to_recordset($1) AS n(case_id uuid, returned_on date, look_on date)
WHERE c.case_id = n.case_id AND c.phase IN ('waiting', 'returned')
"""
_CAME_BACK = """
UPDATE cases c SET came_back_on = coalesce(c.came_back_on, n.came_on),
  came_back_by = array_append(array_remove(c.came_back_by, n.consultation_id), n.consultation_id)
FROM json_to_recordset($1) AS n(case_id uuid, came_on date, consultation_id uuid)
WHERE c.case_id = n.case_id
"""
_MISTAKEN = """
UPDATE cases c SET came_back_by = array_remove(c.came_back_by, n.consultation_id),
  came_back_on = CASE WHEN array_remove(c.came_back_by, n.consultation_id) <> '{}'
    THEN c.came_back_on END
FROM json_to_recordset($1) AS n(case_id uuid, consultation_id uuid) WHERE c.case_id = n.case_id
"""
_DECLINED = """
UPDATE cases c SET came_back_on = NULL, came_back_by = '{}'
FROM json_to_recordset($1) AS n(case_id uuid) WHERE c.case_id = n.case_id
"""
_NURSED = """
UPDATE cases c SET nurse_district = n.nurse_district
FROM json_to_recordset($1) AS n(case_id uuid, nurse_district text) WHERE c.case_id = n.case_id
"""
_KEPT = """
UPDATE cases c SET keeper = n.keeper, keeper_name = n.keeper_name
FROM json_to_recordset($1) AS n(case_id uuid, keeper text, keeper_name text)
WHERE c.case_id = n.case_id
"""
_APPLIED = """
UPDATE cases c SET applied_on = n.applied_on, name = coalesce(n.name, c.name),
  kana = coalesce(n.kana, c.kana)
FROM json_to_recordset($1) AS n(case_id uuid, applied_on date, name text, kana text)
WHERE c.case_id = n.case_id
"""
_CONSENT = """
UPDATE cases c SET consent = n.consent, consent_on = n.day, consent_id = n.consent_id,
  consent_until = n.until, consent_purposes = coalesce(n.purposes, '{}'),
  consent_recipients = coalesce(n.recipients, '{}')
FROM json_to_recordset($1) AS n(case_id uuid, consent text, day date, consent_id uuid, until date,
  purposes text[], recipients text[])
WHERE c.case_id = n.case_id
"""
_PLANNED = """
UPDATE cases c SET round = n.round, plan_id = n.plan_id, planned_on = n.agreed_on,
  review_on = n.review_on, contact_desk = n.contact_desk, resumed_on = NULL
FROM json_to_recordset($1) AS n(
  case_id uuid, round int, plan_id uuid, agreed_on date, review_on date, contact_desk text)
WHERE c.case_id = n.case_id
"""
_CLOSED = """
UPDATE cases c SET phase = 'closed', closure_id = n.closure_id, closed_on = n.closed_on,
  lead_agency = n.lead_agency, contact_every = n.contact_every, contact_until = n.contact_until,
  shared_on = NULL, resumed_on = NULL
FROM json_to_recordset($1) AS n(case_id uuid, closure_id uuid, closed_on date, lead_agency text,
  contact_every text, contact_until date)
WHERE c.case_id = n.case_id
"""
_REOPENED = """
UPDATE cases c SET phase = 'open', closure_id = NULL, closed_on = NULL, lead_agency = NULL,
  contact_every = NULL, contact_until = NULL, shared_on = NULL, came_back_on = NULL,
  came_back_by = '{}', resumed_on = n.reopened_on
FROM json_to_recordset($1) AS n(case_id uuid, reopened_on date) WHERE c.case_id = n.case_id
"""
_SHARED = """
UPDATE cases c SET shared_on = greatest(c.shared_on, n.shared_on)
FROM json_to_recordset($1) AS n(case_id uuid, shared_on date)
WHERE c.case_id = n.case_id AND c.phase = 'closed'
"""

cases = ReadModel(
    "cases",
    ("cases", "escalations"),
    project,
    purge="UPDATE cases SET name = NULL, kana = NULL WHERE case_id = $1",
)
