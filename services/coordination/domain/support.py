"""依頼: 参加支援 and アウトリーチ等 asked for, and what those teams tell us (T-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Consent, opened
from services.coordination.domain.events import (
    CaseEvent,
    Purpose,
    Step,
    SupportReported,
    SupportRequested,
    Team,
)
from services.coordination.domain.meeting import Meeting
from services.coordination.domain.person import NOBODY, Person
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Ground:
    """法的根拠: why the personal part may go to another team (N-01)."""

    kind: str
    """consent, support-meeting, other-law or urgency"""
    reference: str | None = None
    """Consent id and meeting id are found; an article of law or a reason of urgency is written."""
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Errand:
    """Which team is asked for what, about whom, on which ground."""

    team: Team
    text: str
    ground: Ground
    person: Person
    agency: str | None = None
    """Where that team works."""


def request_support(
    state: Case,
    *,
    request_id: UUID,
    handover_id: UUID,
    errand: Errand,
    on: date,
    today: date,
) -> list[CaseEvent]:
    """T-20: judged necessary in 多機関協働. Nothing personal leaves without a ground."""
    if request_id in state.done:
        return []
    case_id = opened(state)
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    if errand.person == NOBODY:
        raise Refused("person-unknown")
    agencies = (errand.agency,) if errand.agency else ()
    reference = reference_of(state, errand.ground, errand.team, on, agencies)
    return [
        SupportRequested(
            case_id=case_id,
            team=errand.team,
            request_id=request_id,
            plan_id=state.plan_id,
            nurse_district=state.nurse_district,
            handover_id=handover_id,
            basis=errand.ground.kind,
            basis_reference=reference,
            requested_on=on,
            errand=errand.text,
            **asdict(errand.person),
        )
    ]


def reference_of(
    state: Case, ground: Ground, purpose: Purpose, on: date, agencies: Sequence[str] = ()
) -> str:
    """N-01: what the ground rests on, or a refusal if it does not hold for these on that day."""
    if ground.kind == "consent":
        if state.consent is not Consent.GIVEN:
            raise Refused("consent-missing")
        state.scope.check(purpose, on, agencies)
        return str(state.consent_id)
    if ground.kind == "support-meeting":
        _sat_about(state, ground.meeting, agencies)
    if not ground.reference:
        raise Refused("ground-missing")
    return ground.reference


def _sat_about(state: Case, meeting: Meeting | None, agencies: Sequence[str]) -> None:
    """106条の6: among those who sat there about this case, and nobody else."""
    if meeting is None or meeting.kind != "support-meeting" or state.case_id not in meeting.cases:
        raise Refused("support-meeting-missing")
    if any(one not in meeting.members for one in agencies):
        raise Refused("agency-not-member")


def note_report(
    state: Case, *, request_id: UUID, step: Step, item_id: UUID, on: date, code: str | None = None
) -> list[CaseEvent]:
    """T-20, T-07: what a team told about our request, once; about no request of ours, nothing."""
    if state.case_id is None or request_id not in state.requests:
        return []
    if (step, item_id) in state.heard:
        return []
    return [
        SupportReported(
            case_id=state.case_id,
            request_id=request_id,
            step=step,
            item_id=item_id,
            happened_on=on,
            code=code,
        )
    ]
