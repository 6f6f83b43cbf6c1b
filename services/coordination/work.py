"""What a coordinator does with a case: what was asked, brought to the decision that answers it.

Screens and JSON both come here. A function returns the id of what was made and what was stored.
"""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID

from services.coordination.asked import case as forms
from services.coordination.clearing import cleared, closure_subject
from services.coordination.convening import follow_consent
from services.coordination.desk import Desk
from services.coordination.domain import case as domain
from services.coordination.domain.closing import Ending, close, decline_resumption, resume
from services.coordination.domain.consent import apply, consent, refuse_consent, withdraw_consent
from services.coordination.domain.consented import Scope
from services.coordination.domain.escalation import accept, give_back
from services.coordination.domain.events import ApplicationReceived, Team
from services.coordination.domain.nursing import assign_nurse
from services.coordination.domain.person import NOBODY, Person
from services.coordination.domain.plan import Draft, agree_plan
from services.coordination.domain.support import Errand, Ground, request_support
from services.coordination.grounding import ground_of
from services.coordination.made import Made, listed
from services.coordination.read.cases import handovers_of
from shared.casefile.handover import PersonalPartReceived
from shared.sourcing.decider import Refused

Asked: TypeAlias = forms.SupportRequest | forms.Closure


async def accept_case(desk: Desk, case_id: UUID, asked: forms.Acceptance) -> Made:
    """T-01: the escalation that the form named, else the oldest that waits."""
    escalation_id = asked.escalation_id or await _escalation(desk, case_id)
    acted = await desk.cases.act(
        case_id,
        accept,
        escalation_id=escalation_id,
        on=asked.on,
        today=desk.clock.today(),
        note=asked.note or None,
    )
    return Made(escalation_id, acted)


async def return_case(desk: Desk, case_id: UUID, asked: forms.Return) -> Made:
    """T-02x: the escalation that the form named, else the oldest that waits, else the accepted."""
    escalation_id = asked.escalation_id or await _escalation(desk, case_id)
    acted = await desk.cases.act(
        case_id,
        give_back,
        escalation_id=escalation_id,
        reason=desk.city.listed("return_reasons", asked.reason, "reason"),
        on=asked.on,
        today=desk.clock.today(),
        link_note=asked.link_note,
        seen_waiting=asked.seen_waiting,
        look_on=asked.look_on,
    )
    return Made(escalation_id, acted)


