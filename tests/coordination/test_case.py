"""The life of a case: receive, accept, return, close, resume (T-01, T-02x, T-08, T-09)."""

from __future__ import annotations

from typing import Any

from services.coordination.domain.case import Consent, Phase, case
from services.coordination.domain.closing import Ending, close, resume
from services.coordination.domain.consent import apply
from services.coordination.domain.escalation import accept, give_back, note_return, take_in
from services.coordination.domain.support import Ground
from tests.coordination.examples import (
    AGREED,
    APPLICATION,
    CASE,
    CLOSURE,
    CONSENT,
    ENDED,
    ESCALATION,
    HANAKO,
    HANDOVER_ON,
    OPEN,
    RESUMPTION,
    SECOND_CLOSURE,
    SECOND_ESCALATION,
    SECOND_RESUMPTION,
    TODAY,
    TOMORROW,
    accepted,
    applied,
    came_back,
    closed,
    escalated,
    planned,
    reopened,
    requested,
    returned,
    uid,
)
from tests.given import scenario

given = scenario(case)
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
TAKE = NOW | {"escalation_id": ESCALATION}
BACK = TAKE | {"reason": "ordinary-cooperation", "link_note": "月に一度電話で様子を聞く"}
CLOSE = NOW | {
    "closure_id": CLOSURE,
    "handover_id": HANDOVER_ON,
    "ending": Ending("C-01", "roles-agreed", "家賃を滞納したとき", "quarterly"),
}
WITH_PERSON = CLOSE | {
    "ending": Ending(
        "C-01", "roles-agreed", "家賃を滞納したとき", "quarterly", Ground("consent"), HANAKO
    )
}
RESUME = NOW | {"resumption_id": RESUMPTION, "closure_id": CLOSURE, "reason": "new-issue"}


def test_an_escalation_waits_for_a_decision() -> None:
    given().when(take_in, escalated=escalated()).then(escalated())


def test_a_late_copy_of_the_first_escalation_does_not_wait_again() -> None:
    history = (escalated(), returned(), escalated(SECOND_ESCALATION))
    given(*history).when(take_in, escalated=escalated()).then_nothing()
    assert set(case.fold([*history]).waiting) == {SECOND_ESCALATION}


def test_a_returned_case_may_be_escalated_again() -> None:
    given(escalated(), returned()).when(take_in, escalated=escalated(SECOND_ESCALATION)).then(
        escalated(SECOND_ESCALATION)
    )


def test_an_escalation_of_a_closed_case_waits_and_the_case_stays_closed() -> None:
    again = escalated(SECOND_ESCALATION)
    given(*ENDED).when(take_in, escalated=again).then(again)
    state = case.fold([*ENDED, again])
    assert (state.phase, list(state.waiting)) == (Phase.CLOSED, [SECOND_ESCALATION])


def test_a_waiting_case_is_accepted() -> None:
    given(escalated()).when(accept, **TAKE).then(accepted())


def test_accepting_twice_changes_nothing() -> None:
    given(*OPEN).when(accept, **TAKE).then_nothing()


def test_an_unknown_case_cannot_be_accepted() -> None:
    given().when(accept, **TAKE).then_refused("case-unknown")


def test_an_unknown_escalation_cannot_be_accepted() -> None:
    given(escalated()).when(accept, **TAKE | {"escalation_id": uid(99)}).then_refused(
        "escalation-unknown"
    )


def test_what_was_returned_is_not_accepted_any_more() -> None:
    given(escalated(), returned()).when(accept, **TAKE).then_refused("escalation-returned")


def test_nothing_is_accepted_tomorrow() -> None:
    given(escalated()).when(accept, **TAKE | {"on": TOMORROW}).then_refused("day-in-future")


def test_a_second_escalation_of_an_open_case_is_taken_into_it() -> None:
    facts = TAKE | {"escalation_id": SECOND_ESCALATION}
    given(*OPEN, escalated(SECOND_ESCALATION)).when(accept, **facts).then(
        accepted(SECOND_ESCALATION)
    )


def test_an_escalation_of_a_closed_case_asks_to_resume() -> None:
    facts = TAKE | {"escalation_id": SECOND_ESCALATION}
    given(*ENDED, escalated(SECOND_ESCALATION)).when(accept, **facts).then_refused("resume-instead")


def test_a_waiting_case_is_returned_to_the_referrer() -> None:
    given(escalated()).when(give_back, **BACK).then(returned())
    assert case.fold([escalated(), returned()]).phase is Phase.RETURNED


def test_a_case_just_accepted_may_still_be_returned() -> None:
    given(*OPEN).when(give_back, **BACK).then(returned())


def test_returning_twice_changes_nothing() -> None:
    given(escalated(), returned()).when(give_back, **BACK).then_nothing()


def test_after_the_plan_a_case_is_closed_and_not_returned() -> None:
    given(*AGREED, planned()).when(give_back, **BACK).then_refused("support-has-begun")
    given(*AGREED, requested()).when(give_back, **BACK).then_refused("support-has-begun")


def test_only_what_was_escalated_can_be_returned() -> None:
    given().when(give_back, **BACK).then_refused("case-unknown")
    facts = BACK | {"escalation_id": uid(99)}
    given(escalated()).when(give_back, **facts).then_refused("escalation-unknown")
    given(escalated()).when(give_back, **BACK | {"on": TOMORROW}).then_refused("day-in-future")


