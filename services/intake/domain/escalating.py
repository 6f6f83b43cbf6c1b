"""つなぐ: on to 多機関協働, which takes the case or gives it back (K-03, T-01, T-02x)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.intake.domain.consultation import (
    Accepted,
    Consultation,
    ConsultationEvent,
    Escalated,
    Received,
    Status,
    TakenBack,
    known,
)
from services.intake.domain.filing import NOTHING, Filed, file_of
from services.intake.domain.ground import Ground, firm
from shared.sourcing.decider import Refused


def escalate(
    state: Consultation,
    *,
    escalation_id: UUID,
    handover_id: UUID,
    reasons: tuple[str, ...],
    ground: Ground,
    on: date,
    today: date,
    filed: Filed = NOTHING,
) -> list[ConsultationEvent]:
    """K-03: complex, and the roles need dividing. Nothing is passed on without a legal basis."""
    if escalation_id in state.escalations:
        return []
    sheet = _ready_to_escalate(state, reasons, on, today)
    basis, reference = firm(ground, on)
    return [
        Escalated(
            **sheet.model_dump(include=_GOES_ON),
            case_id=state.case_id or sheet.case_id,
            escalation_id=escalation_id,
            handover_id=handover_id,
            reasons=reasons,
            escalated_on=on,
            basis=basis,
            basis_reference=reference,
            narrative=sheet.content,
            file=file_of(sheet, filed, returning=state.own_case != state.case_id),
        )
    ]


_GOES_ON = {
    *("consultation_id", "counter", "age_band", "household_size", "issues", "catchment"),
    *("nurse_district", "name", "kana", "born_on", "phone", "address", "wishes"),
}
"""What of the sheet is said beside the file, under its own name."""


def _ready_to_escalate(
    state: Consultation, reasons: tuple[str, ...], on: date, today: date
) -> Received:
    sheet = known(state)
    if state.status in (Status.ESCALATED, Status.ACCEPTED):
        raise Refused("already-escalated")
    if not reasons:
        raise Refused("reasons-missing")
    if on > today:
        raise Refused("escalated-in-future")
    if on < sheet.received_on:
        raise Refused("escalated-before-received")
    return sheet


def note_acceptance(
    state: Consultation, *, escalation_id: UUID, on: date
) -> list[ConsultationEvent]:
    """T-01: 多機関協働 took it. An answer to an older escalation changes nothing."""
    if state.sheet is None or state.status is not Status.ESCALATED:
        return []
    if state.escalation_id != escalation_id:
        return []
    return [
        Accepted(
            consultation_id=state.sheet.consultation_id, escalation_id=escalation_id, accepted_on=on
        )
    ]


def take_back(
    state: Consultation, *, escalation_id: UUID, reason: str, on: date
) -> list[ConsultationEvent]:
    """T-02x: returned to us, the link stays. A late return of an older one takes nothing back."""
    if state.sheet is None or state.status not in (Status.ESCALATED, Status.ACCEPTED):
        return []
    if state.escalation_id != escalation_id:
        return []
    return [
        TakenBack(
            consultation_id=state.sheet.consultation_id,
            escalation_id=escalation_id,
            reason=reason,
            returned_on=on,
        )
    ]
