"""What intake tells the others: codes, ids and days, never a name, a town or a story.

The personal part of an escalation leaves by another door, sealed (`handovers`).
"""

from __future__ import annotations

from services.intake.domain.beyond import FieldCorrected, FieldJudged
from services.intake.domain.consultation import (
    Attached,
    Detached,
    Escalated,
    PartHandedOver,
    Received,
)
from services.intake.domain.ground import ASKED
from services.intake.domain.referral import Finished, Sent, SentBack, Taken
from services.intake.domain.sheet import SheetCorrected
from shared.casefile.handover import PersonalPartReceived
from shared.contracts.fact import Fact
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.contracts.intake import (
    BeyondFieldReviewed,
    CaseEscalated,
    ConsultationAttached,
    ConsultationCorrected,
    ConsultationReceived,
    ConsultationReferred,
    HandoverReceived,
    ReferralAnswered,
    ReferralEnded,
)
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case Received():
            return _received(event)
        case SheetCorrected():
            return _corrected(event)
        case Attached() | Detached():
            return _linked(event)
        case Escalated():
            return _escalated(event)
        case FieldJudged() | FieldCorrected():
            return _reviewed(event)
        case PersonalPartReceived():
            return HandoverReceived(
                occurred_on=event.received_on, case_id=event.case_id, handover_id=event.handover_id
            )
        case Sent() | Taken() | SentBack() | Finished():
            return _referral(event)
        case _:
            return None


def _linked(event: Attached | Detached) -> ConsultationAttached:
    apart = isinstance(event, Detached)
    return ConsultationAttached(
        occurred_on=event.detached_on if isinstance(event, Detached) else event.attached_on,
        case_id=event.case_id,
        consultation_id=event.consultation_id,
        former_case_id=event.former_case_id,
        unlinked=apart,
    )


def _referral(event: Sent | Taken | SentBack | Finished) -> Fact:
    """All but the letter itself and the notes."""
    kind: type[Fact]
    match event:
        case Sent():
            kind, day, more = ConsultationReferred, event.sent_on, {"counter": event.from_counter}
        case Taken():
            kind, day, more = ReferralAnswered, event.taken_on, {"answer": "taken"}
        case SentBack():
            more = {"answer": "sent-back", "reason": event.reason}
            kind, day = ReferralAnswered, event.sent_back_on
        case Finished():
            kind, day, more = ReferralEnded, event.finished_on, {"outcome": event.outcome}
    return kind.model_validate(event.model_dump(include=_WHOSE) | more | {"occurred_on": day})


_WHOSE = {"case_id", "consultation_id", "referral_id", "to_counter"}


def handovers(event: Event) -> Handover | None:
    """K-03: what 多機関協働 needs to go on with the person, on the ground the event names. An
    escalation that asked for a 支援会議 names none, and sends nothing (T-03).
    """
    if not isinstance(event, Escalated | PartHandedOver):
        return None
    if event.basis == ASKED or event.basis_reference is None:
        return None
    return Handover(
        handover_id=event.handover_id,
        from_team="intake",
        to_team="coordination",
        case_id=event.case_id,
        occurred_on=event.escalated_on if isinstance(event, Escalated) else event.handed_on,
        basis=LegalBasis(kind=event.basis, reference=event.basis_reference),
        personal=PersonalPart(
            name=event.name,
            kana=event.kana,
            born_on=event.born_on,
            address=event.address,
            phone=event.phone,
            household=f"{event.household_size}人" if event.household_size else None,
            narrative=event.narrative,
            wishes=event.wishes,
            file=event.file,
        ),
    )


def _received(event: Received) -> ConsultationReceived:
    return ConsultationReceived(
        occurred_on=event.received_on,
        case_id=event.case_id,
        consultation_id=event.consultation_id,
        counter=event.counter,
        programme=event.programme,
        channel=event.channel,
        source=event.source,
        age_band=event.age_band,
        household_size=event.household_size,
        issues=event.issues,
        catchment=event.catchment,
        nurse_district=event.nurse_district,
        returning=event.returning,
        beyond_field=bool(event.beyond),
    )


_CODES = {"channel", "source", "household_size", "issues", "catchment", "nurse_district"}


def _corrected(event: SheetCorrected) -> ConsultationCorrected | None:
    """A name or a phone number put right is nobody else's business."""
    if event.age_band == event.former_age_band and not _CODES.intersection(event.changed):
        return None
    same_names = ConsultationCorrected.model_fields.keys() - {"occurred_on", "case_id"}
    return ConsultationCorrected.model_validate(
        event.model_dump(include=set(same_names))
        | {"occurred_on": event.received_on, "case_id": event.of_case}
    )


def _reviewed(event: FieldJudged | FieldCorrected) -> BeyondFieldReviewed:
    """It counts for the day of the consultation, whenever it was found out."""
    return BeyondFieldReviewed(
        occurred_on=event.received_on,
        case_id=event.case_id,
        consultation_id=event.consultation_id,
        counter=event.counter,
        programme=event.programme,
        beyond=event.beyond,
        by="rule" if isinstance(event, FieldJudged) else "staff",
        reviewed_on=event.judged_on if isinstance(event, FieldJudged) else event.corrected_on,
        nurse_district=event.nurse_district,
    )


def _escalated(event: Escalated) -> CaseEscalated:
    return CaseEscalated(
        occurred_on=event.escalated_on,
        case_id=event.case_id,
        escalation_id=event.escalation_id,
        consultation_id=event.consultation_id,
        counter=event.counter,
        reasons=event.reasons,
        age_band=event.age_band,
        household_size=event.household_size,
        issues=event.issues,
        catchment=event.catchment,
        nurse_district=event.nurse_district,
        handover_id=event.handover_id,
        basis=event.basis,
    )