def test_returning_the_second_escalation_leaves_the_case_open() -> None:
    second = escalated(SECOND_ESCALATION)
    state = case.fold([*OPEN, second, returned(SECOND_ESCALATION)])
    assert state.phase is Phase.OPEN


def test_returning_one_of_two_waiting_escalations_leaves_the_other_waiting() -> None:
    state = case.fold([escalated(), escalated(SECOND_ESCALATION), returned()])
    assert (state.phase, list(state.waiting)) == (Phase.WAITING, [SECOND_ESCALATION])


def test_returning_an_escalation_of_a_closed_case_leaves_it_closed() -> None:
    second = escalated(SECOND_ESCALATION)
    state = case.fold([*ENDED, second, returned(SECOND_ESCALATION)])
    assert state.phase is Phase.CLOSED


def test_a_case_is_closed_with_a_lead_agency() -> None:
    given(*AGREED).when(close, **CLOSE).then(closed())


def test_the_personal_part_goes_to_the_lead_agency_on_a_ground() -> None:
    expected = closed().model_copy(
        update=HANAKO.__dict__
        | {"handover_id": HANDOVER_ON, "basis": "consent", "basis_reference": str(CONSENT)}
    )
    given(*AGREED).when(close, **WITH_PERSON).then(expected)


def test_without_consent_the_personal_part_does_not_go_on_that_ground() -> None:
    given(*OPEN).when(close, **WITH_PERSON).then_refused("consent-missing")


def test_closing_twice_changes_nothing() -> None:
    given(*ENDED).when(close, **CLOSE).then_nothing()


def test_a_closed_case_is_not_closed_otherwise() -> None:
    facts = CLOSE | {"closure_id": SECOND_CLOSURE}
    given(*ENDED).when(close, **facts).then_refused("case-closed")


def test_a_case_is_not_closed_over_an_escalation_nobody_decided_on() -> None:
    history = (*AGREED, escalated(SECOND_ESCALATION))
    given(*history).when(close, **CLOSE).then_refused("escalation-waiting")


def test_only_an_open_case_is_closed() -> None:
    given().when(close, **CLOSE).then_refused("case-unknown")
    given(escalated()).when(close, **CLOSE).then_refused("case-waiting")
    given(escalated(), returned()).when(close, **CLOSE).then_refused("case-returned")
    given(*AGREED).when(close, **CLOSE | {"on": TOMORROW}).then_refused("day-in-future")


def test_a_repeated_first_closure_does_not_close_the_resumed_case() -> None:
    given(*ENDED, reopened()).when(close, **CLOSE).then_nothing()


def test_a_closed_case_is_resumed() -> None:
    given(*ENDED).when(resume, **RESUME).then(reopened())


def test_resuming_takes_what_was_escalated_meanwhile() -> None:
    given(*ENDED, escalated(SECOND_ESCALATION)).when(resume, **RESUME).then(
        reopened(), accepted(SECOND_ESCALATION)
    )


def test_resuming_twice_changes_nothing() -> None:
    given(*ENDED, reopened()).when(resume, **RESUME).then_nothing()


def test_a_repeated_first_resumption_does_not_undo_the_second_closure() -> None:
    history = (*ENDED, reopened(), closed(SECOND_CLOSURE))
    given(*history).when(resume, **RESUME).then_nothing()
    other = RESUME | {"resumption_id": SECOND_RESUMPTION}
    given(*history).when(resume, **other).then_refused("closure-undone")
    assert case.fold(history).closure_id == SECOND_CLOSURE


def test_only_a_closed_case_is_resumed() -> None:
    given().when(resume, **RESUME).then_refused("case-unknown")
    given(*OPEN).when(resume, **RESUME).then_refused("closure-unknown")
    given(*ENDED).when(resume, **RESUME | {"on": TOMORROW}).then_refused("day-in-future")


def test_the_history_of_a_resumed_case_stays() -> None:
    state = case.fold([*AGREED, planned(), closed(), reopened()])
    assert (state.case_id, state.round, state.phase) == (CASE, 1, Phase.OPEN)


def test_a_new_round_after_the_return_begins_with_a_new_application() -> None:
    """T-02x: given back and escalated again, the person applies and consents anew."""
    history = (*AGREED, returned(), escalated(SECOND_ESCALATION), accepted(SECOND_ESCALATION))
    state = case.fold(history)
    assert (state.applied, state.consent, state.consent_id) == (False, Consent.UNKNOWN, None)
    new = applied().model_copy(update={"application_id": uid(99)})
    asked = NOW | {"application_id": uid(99), "filled_by": "subject", "person": HANAKO}
    given(*history).when(apply, **asked).then(new)
    given(*history).when(apply, **asked | {"application_id": APPLICATION}).then_nothing()


def test_a_return_meant_for_a_waiting_case_does_not_take_it_from_a_colleague() -> None:
    seen = BACK | {"seen_waiting": True}
    given(escalated()).when(give_back, **seen).then(returned())
    given(*OPEN).when(give_back, **seen).then_refused("accepted-meanwhile")


def test_somebody_of_a_closed_case_who_comes_again_is_noted_once() -> None:
    came = {"consultation_id": uid(91), "counter": "C-03", "on": TOMORROW}
    given(*ENDED).when(note_return, **came).then(came_back())
    given(*ENDED, came_back()).when(note_return, **came).then_nothing()
    given().when(note_return, **came).then_nothing()
