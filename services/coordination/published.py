"""What coordination tells the others (codes, ids and days only), and what it hands over sealed."""

from __future__ import annotations

from typing import Any, cast

from services.coordination.domain.events import (
    Accepted,
    ApplicationReceived,
    Closed,
    ConsentGiven,
    ConsentWithdrawn,
    GroundLost,
    GroundRenewed,
    PlanAgreed,
    Reopened,
    Returned,
    SupportRequested,
)
from services.coordination.domain.inquiry import Answered, Asked
from services.coordination.domain.meeting import ResourceMissed
from services.coordination.domain.minuted import Held
from services.coordination.domain.person import AboutPerson
from services.coordination.domain.summons import ReferrerCalled, ReferrerLetGo
from shared.casefile.handover import PersonalPartReceived
from shared.contracts import coordination as told
from shared.contracts.fact import CaseFact, Fact
from shared.contracts.handover import ERASED, Handover, LegalBasis, PersonalPart
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case Accepted() | Returned() | PersonalPartReceived():
            return _arrival(event)
        case ApplicationReceived() | ConsentGiven() | ConsentWithdrawn():
            return _consent(event)
        case Held() | ResourceMissed():
            return _meeting(event)
        case ReferrerCalled() | ReferrerLetGo():
            return _summons(event)
        case PlanAgreed() | SupportRequested() | GroundLost() | GroundRenewed():
            return _support(event)
        case Asked() | Answered():
            return _inquiry(event)
        case Closed() | Reopened():
            return _ending(event)
        case _:
            return None


def handed(event: Event) -> Handover | None:
    """The personal part: to the team that was asked, or at the end back to the counters."""
    if isinstance(event, SupportRequested):
        handover_id, to_team, on = event.handover_id, str(event.team), event.requested_on
    elif isinstance(event, Closed) and event.handover_id is not None:
        handover_id, to_team, on = event.handover_id, "intake", event.closed_on
    else:
        return None
    return Handover(
        handover_id=handover_id,
        from_team="coordination",
        to_team=to_team,
        case_id=event.case_id,
        occurred_on=on,
        basis=LegalBasis(kind=cast("Any", event.basis), reference=event.basis_reference or ERASED),
        personal=_personal(event, event.errand if isinstance(event, SupportRequested) else None),
    )


def _personal(event: AboutPerson, errand: str | None) -> PersonalPart:
    story = "\n\n".join(text for text in (errand, event.narrative) if text)
    return PersonalPart(
        name=event.name,
        kana=event.kana,
        born_on=event.born_on,
        address=event.address,
        phone=event.phone,
        household=event.household,
        narrative=story or None,
        wishes=event.wishes,
    )


def _arrival(event: Accepted | Returned | PersonalPartReceived) -> CaseFact:
    match event:
        case Accepted():
            return told.EscalationAccepted(
                occurred_on=event.accepted_on,
                case_id=event.case_id,
                escalation_id=event.escalation_id,
            )
        case Returned():
            return told.EscalationReturned(
                occurred_on=event.returned_on,
                case_id=event.case_id,
                escalation_id=event.escalation_id,
                counter=event.counter,
                reason=event.reason,
            )
        case PersonalPartReceived():
            return told.HandoverReceived(
                occurred_on=event.received_on, case_id=event.case_id, handover_id=event.handover_id
            )


def _inquiry(event: Asked | Answered) -> CaseFact:
    if isinstance(event, Asked):
        return told.InquirySent(
            occurred_on=event.asked_on,
            case_id=event.case_id,
            inquiry_id=event.inquiry_id,
            kind=event.kind,
            agency=event.agency,
        )
    return told.InquiryAnswered(
        occurred_on=event.answered_on,
        case_id=event.case_id,
        inquiry_id=event.inquiry_id,
        kind=event.kind,
        agency=event.agency,
    )


def _summons(event: ReferrerCalled | ReferrerLetGo) -> CaseFact:
    if isinstance(event, ReferrerLetGo):
        return told.SupportMeetingCalledOff(
            occurred_on=event.let_go_on,
            case_id=event.case_id,
            escalation_id=event.escalation_id,
            meeting_id=event.meeting_id,
            call_id=event.call_id,
        )
    return told.SupportMeetingCalled(
        occurred_on=event.called_on,
        case_id=event.case_id,
        escalation_id=event.escalation_id,
        meeting_id=event.meeting_id,
        call_id=event.call_id,
        counter=event.counter,
    )


def _meeting(event: Held | ResourceMissed) -> Fact:
    if isinstance(event, ResourceMissed):
        return told.ResourceMissed(
            occurred_on=event.missed_on,
            missed_id=event.missed_id,
            resource=event.resource,
            catchment=event.catchment,
        )
    return told.MeetingHeld(
        occurred_on=event.held_on,
        meeting_id=event.meeting_id,
        kind=event.kind,
        cases=len(event.cases),
    )


def _consent(event: ApplicationReceived | ConsentGiven | ConsentWithdrawn) -> CaseFact:
    match event:
        case ApplicationReceived():
            return told.ApplicationReceived(
                occurred_on=event.applied_on,
                case_id=event.case_id,
                application_id=event.application_id,
                counter=event.counter,
                nurse_district=event.nurse_district,
            )
        case ConsentGiven():
            return told.ConsentGiven(
                occurred_on=event.consented_on, case_id=event.case_id, consent_id=event.consent_id
            )
        case ConsentWithdrawn():
            return told.ConsentWithdrawn(
                occurred_on=event.withdrawn_on, case_id=event.case_id, consent_id=event.consent_id
            )


def _support(event: PlanAgreed | SupportRequested | GroundLost | GroundRenewed) -> CaseFact:
    if isinstance(event, GroundLost | GroundRenewed):
        return _ground(event)
    if isinstance(event, PlanAgreed):
        return told.PlanAgreed(
            occurred_on=event.agreed_on,
            case_id=event.case_id,
            plan_id=event.plan_id,
            round=event.round,
            review_on=event.review_on,
            agencies=event.agencies,
            participation=event.participation,
            outreach=event.outreach,
            counter=event.counter,
            nurse_district=event.nurse_district,
        )
    fact = told.ParticipationRequested if event.team == "participation" else told.OutreachRequested
    return fact(
        occurred_on=event.requested_on,
        case_id=event.case_id,
        request_id=event.request_id,
        plan_id=event.plan_id,
        nurse_district=event.nurse_district,
        handover_id=event.handover_id,
        basis=cast("Any", event.basis),
    )


def _ground(event: GroundLost | GroundRenewed) -> CaseFact:
    if isinstance(event, GroundLost):
        return told.GroundLost(
            occurred_on=event.lost_on,
            case_id=event.case_id,
            request_id=event.request_id,
            to_team=event.team,
            why=event.why,
        )
    return told.GroundRenewed(
        occurred_on=event.renewed_on,
        case_id=event.case_id,
        request_id=event.request_id,
        to_team=event.team,
        basis=cast("Any", event.basis),
    )


def _ending(event: Closed | Reopened) -> CaseFact:
    if isinstance(event, Closed):
        return told.CaseClosed(
            occurred_on=event.closed_on,
            case_id=event.case_id,
            closure_id=event.closure_id,
            lead_agency=event.lead_agency,
            reason=event.reason,
            handover_id=event.handover_id,
        )
    return told.CaseReopened(
        occurred_on=event.reopened_on,
        case_id=event.case_id,
        resumption_id=event.resumption_id,
        closure_id=event.closure_id,
        reason=event.reason,
    )
