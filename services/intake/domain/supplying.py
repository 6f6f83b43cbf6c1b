"""支援会議に渡す (T-03, 1.10): who was escalated without a ground is named when there is one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.intake.domain.consultation import (
    CalledToMeeting,
    Consultation,
    ConsultationEvent,
    MeetingCalledOff,
    PartHandedOver,
    known,
)
from services.intake.domain.escalating import personal
from services.intake.domain.filing import NOTHING, Filed
from services.intake.domain.ground import Ground, firm
from shared.sourcing.decider import Refused


def note_call(
    state: Consultation, *, escalation_id: UUID, meeting_id: UUID, call_id: UUID, on: date
) -> list[ConsultationEvent]:
    """A 支援会議 about the case asks us to come. One about an older escalation offers nothing."""
    asked = state.nameless
    if asked is None or asked.escalation_id != escalation_id or call_id in state.heard:
        return []
    return [
        CalledToMeeting(
            consultation_id=asked.consultation_id,
            escalation_id=escalation_id,
            meeting_id=meeting_id,
            call_id=call_id,
            called_on=on,
        )
    ]


def note_call_off(state: Consultation, *, call_id: UUID, on: date) -> list[ConsultationEvent]:
    """It is not to be: the offer goes. What was handed over before that stays handed over."""
    if call_id not in state.calls or state.sheet is None:
        return []
    return [
        MeetingCalledOff(
            consultation_id=state.sheet.consultation_id, call_id=call_id, called_off_on=on
        )
    ]


def hand_over(
    state: Consultation, *, ground: Ground, on: date, filed: Filed = NOTHING
) -> list[ConsultationEvent]:
    """The part that waited, once: on a 支援会議 we were called to, or on another ground."""
    sheet, asked = known(state), state.nameless
    if asked is None:
        if state.supplied is not None and state.supplied == state.escalation_id:
            return []
        raise Refused("nothing-to-hand-over")
    basis, reference = firm(ground, on)
    if basis == "support-meeting" and reference not in {str(one) for one in state.calls.values()}:
        raise Refused("not-called-to-meeting")
    return [
        PartHandedOver.model_validate(
            {
                **personal(state, filed),
                "consultation_id": asked.consultation_id,
                "case_id": asked.case_id,
                "escalation_id": asked.escalation_id,
                "handover_id": asked.handover_id,
                "household_size": sheet.household_size,
                "handed_on": on,
                "basis": basis,
                "basis_reference": reference,
            }
        )
    ]
