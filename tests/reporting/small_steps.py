"""Steps of the small city's cases, and what is asked of one another: for S-01, S-03 and S-04."""

from __future__ import annotations

from uuid import uuid4

from services.community.domain import gap
from services.coordination.domain import case, events, inquiry, meeting
from services.intake.domain import consultation, referral
from services.outreach.domain import lead
from services.participation.domain import events as participated
from services.participation.domain import request as participation
from shared.sourcing.decider import Event
from tests.reporting.small_sheets import CASE, JUNE, MAY, Stream, received


def steps() -> list[Stream]:
    """One of each."""
    return [
        ("intake", consultation.consultation, escalated()),
        ("intake", referral.referral, [referred()]),
        ("outreach", lead.lead, [proposed()]),
        ("coordination", case.case, walked()),
        ("coordination", inquiry.inquiry, inquired()),
        ("coordination", meeting.meeting, [missed()]),
        ("participation", participation.request, [started()]),
        ("community", gap.gap, closed_gap()),
    ]


def escalated() -> list[Event]:
    """By somebody who comes back; where the nurse is, is not known yet."""
    sheet = received("C-01", (), returning=True)
    return [
        sheet,
        consultation.Escalated(
            consultation_id=sheet.consultation_id,
            case_id=CASE,
            escalation_id=uuid4(),
            handover_id=uuid4(),
            counter="C-01",
            reasons=("complex",),
            escalated_on=JUNE,
            basis="consent",
        ),
    ]


def referred() -> referral.Sent:
    return referral.Sent(
        referral_id=uuid4(),
        consultation_id=uuid4(),
        case_id=CASE,
        from_counter="C-01",
        to_counter="C-04",
        sent_on=JUNE,
        answer_by=JUNE,
        basis="consent",
    )


def proposed() -> lead.Proposed:
    return lead.Proposed(
        lead_id=uuid4(),
        case_id=CASE,
        proposal_id=uuid4(),
        handover_id=uuid4(),
        counter="C-08",
        reasons=("complex",),
        nurse_district="akikawa-a",
        basis="urgency",
        proposed_on=JUNE,
    )


def walked() -> list[Event]:
    closure = uuid4()
    requests = [
        events.SupportRequested(
            case_id=CASE,
            team="participation",
            request_id=uuid4(),
            nurse_district=district,
            handover_id=uuid4(),
            basis="consent",
            requested_on=JUNE,
        )
        for district in (None, "akikawa-a")
    ]
    return [
        events.Accepted(case_id=CASE, escalation_id=uuid4(), accepted_on=MAY),
        events.Returned(
            case_id=CASE, escalation_id=uuid4(), counter="C-01", reason="x", returned_on=MAY
        ),
        events.ConsentGiven(case_id=CASE, consent_id=uuid4(), consented_on=MAY, method="written"),
        events.ConsentWithdrawn(case_id=CASE, consent_id=uuid4(), withdrawn_on=JUNE),
        *requests,
        events.Closed(
            case_id=CASE,
            closure_id=closure,
            lead_agency="C-01",
            reason="x",
            closed_on=JUNE,
            contact_every="month",
        ),
        events.Reopened(
            case_id=CASE, resumption_id=uuid4(), closure_id=closure, reason="x", reopened_on=JUNE
        ),
    ]


def inquired() -> list[Event]:
    asked = inquiry.Asked(
        inquiry_id=uuid4(),
        case_id=CASE,
        kind="report",
        agency="C-01",
        asked_on=MAY,
        answer_by=JUNE,
        basis="consent",
    )
    told = inquiry.Answered(
        inquiry_id=asked.inquiry_id,
        case_id=CASE,
        kind="report",
        agency="C-01",
        answered_on=JUNE,
    )
    return [asked, told]


def missed() -> meeting.ResourceMissed:
    return meeting.ResourceMissed(
        meeting_id=uuid4(), case_id=CASE, missed_id=uuid4(), resource="ibasho", missed_on=MAY
    )


def started() -> participated.Started:
    return participated.Started(request_id=uuid4(), case_id=CASE, started_on=JUNE)


def closed_gap() -> list[Event]:
    whose = uuid4()
    return [
        gap.Noted(
            gap_id=whose,
            missed_id=uuid4(),
            need=gap.Need(kind="ibasho"),
            source="meeting",
            noted_on=MAY,
        ),
        gap.Opened(resource_id=uuid4(), opened_on=JUNE, gap_id=whose),
        gap.Matched(matched_on=JUNE, gap_id=whose),
    ]