async def receive_application(desk: Desk, case_id: UUID, asked: forms.Application) -> Made:
    """T-02."""
    application_id = desk.new_id()
    acted = await desk.cases.act(
        case_id,
        apply,
        application_id=application_id,
        filled_by=desk.city.listed("application_writers", asked.filled_by, "filled_by"),
        person=Person(
            name=asked.name,
            kana=asked.kana or None,
            born_on=asked.born_on,
            address=asked.address or None,
            phone=asked.phone or None,
            household=asked.household or None,
            wishes=asked.wishes or None,
        ),
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(application_id, acted)


async def record_consent(desk: Desk, case_id: UUID, asked: forms.Consent) -> Made:
    """T-03: given, refused or withdrawn."""
    new, note, today = desk.new_id(), asked.note or None, desk.clock.today()
    when = {"on": asked.on, "today": today}
    if asked.answer == "given":
        method = desk.city.listed(
            "consent_methods", asked.method or desk.city.first("consent_methods"), "method"
        )
        acted = await desk.cases.act(
            case_id,
            consent,
            consent_id=new,
            method=method,
            scope=_scope(desk, asked),
            note=note,
            helpers=(desk.city.offices.nurses,),
            **when,
        )
    elif asked.answer == "refused":
        acted = await desk.cases.act(case_id, refuse_consent, refusal_id=new, note=note, **when)
    else:
        given = (await desk.cases.state(case_id)).consent_id
        new = given or new
        acted = await desk.cases.act(case_id, withdraw_consent, consent_id=new, note=note, **when)
    await follow_consent(desk, case_id)
    return Made(new, acted)


def _scope(desk: Desk, asked: forms.Consent) -> Scope:
    """Our own office, which asked, is always among the recipients."""
    named = [listed(desk, code, "recipients") for code in asked.recipients]
    recipients = (desk.city.offices.coordination, *named) if named else ()
    purposes = tuple(dict.fromkeys(asked.purposes))
    return Scope(purposes, tuple(dict.fromkeys(recipients)), asked.expires_on)


async def make_plan(desk: Desk, case_id: UUID, asked: forms.AnyPlan) -> Made:
    """T-05, T-07."""
    plan_id, parts = desk.new_id(), asked.parts()
    for n, part in enumerate(parts, 1):
        if not part.task or not part.agency:
            raise Refused("role-incomplete")
        listed(desk, part.agency, f"agency_{n}")
    acted = await desk.cases.act(
        case_id,
        agree_plan,
        plan_id=plan_id,
        meeting_id=asked.meeting_id,
        meeting=await desk.meetings.state(asked.meeting_id),
        draft=Draft(
            goal=asked.goal,
            problems=asked.problems,
            contact_desk=listed(desk, asked.contact_desk, "contact_desk"),
            roles=parts,
            review_on=asked.review_on,
            participation=asked.participation,
            outreach=asked.outreach,
        ),
        on=asked.on,
        today=desk.clock.today(),
        cleared=await cleared(desk, case_id, "plan", ""),
    )
    return Made(plan_id, acted)


async def ask_participation(desk: Desk, case_id: UUID, asked: forms.SupportRequest) -> Made:
    """T-20: 参加支援."""
    return await _ask(desk, case_id, "participation", asked)


async def ask_outreach(desk: Desk, case_id: UUID, asked: forms.SupportRequest) -> Made:
    """T-20: アウトリーチ等."""
    return await _ask(desk, case_id, "outreach", asked)


async def close_case(desk: Desk, case_id: UUID, asked: forms.Closure) -> Made:
    """T-08."""
    closure_id, handover_id, city = desk.new_id(), desk.new_id(), desk.city
    ground = None if asked.basis == "none" else await _ground(desk, asked)
    ending = Ending(
        lead_agency=listed(desk, asked.lead_agency, "lead_agency"),
        reason=city.listed("closure_reasons", asked.reason, "reason"),
        resume_when=asked.resume_when,
        contact_every=city.listed(
            "contact_intervals",
            asked.contact_every or city.first("contact_intervals"),
            "contact_every",
        ),
        ground=ground,
        person=await person_of(desk, case_id),
        contact_until=asked.contact_until,
    )
    ends = (await desk.cases.state(case_id)).ends
    subject = closure_subject(ends, ending.lead_agency, ending.reason)
    acted = await desk.cases.act(
        case_id,
        close,
        closure_id=closure_id,
        handover_id=handover_id,
        ending=ending,
        on=asked.on,
        today=desk.clock.today(),
        cleared=await cleared(desk, case_id, "closure", subject),
    )
    return Made(closure_id, acted)


async def resume_case(desk: Desk, case_id: UUID, asked: forms.Resumption) -> Made:
    """T-09: undoes the closure that holds now."""
    resumption_id = desk.new_id()
    state = await desk.cases.state(case_id)
    acted = await desk.cases.act(
        case_id,
        resume,
        resumption_id=resumption_id,
        closure_id=asked.closure_id or state.closure_id or resumption_id,
        reason=desk.city.listed("resumption_reasons", asked.reason, "reason"),
        on=asked.on,
        today=desk.clock.today(),
        note=asked.note or None,
    )
    return Made(resumption_id, acted)


async def decline_to_resume(desk: Desk, case_id: UUID, asked: forms.Declination) -> Made:
    """T-09: about the consultation the form showed, else the newest."""
    declination_id = desk.new_id()
    came = (await desk.cases.state(case_id)).came_back
    acted = await desk.cases.act(
        case_id,
        decline_resumption,
        declination_id=declination_id,
        consultation_id=asked.consultation_id or (came[-1] if came else declination_id),
        reason=asked.reason,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(declination_id, acted)


async def name_nurse(desk: Desk, case_id: UUID, asked: forms.Nurse) -> Made:
    """G-3."""
    assignment_id = desk.new_id()
    acted = await desk.cases.act(
        case_id,
        assign_nurse,
        assignment_id=assignment_id,
        nurse_district=desk.city.listed("nurse_districts", asked.nurse_district, "nurse_district"),
        on=asked.on,
        today=desk.clock.today(),
        note=asked.note or None,
    )
    return Made(assignment_id, acted)


async def person_of(desk: Desk, case_id: UUID) -> Person:
    """All we know about the person: what was handed over, completed by the application."""
    person = NOBODY
    for handover_id in await handovers_of(desk.db, case_id):
        for received in await desk.handovers.history(handover_id):
            person = person.completed_by(_person(received.event))
    for recorded in await desk.cases.history(case_id):
        if isinstance(recorded.event, ApplicationReceived):
            person = person.completed_by(_person(recorded.event))
    return person


def _person(event: PersonalPartReceived | ApplicationReceived) -> Person:
    return Person(
        event.name,
        event.kana,
        event.born_on,
        event.address,
        event.phone,
        event.household,
        event.narrative,
        event.wishes,
    )


async def _escalation(desk: Desk, case_id: UUID) -> UUID:
    """What is being decided on; else what was decided last, so that a repeated command finds the
    answer it got.
    """
    state = await desk.cases.state(case_id)
    domain.known(state)
    found = next(iter([*state.waiting, *state.accepted]), state.decided)
    if found is None:
        raise Refused("case-unknown")
    return found


async def _ask(desk: Desk, case_id: UUID, team: Team, asked: forms.SupportRequest) -> Made:
    request_id, handover_id = desk.new_id(), desk.new_id()
    ground, person = await _ground(desk, asked), await person_of(desk, case_id)
    errand = Errand(team, asked.errand, ground, person, desk.city.offices.nurses)
    acted = await desk.cases.act(
        case_id,
        request_support,
        request_id=request_id,
        handover_id=handover_id,
        errand=errand,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(request_id, acted)


async def _ground(desk: Desk, asked: Asked) -> Ground:
    return await ground_of(desk, asked.basis, asked.meeting_id, asked.reference)
