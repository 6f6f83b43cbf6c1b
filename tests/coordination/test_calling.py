"""招集: members, agenda, secrecy; consent moves what it concerns (1.10, M-1, M-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.coordination.domain import meeting as m
from services.coordination.domain.calling import (
    Notice,
    accept_secrecy,
    call,
    call_off,
    excuse,
    invite,
    place,
    take_off,
    why_off,
)
from services.coordination.domain.case import Case, case
from services.coordination.domain.consent import consent
from services.coordination.domain.consented import Scope
from services.coordination.domain.minuted import MeetingKind, SecrecyAccepted
from services.coordination.domain.support import Ground, reference_of
from shared.sourcing.decider import Refused
from tests.coordination.examples import (
    AGREED,
    CASE,
    CONSENT,
    MEETING,
    OPEN,
    SECOND_CONSENT,
    TODAY,
    TOMORROW,
    YESTERDAY,
    consented,
    escalated,
    held,
    uid,
    withdrawn,
)
from tests.given import scenario

given = scenario(m.meeting)
HOST, OTHER = "C-08", "C-01"
AT: dict[str, Any] = {"meeting_id": MEETING, "today": TODAY}
NOTICE = Notice("plan-meeting", TOMORROW, "市役所3階", "rules-r8")


def state(*events: Any) -> Case:
    return case.fold(events)


CONSENTED, SILENT = state(*AGREED), state(*OPEN)


def called(kind: MeetingKind = "plan-meeting") -> m.Called:
    return m.Called(
        meeting_id=MEETING,
        kind=kind,
        planned_on=TOMORROW,
        place="市役所3階",
        rules="rules-r8",
        called_on=TODAY,
    )


def invited(agency: str = HOST) -> m.Invited:
    return m.Invited(meeting_id=MEETING, agency=agency, invited_on=TODAY)


def placed() -> m.Placed:
    return m.Placed(meeting_id=MEETING, case_id=CASE, placed_on=TODAY)


def taken_off(why: m.TakenOffWhy) -> m.TakenOff:
    return m.TakenOff(meeting_id=MEETING, case_id=CASE, why=why, taken_off_on=TODAY)


READY = (called(), invited(), invited(OTHER), placed())


def test_a_meeting_is_called_with_its_cases() -> None:
    facts = {**AT, "notice": NOTICE, "agenda": [(CASE, CONSENTED)], "host": HOST}
    given().when(call, **facts).then(called(), invited(), placed())
    given(*READY).when(call, **facts).then_nothing()
    past = replace(NOTICE, planned_on=YESTERDAY)
    given().when(call, **facts | {"notice": past}).then_refused("meeting-in-past")
    far = replace(NOTICE, planned_on=date(2028, 1, 1))
    given().when(call, **facts | {"notice": far}).then_refused("meeting-too-far")
    silent = {"agenda": [(CASE, SILENT)]}
    given().when(call, **facts | silent).then_refused("consent-missing")
    quiet = replace(NOTICE, kind="support-meeting")
    given().when(call, **facts | silent | {"notice": quiet}).then(
        called("support-meeting"), invited(), placed()
    )


def test_members_are_confirmed_as_far_as_consent_reaches() -> None:
    narrow = state(
        *OPEN, consented().model_copy(update={"recipients": (HOST, "C-02"), "purposes": ("plan",)})
    )
    facts: dict[str, Any] = {**AT, "agencies": [OTHER], "cases": [CONSENTED]}
    given(called(), invited(), placed()).when(invite, **facts).then(invited(OTHER))
    given(*READY).when(invite, **facts).then_nothing()
    given(called(), invited(), placed()).when(invite, **facts | {"cases": [narrow]}).then_refused(
        "consent-other-recipient"
    )
    quiet = (called("support-meeting"), invited(), placed())
    given(*quiet).when(invite, **facts | {"cases": [SILENT]}).then(invited(OTHER))
    given(*READY, held()).when(invite, **facts | {"agencies": ["C-02"]}).then_refused(
        "meeting-held"
    )
    given().when(invite, **facts).then_refused("meeting-unknown")


def test_a_member_may_be_excused_but_not_the_host() -> None:
    gone = m.Excused(meeting_id=MEETING, agency=OTHER, excused_on=TODAY)
    given(*READY).when(excuse, **AT, agency=OTHER, host=HOST).then(gone)
    given(*READY, gone).when(excuse, **AT, agency=OTHER, host=HOST).then_nothing()
    given(*READY).when(excuse, **AT, agency=HOST, host=HOST).then_refused("host-stays")


def test_secrecy_is_accepted_person_by_person() -> None:
    yes = SecrecyAccepted(
        meeting_id=MEETING, agency=OTHER, accepted_on=TODAY, staff_id="s-1", name="見本"
    )
    me: dict[str, Any] = {**AT, "agency": OTHER, "staff_id": "s-1", "name": "見本"}
    given(*READY).when(accept_secrecy, **me).then(yes)
    given(*READY, yes).when(accept_secrecy, **me).then_nothing()
    colleague = yes.model_copy(update={"staff_id": "s-2"})
    given(*READY, yes).when(accept_secrecy, **me | {"staff_id": "s-2"}).then(colleague)
    office = SecrecyAccepted(meeting_id=MEETING, agency=OTHER, accepted_on=TODAY)
    given(*READY, office).when(accept_secrecy, **me).then(yes)
    given(*READY).when(accept_secrecy, **me | {"agency": "C-05"}).then_refused("not-invited")
    left = held().model_copy(update={"members": (HOST,)})
    given(*READY, left).when(accept_secrecy, **me).then_refused("not-invited")


def test_the_agenda_takes_and_gives() -> None:
    facts = {**AT, "case_id": CASE}
    given(called(), invited()).when(place, **facts, case=CONSENTED).then(placed())
    given(*READY).when(place, **facts, case=CONSENTED).then_nothing()
    waits = state(escalated())
    given(called(), invited()).when(place, **facts, case=waits).then_refused("case-waiting")
    given(called(), invited()).when(place, **facts, case=Case()).then_refused("case-unknown")
    given(*READY).when(take_off, **facts, why="other").then(taken_off("other"))
    given(*READY, held()).when(take_off, **facts, why="other").then_nothing()


def test_a_meeting_is_called_off_once() -> None:
    off = m.CalledOff(meeting_id=MEETING, called_off_on=TODAY)
    given(*READY).when(call_off, **AT).then(off)
    given(*READY, off).when(call_off, **AT).then_nothing()
    given(*READY, off).when(place, **AT, case_id=uid(2), case=CONSENTED).then_refused(
        "meeting-called-off"
    )


def test_consent_moves_a_case_between_the_meetings() -> None:
    plan = m.meeting.fold(READY)
    support = m.meeting.fold([called("support-meeting"), invited(), placed()])
    assert why_off(plan, CONSENTED, TODAY) is None
    assert why_off(plan, state(*AGREED, withdrawn()), TODAY) == "consent-withdrawn"
    narrow = consented(SECOND_CONSENT).model_copy(update={"recipients": (HOST,)})
    assert why_off(plan, state(*AGREED, narrow), TODAY) == "not-covered"
    assert why_off(support, SILENT, TODAY) is None
    assert why_off(support, CONSENTED, TODAY) == "consent-given"


def test_a_consent_that_is_over_or_for_something_else_keeps_the_way_of_the_support_meeting() -> (
    None
):
    plan = m.meeting.fold(READY)
    support = m.meeting.fold([called("support-meeting"), invited(), placed()])
    for change in ({"expires_on": YESTERDAY}, {"purposes": ("sharing",)}):
        case = state(*OPEN, consented().model_copy(update=change))
        assert why_off(support, case, TODAY) is None
        assert why_off(plan, case, TODAY) == "not-covered"


def test_consent_is_agreed_anew_when_its_scope_changes() -> None:
    cases = scenario(case)
    facts: dict[str, Any] = {
        "consent_id": SECOND_CONSENT,
        "method": "written",
        "on": TODAY,
        "today": TODAY,
    }
    cases(*AGREED).when(consent, **facts).then_refused("consent-given")
    scope = Scope(("plan",), (HOST,), TOMORROW)
    again = consented(SECOND_CONSENT).model_copy(
        update={"purposes": ("plan",), "recipients": (HOST,), "expires_on": TOMORROW}
    )
    cases(*AGREED).when(consent, **facts, scope=scope).then(again)
    over = Scope(expires_on=YESTERDAY)
    cases(*AGREED).when(consent, **facts, scope=over).then_refused("consent-over-before-begun")


def test_a_ground_reaches_as_far_as_the_consent() -> None:
    narrow = consented().model_copy(
        update={"purposes": ("plan", "outreach"), "recipients": (HOST, OTHER), "expires_on": TODAY}
    )
    agreed, ground = state(*OPEN, narrow), Ground("consent")
    assert reference_of(agreed, ground, "outreach", TODAY, (OTHER,)) == str(CONSENT)
    for purpose, on, agencies, code in (
        ("outreach", TOMORROW, (), "consent-expired"),
        ("participation", TODAY, (), "consent-other-purpose"),
        ("plan", TODAY, ("C-05",), "consent-other-recipient"),
    ):
        with pytest.raises(Refused, match=code):
            reference_of(agreed, ground, purpose, on, agencies)  # type: ignore[arg-type]  # a literal of the loop
