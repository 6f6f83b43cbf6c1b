"""What must not be older than what it follows: a fiscal year that is over stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.coordination.domain.case import case
from services.coordination.domain.closing import Ending, close, resume
from services.coordination.domain.consent import apply, consent, refuse_consent, withdraw_consent
from services.coordination.domain.escalation import accept, give_back
from services.coordination.domain.meeting import meeting
from services.coordination.domain.minutes import hold
from services.coordination.domain.plan import agree_plan
from services.coordination.domain.sitting import AgendaItem, Sitting
from services.coordination.domain.support import Errand, Ground, request_support
from tests.coordination.examples import (
    AGREED,
    APPLICATION,
    CASE,
    CLOSURE,
    CONSENT,
    DRAFT,
    ENDED,
    ESCALATION,
    HANAKO,
    HANDOVER_ON,
    MEETING,
    OPEN,
    PLAN,
    REFUSAL,
    REQUEST,
    RESUMPTION,
    SECOND_ESCALATION,
    TODAY,
    TOMORROW,
    YESTERDAY,
    accepted,
    consented,
    escalated,
    held,
)
from tests.given import scenario

given = scenario(case)
given_meeting = scenario(meeting)
LONG_AGO: dict[str, Any] = {"on": date(2025, 3, 31), "today": TODAY}
EARLY: dict[str, Any] = {"on": YESTERDAY, "today": TODAY}
ENDING = Ending("C-01", "roles-agreed", "家賃を滞納したとき", "quarterly")


def test_a_decision_is_not_older_than_the_escalation() -> None:
    take = {"escalation_id": ESCALATION}
    given(escalated()).when(accept, **take, **LONG_AGO).then_refused("before-escalation")
    given(escalated()).when(give_back, **take, reason="declined", **LONG_AGO).then_refused(
        "before-escalation"
    )


def test_what_is_said_and_asked_is_not_older_than_the_acceptance() -> None:
    application = {"application_id": APPLICATION, "filled_by": "subject", "person": HANAKO}
    given(*OPEN).when(apply, **application, **EARLY).then_refused("before-acceptance")
    given(*OPEN).when(consent, consent_id=CONSENT, method="written", **EARLY).then_refused(
        "before-acceptance"
    )
    given(*OPEN).when(refuse_consent, refusal_id=REFUSAL, **EARLY).then_refused("before-acceptance")
    errand = Errand("outreach", "声をかける", Ground("consent"), HANAKO)
    asked = {"request_id": REQUEST, "handover_id": HANDOVER_ON, "errand": errand}
    given(*AGREED).when(request_support, **asked, **EARLY).then_refused("before-acceptance")
    ends = {"closure_id": CLOSURE, "handover_id": HANDOVER_ON, "ending": ENDING}
    given(*AGREED).when(close, **ends, **EARLY).then_refused("before-acceptance")


def test_consent_is_not_withdrawn_before_it_was_given() -> None:
    given(*AGREED).when(withdraw_consent, consent_id=CONSENT, **EARLY).then_refused(
        "before-consent"
    )


def test_a_case_is_not_resumed_before_it_was_closed() -> None:
    again = {"resumption_id": RESUMPTION, "closure_id": CLOSURE, "reason": "new-issue"}
    given(*ENDED).when(resume, **again, **EARLY).then_refused("before-closure")


def test_resuming_takes_a_younger_escalation_on_its_own_day() -> None:
    """The change was on the day of the closure, the escalation came a day later."""
    younger = escalated(SECOND_ESCALATION).model_copy(update={"escalated_on": TOMORROW})
    events = resume(
        case.fold([*ENDED, younger]),
        resumption_id=RESUMPTION,
        closure_id=CLOSURE,
        reason="new-issue",
        on=TODAY,
        today=TOMORROW,
    )
    assert events[1:] == [
        accepted(SECOND_ESCALATION).model_copy(update={"accepted_on": TOMORROW}),
    ]


def test_a_plan_and_its_meeting_are_not_older_than_the_consent() -> None:
    plan: dict[str, Any] = {
        "plan_id": PLAN,
        "meeting_id": MEETING,
        "meeting": meeting.fold([held().model_copy(update={"held_on": YESTERDAY})]),
        "draft": DRAFT,
    }
    given(*OPEN, consented()).when(agree_plan, **plan, **EARLY).then_refused("plan-before-consent")
    sitting: dict[str, Any] = {
        "meeting_id": MEETING,
        "sitting": Sitting("plan-meeting", "会議室", ("C-08",), "rules-r8"),
        "agenda": (AgendaItem(CASE, known=True, consented_on=TODAY),),
    }
    given_meeting().when(hold, **sitting, **EARLY).then_refused("meeting-before-consent")
    early = consented().model_copy(update={"consented_on": YESTERDAY})
    late = plan | {"meeting": meeting.fold([held()])}
    given(*OPEN, early).when(agree_plan, **late, **EARLY).then_refused("plan-before-meeting")
    in_time: dict[str, Any] = {"on": TODAY, "today": TODAY + timedelta(days=3)}
    assert hold(meeting.fold([]), **sitting, **in_time)
