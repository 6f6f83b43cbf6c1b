"""合わせる・離す (F-20): a consultation joins a known case, or gets its own back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.intake.domain.consultation import (
    Attached,
    Consultation,
    ConsultationEvent,
    Detached,
    Status,
)
from shared.sourcing.decider import Refused


def attach(
    state: Consultation, *, case_id: UUID, former_case_id: UUID, on: date
) -> list[ConsultationEvent]:
    """F-20: the person turned out to be known. `former_case_id` is what the screen showed."""
    if state.sheet is None:
        raise Refused("consultation-unknown")
    if state.case_id == case_id:
        return []
    if state.status in (Status.ESCALATED, Status.ACCEPTED):
        raise Refused("escalated-stays-with-its-case")
    if state.case_id != former_case_id:
        raise Refused("attached-meanwhile")
    return [
        Attached(
            consultation_id=state.sheet.consultation_id,
            case_id=case_id,
            former_case_id=former_case_id,
            attached_on=on,
        )
    ]


def detach(
    state: Consultation, *, new_case_id: UUID, former_case_id: UUID, reason: str, on: date
) -> list[ConsultationEvent]:
    """Back to the case it was received with; to a new one if that was somebody else's from the
    start. `former_case_id` is what the screen showed.
    """
    if state.sheet is None:
        raise Refused("consultation-unknown")
    if state.case_id == state.own_case:
        return []
    if state.status in (Status.ESCALATED, Status.ACCEPTED):
        raise Refused("escalated-stays-with-its-case")
    if state.case_id != former_case_id:
        raise Refused("attached-meanwhile")
    if not reason.strip():
        raise Refused("detachment-reason-missing")
    return [
        Detached(
            consultation_id=state.sheet.consultation_id,
            case_id=state.own_case or new_case_id,
            former_case_id=former_case_id,
            detached_on=on,
            reason=reason,
        )
    ]
