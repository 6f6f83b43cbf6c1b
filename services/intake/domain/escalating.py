"""つなぐ: on to 多機関協働, which takes the case or gives it back (K-03, T-01, T-02x)."""

from __future__ import annotations

from datetime import date
from typing import Any
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
    sheet = known(state)
    if escalation_id in state.escalations:
        return []
    if state.status in (Status.ESCALATED, Status.ACCEPTED):
        raise Refused("already-escalated")
    if not reasons:
        raise Refused("reasons-missing")
    if on > today:
        raise Refused("escalated-in-future")
    if on < sheet.received_on:
        raise Refused("escalated-before-received")
    basis, reference = firm(ground, on)
    return [
        Escalated(
            **_handed_on(sheet),
            file=file_of(sheet, filed, returning=state.own_case != state.case_id),
            case_id=state.case_id or sheet.case_id,
            escalation_id=escalation_id,
            handover_id=handover_id,
            reasons=reasons,
            escalated_on=on,
            basis=basis,
            basis_reference=reference,
        )
    ]


def _handed_on(sheet: Received) -> dict[str, Any]:
    """What of the sheet goes on with the person."""
    return {
        "consultation_id": sheet.consultation_id,
        "counter": sheet.counter,
        "age_band": sheet.age_band,
        "household_size": sheet.household_size,
        "issues": sheet.issues,
        "catchment": sheet.catchment,
        "nurse_district": sheet.nurse_district,
        "name": sheet.name,
        "kana": sheet.kana,
        "born_on": sheet.born_on,
        "phone": sheet.phone,
        "address": sheet.address,
        "narrative": sheet.content,
        "wishes": sheet.wishes,
    }


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
