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
from services.intake.domain.ground import ASKED, Ground, firm
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
    """K-03: complex, and the roles need dividing. Nothing is passed on without a legal basis:
    where there is none yet, the codes go alone and ask for a 支援会議 (T-03).
    """
    if escalation_id in state.escalations:
        return []
    sheet = _ready_to_escalate(state, reasons, on, today)
    said: dict[str, object] = {"basis": ASKED}
    if ground.kind != ASKED:
        basis, reference = firm(ground, on)
        said = {"basis": basis, "basis_reference": reference, **personal(state, filed)}
    return [
        Escalated.model_validate(
            {
                **sheet.model_dump(include=_CODES),
                **said,
                "case_id": state.case_id or sheet.case_id,
                "escalation_id": escalation_id,
                "handover_id": handover_id,
                "reasons": reasons,
                "escalated_on": on,
            }
        )
    ]


_CODES = {
    *("consultation_id", "counter", "age_band", "household_size", "issues", "catchment"),
    "nurse_district",
}
_PERSON = {"name", "kana", "born_on", "phone", "address", "wishes"}
"""What of the sheet is said beside the file, under its own name."""


def personal(state: Consultation, filed: Filed) -> dict[str, object]:
    """What 多機関協働 needs to go on with the person, as it stands now."""
    sheet = known(state)
    return {
        **sheet.model_dump(include=_PERSON),
        "narrative": sheet.content,
        "file": file_of(sheet, filed, returning=state.own_case != state.case_id),
    }


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
