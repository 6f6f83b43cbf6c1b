"""Application, consent, meetings, plans and requests (T-02, T-03, T-05, T-07, T-20, M-3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.coordination.domain.case import Consent, case
from services.coordination.domain.consent import (
    apply,
    consent,
    refuse_consent,
    withdraw_consent,
)
from services.coordination.domain.meeting import Meeting, meeting
from services.coordination.domain.minuted import Discussed, SecrecyAccepted
from services.coordination.domain.minutes import hold
from services.coordination.domain.person import NOBODY, Person
from services.coordination.domain.plan import agree_plan
from services.coordination.domain.sitting import AgendaItem, Sitting
from services.coordination.domain.support import Errand, Ground, note_report, request_support
from tests.coordination.examples import (
    AGREED,
    APPLICATION,
    CASE,
    CONSENT,
    DRAFT,
    ENDED,
    HANAKO,
    HANDOVER_ON,
    MEETING,
    OPEN,
    OTHER_CASE,
    PLAN,
    REFUSAL,
    REQUEST,
    SECOND_CONSENT,
    SECOND_PLAN,
    TODAY,
    TOMORROW,
    VISIT,
    YESTERDAY,
    applied,
    consented,
    discussed,
    escalated,
    held,
    planned,
    refused,
    reopened,
    reported,
    requested,
    sitting,
    uid,
    withdrawn,
)
from tests.given import scenario

given = scenario(case)
given_meeting = scenario(meeting)
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
LATER: dict[str, Any] = {"on": TOMORROW}
APPLY = NOW | {"application_id": APPLICATION, "filled_by": "subject", "person": HANAKO}
GIVE = NOW | {"consent_id": CONSENT, "method": "written"}
REFUSE = NOW | {"refusal_id": REFUSAL}
WITHDRAW = NOW | {"consent_id": CONSENT}
AGREE = NOW | {"plan_id": PLAN, "meeting_id": MEETING, "meeting": sitting(), "draft": DRAFT}
ASK = NOW | {
    "request_id": REQUEST,
    "handover_id": HANDOVER_ON,
    "errand": Errand("outreach", "玄関先で声をかける", Ground("consent"), HANAKO),
}
REPORT: dict[str, Any] = {
    "request_id": REQUEST,
    "step": "visited",
    "item_id": VISIT,
    "on": TODAY,
    "code": "met",
}
ITEM = AgendaItem(CASE, known=True, consented_on=TODAY, report="家計が苦しい", outcome="訪問する")
HOLD = NOW | {
    "meeting_id": MEETING,
    "sitting": Sitting("plan-meeting", "市役所3階", ("C-08", "C-01"), "rules-r8"),
    "agenda": (ITEM,),
}
SAT = ("C-08", "C-01")
QUIET = Sitting("support-meeting", "市役所3階", SAT, "rules-r8", secrecy=True)


def asking(ground: Ground, person: Person = HANAKO) -> dict[str, Any]:
    return ASK | {"errand": Errand("outreach", "玄関先で声をかける", ground, person)}


def test_the_application_is_received() -> None:
    given(*OPEN).when(apply, **APPLY).then(applied())


def test_an_application_received_twice_is_one() -> None:
    given(*OPEN, applied()).when(apply, **APPLY).then_nothing()
    other = APPLY | {"application_id": uid(99)}
    given(*OPEN, applied()).when(apply, **other).then_refused("application-known")


def test_an_application_belongs_to_an_open_case() -> None:
    given().when(apply, **APPLY).then_refused("case-unknown")
    given(escalated()).when(apply, **APPLY).then_refused("case-waiting")
    given(*OPEN).when(apply, **APPLY | LATER).then_refused("day-in-future")


def test_what_the_person_wrote_later_holds_and_the_rest_stays() -> None:
    moved = HANAKO.completed_by(Person(address="架空町9-9"))
    assert (moved.address, moved.name) == ("架空町9-9", HANAKO.name)


def test_consent_is_given() -> None:
    given(*OPEN).when(consent, **GIVE).then(consented())


def test_consent_after_a_refusal_crosses_over_to_the_plan_meeting() -> None:
    given(*OPEN, refused()).when(consent, **GIVE).then(consented())
    given(*OPEN, refused(), consented()).when(agree_plan, **AGREE).then(planned())


def test_consent_given_twice_is_one() -> None:
    given(*OPEN, consented()).when(consent, **GIVE).then_nothing()
    other = GIVE | {"consent_id": SECOND_CONSENT}
    given(*OPEN, consented()).when(consent, **other).then_refused("consent-given")


def test_consent_is_for_an_open_case() -> None:
    given(escalated()).when(consent, **GIVE).then_refused("case-waiting")
    given(*OPEN).when(consent, **GIVE | LATER).then_refused("day-in-future")


def test_a_refusal_is_written_down() -> None:
    given(*OPEN).when(refuse_consent, **REFUSE).then(refused())
    given(*OPEN, refused()).when(refuse_consent, **REFUSE).then_nothing()


def test_who_consented_withdraws_and_does_not_refuse() -> None:
    given(*OPEN, consented()).when(refuse_consent, **REFUSE).then_refused("consent-given")
    given().when(refuse_consent, **REFUSE).then_refused("case-unknown")
    given(*OPEN).when(refuse_consent, **REFUSE | LATER).then_refused("day-in-future")


def test_consent_is_withdrawn() -> None:
    given(*OPEN, consented()).when(withdraw_consent, **WITHDRAW).then(withdrawn())


def test_consent_is_withdrawn_even_after_the_end() -> None:
    given(*ENDED).when(withdraw_consent, **WITHDRAW).then(withdrawn())


def test_a_repeated_withdrawal_does_not_take_back_the_second_consent() -> None:
    history = (*OPEN, consented(), withdrawn(), consented(SECOND_CONSENT))
    given(*history).when(withdraw_consent, **WITHDRAW).then_nothing()
    assert case.fold(history).consent is Consent.GIVEN


def test_only_what_was_given_is_withdrawn() -> None:
    given(*OPEN).when(withdraw_consent, **WITHDRAW).then_refused("consent-unknown")
    given(*OPEN, consented()).when(withdraw_consent, **WITHDRAW | LATER).then_refused(
        "day-in-future"
    )


def test_a_meeting_is_held_once_whatever_the_number_of_cases() -> None:
    other = AgendaItem(OTHER_CASE, known=True, consented_on=TODAY)
    given_meeting().when(hold, **HOLD | {"agenda": (ITEM, other)}).then(
        held(cases=(CASE, OTHER_CASE)),
        discussed(),
        Discussed(meeting_id=MEETING, case_id=OTHER_CASE, kind="plan-meeting", discussed_on=TODAY),
    )


def test_a_plan_meeting_needs_the_consent_of_every_case() -> None:
    silent = AgendaItem(OTHER_CASE, known=True, consented_on=None)
    facts = HOLD | {"agenda": (ITEM, silent)}
    given_meeting().when(hold, **facts).then_refused("consent-missing")


def test_a_support_meeting_needs_no_consent() -> None:
    facts = HOLD | {"sitting": QUIET, "agenda": (replace(ITEM, consented_on=None),)}
    told = [SecrecyAccepted(meeting_id=MEETING, agency=one, accepted_on=TODAY) for one in SAT]
    said = held("support-meeting"), discussed("support-meeting")
    given_meeting().when(hold, **facts).then(*told, *said)
    facts["sitting"] = replace(QUIET, secrecy=False)
    given_meeting().when(hold, **facts).then_refused("secrecy-missing")


def test_a_meeting_is_about_known_cases_and_was_held() -> None:
    given_meeting().when(hold, **HOLD | {"agenda": ()}).then_refused("agenda-empty")
    unknown = HOLD | {"agenda": (replace(ITEM, known=False),)}
    given_meeting().when(hold, **unknown).then_refused("case-unknown")
    given_meeting().when(hold, **HOLD | LATER).then_refused("day-in-future")


def test_a_plan_is_agreed() -> None:
    given(*AGREED).when(agree_plan, **AGREE).then(planned())


def test_a_plan_agreed_twice_is_one() -> None:
    given(*AGREED, planned()).when(agree_plan, **AGREE).then_nothing()


def test_a_plan_that_is_reviewed_is_a_new_round() -> None:
    given(*AGREED, planned()).when(agree_plan, **AGREE | {"plan_id": SECOND_PLAN}).then(
        planned(SECOND_PLAN, 2)
    )


def test_without_consent_there_is_no_plan() -> None:
    given(*OPEN).when(agree_plan, **AGREE).then_refused("consent-missing")
    given(*AGREED, withdrawn()).when(agree_plan, **AGREE).then_refused("consent-missing")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"meeting": Meeting()}, "meeting-unknown"),
        ({"meeting": sitting("support-meeting")}, "support-meeting-makes-no-plan"),
        ({"meeting": sitting(cases=(OTHER_CASE,))}, "meeting-without-case"),
        ({"on": YESTERDAY}, "plan-before-consent"),
        ({"on": TOMORROW}, "day-in-future"),
        ({"draft": replace(DRAFT, roles=())}, "roles-missing"),
        ({"draft": replace(DRAFT, review_on=TODAY)}, "review-not-after-plan"),
    ],
)
def test_a_plan_comes_from_a_plan_meeting_and_is_complete(facts: dict[str, Any], code: str) -> None:
    given(*AGREED).when(agree_plan, **AGREE | facts).then_refused(code)


def test_a_closed_case_gets_no_plan_before_it_is_resumed() -> None:
    given(*ENDED).when(agree_plan, **AGREE).then_refused("case-closed")
    given(*ENDED, reopened()).when(agree_plan, **AGREE).then(planned())


def test_outreach_is_asked_for_on_the_ground_of_consent() -> None:
    given(*AGREED).when(request_support, **ASK).then(requested())


def test_asking_twice_is_one_request() -> None:
    given(*AGREED, requested()).when(request_support, **ASK).then_nothing()


def test_a_support_meeting_is_a_ground_without_consent() -> None:
    ground = Ground("support-meeting", str(MEETING), sitting("support-meeting"))
    expected = requested().model_copy(
        update={"basis": "support-meeting", "basis_reference": str(MEETING)}
    )
    given(*OPEN, refused()).when(request_support, **asking(ground)).then(expected)


@pytest.mark.parametrize(
    ("ground", "code"),
    [
        (Ground("consent"), "consent-missing"),
        (Ground("support-meeting"), "support-meeting-missing"),
        (Ground("support-meeting", "x", sitting("plan-meeting")), "support-meeting-missing"),
        (
            Ground("support-meeting", "x", sitting("support-meeting", (OTHER_CASE,))),
            "support-meeting-missing",
        ),
        (Ground("other-law"), "ground-missing"),
        (Ground("urgency", ""), "ground-missing"),
    ],
)
def test_nothing_personal_leaves_without_a_ground(ground: Ground, code: str) -> None:
    given(*OPEN).when(request_support, **asking(ground)).then_refused(code)


def test_nobody_is_handed_over_who_is_not_known() -> None:
    given(*AGREED).when(request_support, **asking(Ground("consent"), NOBODY)).then_refused(
        "person-unknown"
    )
    given(*AGREED).when(request_support, **ASK | LATER).then_refused("day-in-future")
    given(escalated()).when(request_support, **ASK).then_refused("case-waiting")


def test_what_the_team_tells_is_noted() -> None:
    given(*AGREED, requested()).when(note_report, **REPORT).then(reported())


def test_a_late_copy_of_a_report_is_not_noted_again() -> None:
    history = (*AGREED, requested(), reported(), reported("ended", REQUEST))
    given(*history).when(note_report, **REPORT).then_nothing()


def test_a_report_about_no_request_of_ours_says_nothing() -> None:
    given().when(note_report, **REPORT).then_nothing()
    given(*AGREED).when(note_report, **REPORT).then_nothing()


def test_a_report_on_a_closed_case_is_still_noted() -> None:
    given(*AGREED, requested(), *ENDED[-1:]).when(note_report, **REPORT).then(reported())
