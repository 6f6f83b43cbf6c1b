"""照会の規則: asked on a ground, answered by a day, never forgotten (T-04, T-07, N-04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.coordination.domain.case import Case, Consent, Phase
from services.coordination.domain.inquiry import (
    Answered,
    Asked,
    Dropped,
    Heard,
    Question,
    Reminded,
    answer,
    ask,
    drop,
    inquiry,
    remind,
)
from services.coordination.domain.meeting import Meeting
from services.coordination.domain.support import Ground
from tests.coordination.examples import CASE, CONSENT, MEETING, TODAY, TOMORROW, uid
from tests.given import scenario

given = scenario(inquiry)
INQUIRY = uid(91)
OPEN = Case(phase=Phase.OPEN, case_id=CASE, consent=Consent.GIVEN, consent_id=CONSENT)
SAT = Meeting(
    "support-meeting", held_on=TODAY, cases=frozenset({CASE}), members=frozenset({"C-08", "C-01"})
)
ASKING: dict[str, Any] = {
    "inquiry_id": INQUIRY,
    "case": OPEN,
    "question": Question("assessment", "C-07", "家計のようすを教えてください", 14),
    "ground": Ground("consent"),
    "meeting_id": None,
    "on": TODAY,
}
asked = Asked(
    inquiry_id=INQUIRY,
    case_id=CASE,
    kind="assessment",
    agency="C-07",
    asked_on=TODAY,
    answer_by=date(2026, 12, 7),
    basis="consent",
    basis_reference=str(CONSENT),
    question="家計のようすを教えてください",
)
answered = Answered(
    inquiry_id=INQUIRY,
    case_id=CASE,
    kind="assessment",
    agency="C-07",
    answered_on=TOMORROW,
    answer="滞納がある",
)


def test_an_agency_is_asked_with_a_day_for_the_answer() -> None:
    given().when(ask, **ASKING).then(asked)


@pytest.mark.parametrize(
    ("phase", "code"),
    [(Phase.WAITING, "case-waiting"), (Phase.CLOSED, "case-closed")],
)
def test_only_about_a_case_in_our_hands(phase: Phase, code: str) -> None:
    given().when(ask, **ASKING | {"case": replace(OPEN, phase=phase)}).then_refused(code)


def test_without_consent_or_another_ground_nobody_is_asked() -> None:
    without = replace(OPEN, consent=Consent.REFUSED, consent_id=None)
    given().when(ask, **ASKING | {"case": without}).then_refused("consent-missing")


def test_on_the_ground_of_a_support_meeting_only_its_members_are_asked() -> None:
    ground = {"ground": Ground("support-meeting", str(MEETING), SAT), "meeting_id": MEETING}
    given().when(ask, **ASKING | ground).then_refused("agency-not-member")
    member = Question("report", "C-01", "変わりはありますか", 14)
    given().when(ask, **ASKING | ground | {"question": member}).then(
        asked.model_copy(
            update={
                "kind": "report",
                "agency": "C-01",
                "basis": "support-meeting",
                "meeting_id": MEETING,
                "basis_reference": str(MEETING),
                "question": "変わりはありますか",
            }
        )
    )


def test_a_question_says_something() -> None:
    empty = Question("report", "C-01", "　 ", 14)
    given().when(ask, **ASKING | {"question": empty}).then_refused("question-missing")


SAY: dict[str, Any] = {"answers": {}, "edition": 0, "on": TOMORROW}


def test_a_colleagues_answer_is_not_replaced_unseen() -> None:
    sheet = {"strengths": " 料理が得意 ", "health": " "}
    both = answered.model_copy(update={"edition": 2, "answers": {"strengths": "料理が得意"}})
    late = SAY | {"text": "滞納がある", "answers": sheet}
    given(asked, answered).when(answer, **late).then_refused("answer-changed")
    given(asked, answered).when(answer, **late | {"edition": 1}).then(both)
    alone = both.model_copy(update={"answer": None, "edition": 1})
    given(asked).when(answer, **late | {"text": ""}).then(alone)


def test_an_answer_may_be_corrected_and_an_equal_one_changes_nothing() -> None:
    given(asked).when(answer, text=" 滞納がある ", **SAY).then(answered)
    given(asked, answered).when(answer, text="滞納は二か月", **SAY | {"edition": 1}).then(
        answered.model_copy(update={"answer": "滞納は二か月", "edition": 2})
    )
    heard = Heard("医療相談室の担当者", "telephone")
    told = answered.model_copy(update={"told_by": heard.told_by, "told_how": "telephone"})
    given(asked).when(answer, text=" 滞納がある ", **SAY, heard=heard).then(told)
    nobody = Heard(" ", "telephone")
    given(asked).when(answer, text="x", **SAY, heard=nobody).then_refused("told-by-missing")
    given(asked).when(answer, text="　", **SAY).then_refused("answer-missing")
    given().when(answer, text="x", **SAY).then_refused("inquiry-unknown")


def test_one_reminder_a_day_and_none_after_the_answer() -> None:
    reminded = Reminded(inquiry_id=INQUIRY, case_id=CASE, reminded_on=TOMORROW)
    given(asked).when(remind, on=TOMORROW).then(reminded)
    given(asked, answered).when(remind, on=TOMORROW).then_refused("inquiry-over")


def test_what_was_dropped_needs_no_answer() -> None:
    dropped = Dropped(inquiry_id=INQUIRY, case_id=CASE, dropped_on=TOMORROW)
    given(asked).when(drop, on=TOMORROW).then(dropped)
    given(asked, dropped).when(answer, text="遅れました", **SAY).then_refused("inquiry-dropped")
    given(asked, answered).when(drop, on=TOMORROW).then_refused("inquiry-over")
