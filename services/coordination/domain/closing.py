"""終結と再開: with a 主担当 named the case rests; a change brings it back (T-08, T-09)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Phase, known, opened
from services.coordination.domain.events import (
    Accepted,
    CaseEvent,
    Closed,
    Reopened,
    ResumptionDeclined,
)
from services.coordination.domain.person import NOBODY, Person
from services.coordination.domain.support import Ground, reference_of
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Ending:
    """What is agreed at the end: who leads, when to come back, and what may go along."""

    lead_agency: str
    reason: str
    resume_when: str
    contact_every: str
    ground: Ground | None = None
    person: Person = NOBODY
    contact_until: date | None = None


def close(
    state: Case,
    *,
    closure_id: UUID,
    handover_id: UUID,
    ending: Ending,
    on: date,
    today: date,
    cleared: bool = True,
) -> list[CaseEvent]:
    """T-08: 一旦終結 with a 主担当. The personal part goes along only on a ground (N-01).
    `cleared`: signed by whom the city asks (F-08).
    """
    if closure_id in state.done:
        return []
    case_id = opened(state)
    if not cleared:
        raise Refused("approval-missing")
    if state.waiting:
        raise Refused("escalation-waiting")
    _dated(state, ending, on, today)
    ground = ending.ground
    passed_on = ground is not None and ending.person != NOBODY
    return [
        Closed(
            case_id=case_id,
            closure_id=closure_id,
            lead_agency=ending.lead_agency,
            reason=ending.reason,
            closed_on=on,
            resume_when=ending.resume_when,
            contact_every=ending.contact_every,
            contact_until=ending.contact_until,
            handover_id=handover_id if passed_on else None,
            basis=ground.kind if ground else None,
            basis_reference=_reference(state, ending, on),
            **asdict(ending.person if passed_on else NOBODY),
        )
    ]


def _dated(state: Case, ending: Ending, on: date, today: date) -> None:
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    if ending.contact_until is not None and ending.contact_until < on:
        raise Refused("contact-ends-before-closure")


def _reference(state: Case, ending: Ending, on: date) -> str | None:
    if ending.ground is None:
        return None
    return reference_of(state, ending.ground, "afterwards", on, (ending.lead_agency,))


def decline_resumption(
    state: Case,
    *,
    declination_id: UUID,
    consultation_id: UUID,
    reason: str,
    on: date,
    today: date,
) -> list[CaseEvent]:
    """T-09: somebody came again and the case is not resumed, for a reason; what came later asks
    anew.
    """
    case_id = known(state)
    if declination_id in state.done:
        return []
    if state.phase is not Phase.CLOSED:
        raise Refused("case-open")
    if not state.came_back:
        raise Refused("nobody-came-back")
    if state.came_back[-1] != consultation_id:
        raise Refused("came-back-meanwhile")
    if not reason.strip():
        raise Refused("declining-reason-missing")
    day_between(on, today, since=state.since, otherwise="before-closure")
    return [
        ResumptionDeclined(
            case_id=case_id,
            declination_id=declination_id,
            consultation_id=consultation_id,
            declined_on=on,
            reason=reason.strip(),
        )
    ]


def resume(
    state: Case,
    *,
    resumption_id: UUID,
    closure_id: UUID,
    reason: str,
    on: date,
    today: date,
    note: str | None = None,
) -> list[CaseEvent]:
    """T-09: promptly. Undoes the closure it names and takes what was escalated meanwhile."""
    case_id = known(state)
    if resumption_id in state.done:
        return []
    if closure_id not in state.done:
        raise Refused("closure-unknown")
    if state.phase is not Phase.CLOSED or state.closure_id != closure_id:
        raise Refused("closure-undone")
    day_between(on, today, since=state.since, otherwise="before-closure")
    reopened = Reopened(
        case_id=case_id,
        resumption_id=resumption_id,
        closure_id=closure_id,
        reason=reason,
        reopened_on=on,
        note=note,
    )
    taken = [
        Accepted(
            case_id=case_id, escalation_id=escalation_id, accepted_on=max(on, one.escalated_on)
        )
        for escalation_id, one in state.waiting.items()
    ]
    return [reopened, *taken]
