"""Coordination in examples: named events and states. Invented people only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.coordination.domain import events as domain
from services.coordination.domain import meeting as meetings
from services.coordination.domain import minuted
from services.coordination.domain.person import Person
from services.coordination.domain.plan import Draft, Role


def uid(number: int) -> UUID:
    return UUID(f"0198f000-0000-7000-8000-{number:012d}")


CASE, OTHER_CASE = uid(1), uid(2)
ESCALATION, SECOND_ESCALATION = uid(11), uid(12)
HANDOVER, HANDOVER_ON = uid(21), uid(22)
APPLICATION, CONSENT, SECOND_CONSENT, REFUSAL = uid(31), uid(32), uid(33), uid(34)
MEETING, SUPPORT_MEETING = uid(41), uid(42)
PLAN, SECOND_PLAN = uid(51), uid(52)
REQUEST, VISIT = uid(61), uid(62)
CLOSURE, SECOND_CLOSURE, RESUMPTION, SECOND_RESUMPTION = uid(71), uid(72), uid(73), uid(74)
YESTERDAY, TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)
REVIEW = date(2027, 2, 23)

HANAKO = Person(
    name="架空 花子",
    kana="かくう はなこ",
    born_on=date(1968, 4, 1),
    address="架空町1-2-3",
    phone="042-000-0000",
    household="母と二人暮らし",
    narrative="三年ほど家にいる",
    wishes="朝起きられるようになりたい",
)
ROLES = (Role("C-07", "家計の相談"), Role("C-01", "母の介護の調整"))
DRAFT = Draft(
    goal="週に一度外に出る",
    problems="家計と介護が重なっている",
    contact_desk="C-08",
    roles=ROLES,
    review_on=REVIEW,
    participation=True,
)


def escalated(escalation_id: UUID = ESCALATION) -> domain.Escalated:
    return domain.Escalated(
        case_id=CASE,
        escalation_id=escalation_id,
        consultation_id=uid(81),
        counter="C-01",
        reasons=("complex",),
        age_band="40-64",
        household_size=2,
        issues=("i05", "i16"),
        catchment="tobu",
        nurse_district="nd-tasai",
        handover_id=HANDOVER,
        basis="consent",
        escalated_on=YESTERDAY,
    )


def came_back() -> domain.CameBack:
    return domain.CameBack(case_id=CASE, consultation_id=uid(91), counter="C-03", came_on=TOMORROW)


def accepted(escalation_id: UUID = ESCALATION) -> domain.Accepted:
    return domain.Accepted(case_id=CASE, escalation_id=escalation_id, accepted_on=TODAY)


def returned(escalation_id: UUID = ESCALATION) -> domain.Returned:
    return domain.Returned(
        case_id=CASE,
        escalation_id=escalation_id,
        counter="C-01",
        reason="ordinary-cooperation",
        returned_on=TODAY,
        link_note="月に一度電話で様子を聞く",
    )


def applied() -> domain.ApplicationReceived:
    return domain.ApplicationReceived(
        case_id=CASE,
        application_id=APPLICATION,
        filled_by="subject",
        applied_on=TODAY,
        counter="C-01",
        nurse_district="nd-tasai",
        name=HANAKO.name,
        kana=HANAKO.kana,
        born_on=HANAKO.born_on,
        address=HANAKO.address,
        phone=HANAKO.phone,
        household=HANAKO.household,
        narrative=HANAKO.narrative,
        wishes=HANAKO.wishes,
    )


def consented(consent_id: UUID = CONSENT) -> domain.ConsentGiven:
    return domain.ConsentGiven(
        case_id=CASE, consent_id=consent_id, consented_on=TODAY, method="written"
    )


def refused() -> domain.ConsentRefused:
    return domain.ConsentRefused(case_id=CASE, refusal_id=REFUSAL, refused_on=TODAY)


def withdrawn() -> domain.ConsentWithdrawn:
    return domain.ConsentWithdrawn(case_id=CASE, consent_id=CONSENT, withdrawn_on=TODAY)


def held(
    kind: minuted.MeetingKind = "plan-meeting", cases: tuple[UUID, ...] = (CASE,)
) -> minuted.Held:
    return minuted.Held(
        meeting_id=MEETING,
        kind=kind,
        held_on=TODAY,
        place="市役所3階",
        members=("C-08", "C-01"),
        rules="rules-r8",
        cases=cases,
    )


def discussed(
    kind: minuted.MeetingKind = "plan-meeting", case_id: UUID = CASE
) -> minuted.Discussed:
    return minuted.Discussed(
        meeting_id=MEETING,
        case_id=case_id,
        kind=kind,
        discussed_on=TODAY,
        report="家計が苦しい",
        outcome="訪問する",
    )


def sitting(
    kind: minuted.MeetingKind = "plan-meeting", cases: tuple[UUID, ...] = (CASE,)
) -> meetings.Meeting:
    """The state of a meeting that was held."""
    return meetings.meeting.fold([held(kind, cases)])


def planned(plan_id: UUID = PLAN, number: int = 1) -> domain.PlanAgreed:
    return domain.PlanAgreed(
        case_id=CASE,
        plan_id=plan_id,
        round=number,
        meeting_id=MEETING,
        consent_id=CONSENT,
        agreed_on=TODAY,
        review_on=REVIEW,
        contact_desk=DRAFT.contact_desk,
        agencies=("C-07", "C-01"),
        tasks=("家計の相談", "母の介護の調整"),
        problems=DRAFT.problems,
        goal=DRAFT.goal,
        participation=True,
        counter="C-01",
        nurse_district="nd-tasai",
    )


def requested(team: domain.Team = "outreach") -> domain.SupportRequested:
    return domain.SupportRequested(
        case_id=CASE,
        team=team,
        request_id=REQUEST,
        nurse_district="nd-tasai",
        handover_id=HANDOVER_ON,
        basis="consent",
        basis_reference=str(CONSENT),
        requested_on=TODAY,
        errand="玄関先で声をかける",
        name=HANAKO.name,
        kana=HANAKO.kana,
        born_on=HANAKO.born_on,
        address=HANAKO.address,
        phone=HANAKO.phone,
        household=HANAKO.household,
        narrative=HANAKO.narrative,
        wishes=HANAKO.wishes,
    )


def reported(step: domain.Step = "visited", item_id: UUID = VISIT) -> domain.SupportReported:
    return domain.SupportReported(
        case_id=CASE, request_id=REQUEST, step=step, item_id=item_id, happened_on=TODAY, code="met"
    )


def closed(closure_id: UUID = CLOSURE) -> domain.Closed:
    return domain.Closed(
        case_id=CASE,
        closure_id=closure_id,
        lead_agency="C-01",
        reason="roles-agreed",
        closed_on=TODAY,
        resume_when="家賃を滞納したとき",
        contact_every="quarterly",
    )


def reopened(resumption_id: UUID = RESUMPTION, closure_id: UUID = CLOSURE) -> domain.Reopened:
    return domain.Reopened(
        case_id=CASE,
        resumption_id=resumption_id,
        closure_id=closure_id,
        reason="new-issue",
        reopened_on=TODAY,
    )


OPEN = (escalated(), accepted())
AGREED = (*OPEN, applied(), consented())
ENDED = (*AGREED, closed())
