"""下書き, 支援方針, 評価 and what is shared after the end (T-03, T-05, T-07 … T-10, M-3, X-30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.coordination.domain.case import Case, Consent, Phase, case
from services.coordination.domain.consented import Scope
from services.coordination.domain.draft import Saved, draft, save
from services.coordination.domain.evaluation import (
    Evaluated,
    Finding,
    Shared,
    Verdict,
    aftercare,
    evaluate,
    share,
)
from services.coordination.domain.meeting import Meeting
from services.coordination.domain.plan import agree_plan, agreement_of
from services.coordination.domain.policy import (
    Direction,
    Policies,
    PolicySet,
    policy,
    set_policy,
)
from services.coordination.domain.sheet import Goal, Sheet, Task, changes
from shared.sourcing.decider import Refused
from tests.coordination.examples import (
    CASE,
    CLOSURE,
    CONSENT,
    MEETING,
    PLAN,
    REVIEW,
    TODAY,
    TOMORROW,
    YESTERDAY,
    uid,
)
from tests.given import scenario

given_draft, given_policy = scenario(draft), scenario(policy)
given_aftercare = scenario(aftercare)
SHEET = Sheet(
    aim="母と二人で落ち着いて暮らす",
    goals=(Goal(problem="家計", goal="滞納をなくす"), Goal(problem="介護", goal="週二日休む")),
    tasks=(
        Task(who="person", what="家計簿を付ける", problem=1),
        Task(who="C-07", contact="見本 一郎", what="家計の相談", problem=1, until="3月まで"),
        Task(who="C-07", what="滞納の分割", problem=1),
    ),
    contact_desk="C-08",
    review_on=REVIEW,
)
OPEN = Case(phase=Phase.OPEN, case_id=CASE, plan_id=PLAN)
CONSENTED = replace(OPEN, consent=Consent.GIVEN, consent_id=CONSENT)
saved = Saved(case_id=CASE, version=1, saved_on=TODAY, sheet=SHEET)
SAVING: dict[str, Any] = {"case": OPEN, "sheet": SHEET, "version": 0, "today": TODAY}
NEXT = SHEET.model_copy(update={"emergency": "119番のあと、窓口へ"})


def test_a_draft_may_be_saved_unfinished() -> None:
    unfinished = saved.model_copy(update={"sheet": Sheet()})
    given_draft().when(save, **SAVING | {"sheet": Sheet()}).then(unfinished)


def test_the_next_version_is_written_on_the_one_that_was_seen() -> None:
    following = saved.model_copy(update={"version": 2, "sheet": NEXT})
    given_draft(saved).when(save, **SAVING | {"sheet": NEXT, "version": 1}).then(following)


def test_whoever_is_slower_overwrites_nothing() -> None:
    given_draft(saved).when(save, **SAVING | {"sheet": NEXT}).then_refused("draft-changed")


def test_a_draft_of_a_case_that_rests_stays() -> None:
    resting = replace(OPEN, phase=Phase.CLOSED)
    given_draft(saved).when(save, **SAVING | {"case": resting}).then_refused("case-closed")


def test_two_sheets_are_compared_line_by_line() -> None:
    other = NEXT.model_copy(update={"goals": SHEET.goals[:1]})
    assert changes(SHEET, other) == [
        ("goals", 2, SHEET.goals[1], None),
        ("emergency", 0, "", NEXT.emergency),
    ]


def test_an_agreed_sheet_is_the_plan_with_its_roles() -> None:
    meeting = Meeting(
        "plan-meeting", held_on=TODAY, cases=frozenset({CASE}), members=frozenset({"C-08"})
    )
    [agreed] = agree_plan(
        CONSENTED,
        plan_id=PLAN,
        meeting_id=MEETING,
        meeting=meeting,
        draft=agreement_of(SHEET),
        on=TODAY,
        today=TODAY,
    )
    told = agreed.model_dump(include={"agencies", "tasks", "until", "problems", "goal"})
    assert told == {
        "agencies": ("C-07",),
        "tasks": ("家計の相談、滞納の分割",),
        "until": ("3月まで",),
        "problems": "1. 家計\n2. 介護",
        "goal": SHEET.aim,
    }
    assert case.evolve(CONSENTED, agreed).round == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"goals": ()}, "goals-missing"),
        ({"goals": (Goal(problem="家計"),)}, "goals-missing"),
        ({"tasks": (Task(who="", what="相談"),)}, "role-incomplete"),
        ({"contact_desk": None}, "contact-desk-missing"),
        ({"review_on": None}, "review-missing"),
        ({"begins_on": TOMORROW, "ends_on": TODAY}, "period-backwards"),
    ],
)
def test_what_is_open_cannot_be_agreed_on(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        agreement_of(SHEET.model_copy(update=change))
    assert refusal.value.code == code


SAT = Meeting(
    "support-meeting", held_on=TODAY, cases=frozenset({CASE}), members=frozenset({"C-08", "C-01"})
)
SETTING: dict[str, Any] = {
    "policy_id": uid(95),
    "case": OPEN,
    "meeting_id": MEETING,
    "meeting": SAT,
    "direction": Direction("見守りを続ける", "包括が月一回訪ねる", REVIEW),
    "on": TODAY,
    "today": TODAY,
}


def test_without_consent_a_support_meeting_sets_a_policy() -> None:
    given_policy().when(set_policy, **SETTING).then(
        PolicySet(
            case_id=CASE,
            policy_id=uid(95),
            meeting_id=MEETING,
            set_on=TODAY,
            review_on=REVIEW,
            direction="見守りを続ける",
            roles="包括が月一回訪ねる",
        )
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case": CONSENTED}, "policy-with-consent"),
        ({"meeting": replace(SAT, kind="plan-meeting")}, "support-meeting-missing"),
        ({"meeting": replace(SAT, cases=frozenset())}, "meeting-without-case"),
        ({"on": YESTERDAY}, "policy-before-meeting"),
        ({"on": TOMORROW}, "day-in-future"),
        ({"direction": Direction(" ", "", REVIEW)}, "direction-missing"),
        ({"direction": Direction("x", "", TODAY)}, "review-not-after-plan"),
    ],
)
def test_a_policy_needs_its_meeting(change: dict[str, Any], code: str) -> None:
    given_policy().when(set_policy, **SETTING | change).then_refused(code)


@pytest.mark.parametrize(
    "scope", [Scope(expires_on=YESTERDAY), Scope(purposes=("sharing",)), Scope(("afterwards",))]
)
def test_a_consent_that_carries_no_plan_leaves_the_way_of_the_policy(scope: Scope) -> None:
    narrow = replace(CONSENTED, scope=scope)
    events = set_policy(Policies(), **SETTING | {"case": narrow})
    assert [type(one) for one in events] == [PolicySet]
    wide = replace(CONSENTED, scope=Scope(("plan",), expires_on=TODAY))
    given_policy().when(set_policy, **SETTING | {"case": wide}).then_refused("policy-with-consent")


VERDICTS = (Verdict(goal="滞納をなくす", reached="partly", words="あと二か月分"),)
EVALUATING: dict[str, Any] = {
    "case": OPEN,
    "plan_id": PLAN,
    "verdicts": VERDICTS,
    "found": Finding(left="介護"),
    "edition": 0,
    "on": TODAY,
    "today": TODAY,
}
evaluated = Evaluated(
    case_id=CASE, plan_id=PLAN, evaluated_on=TODAY, verdicts=VERDICTS, left="介護"
)


def test_every_goal_is_evaluated() -> None:
    given_aftercare().when(evaluate, **EVALUATING).then(evaluated)
    given_aftercare(evaluated).when(evaluate, **EVALUATING).then_nothing()


def test_a_colleagues_evaluation_is_not_replaced_unseen() -> None:
    more = {"found": Finding("介護", "働きたい", ("housing",), "replan")}
    again = evaluated.model_copy(
        update={
            "edition": 2,
            "changes": ("housing",),
            "judgement": "replan",
            "wishes": "働きたい",
        }
    )
    late = EVALUATING | more
    given_aftercare(evaluated).when(evaluate, **late).then_refused("evaluation-changed")
    given_aftercare(evaluated).when(evaluate, **late | {"edition": 1}).then(again)
    of_before = evaluated.model_copy(update={"left": "前の書き方"})
    third = again.model_copy(update={"edition": 3})
    given_aftercare(of_before, evaluated).when(evaluate, **late | {"edition": 2}).then(third)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"plan_id": uid(52)}, "plan-not-current"),
        ({"verdicts": ()}, "verdicts-missing"),
        ({"on": TOMORROW}, "day-in-future"),
    ],
)
def test_only_the_plan_that_holds_is_evaluated(change: dict[str, Any], code: str) -> None:
    given_aftercare().when(evaluate, **EVALUATING | change).then_refused(code)


CLOSED = replace(OPEN, phase=Phase.CLOSED, closure_id=CLOSURE, since=TODAY)
SHARING: dict[str, Any] = {
    "sharing_id": uid(96),
    "case": CLOSED,
    "agency": "C-01",
    "note": "変わりなし",
    "on": TODAY,
    "today": TODAY,
}


def test_after_the_end_the_lead_agency_and_we_keep_telling_each_other() -> None:
    given_aftercare().when(share, **SHARING).then(
        Shared(
            case_id=CASE,
            sharing_id=uid(96),
            closure_id=CLOSURE,
            agency="C-01",
            shared_on=TODAY,
            note="変わりなし",
        )
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case": OPEN}, "case-not-closed"),
        ({"note": " "}, "note-missing"),
        ({"on": date(2026, 11, 1)}, "before-closure"),
    ],
)
def test_what_is_shared_follows_the_end(change: dict[str, Any], code: str) -> None:
    given_aftercare().when(share, **SHARING | change).then_refused(code)
