"""道すじ: where a case stands, what comes next and which forms fit (①…⑩ and ※, T-01 … T-10).

The whole way in one table: of the steps that fit a case the first one is the next. The row of the
list, the steps on the case page and the work queue all read it here; the verbs beside it
(`escalation`, `consent`, `plan`, `closing` …) refuse what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

STEPS = (
    "受付",
    "申込",
    "同意",
    "情報の整理",
    "会議・プラン",
    "実行",
    "見直し",
    "一旦終結",
    "再開",
    "連携の継続",
)
OURS = "{office}"
TOGETHER = "{office}と支援関係機関"


@dataclass(frozen=True)
class Standing:
    """The facts of a case that the way depends on."""

    phase: str
    waiting_since: date | None
    """The oldest escalation nobody decided on."""
    came_back_on: date | None
    """The person of the closed case came to a counter again (T-09)."""
    look_on: date | None
    """Given back: when to ask the referrer how it goes."""
    opened_on: date | None
    applied_on: date | None
    consent: str
    consent_on: date | None
    consent_until: date | None
    consent_purposes: Sequence[str]
    """What the consent is for; empty: all of it."""
    plan_meeting_on: date | None
    support_meeting_on: date | None
    policy_review_on: date | None
    """支援方針 that a 支援会議 set without consent, and when it is looked at again."""
    plan_id: UUID | None
    planned_on: date | None
    review_on: date | None
    resumed_on: date | None
    """Resumed, and the plan not looked at since (T-09)."""
    running: int
    """Requests to other teams that have not ended."""
    nameless: bool
    """Came without a ground, and the name has not come since (T-03)."""
    lost: int
    """Those of them whose consent is gone, and nobody has decided (F-03)."""


Answer: TypeAlias = Literal["unknown", "given", "over", "none"]


def holds(case: Standing, today: date) -> bool:
    """Is there a consent, and is it not over?"""
    return case.consent == "given" and (case.consent_until is None or today <= case.consent_until)


def answer(case: Standing, today: date) -> Answer:
    """What the person's word means for a plan today: a consent that is over, or was given for
    other purposes only, carries none (F-03).
    """
    if case.consent in {"refused", "withdrawn"}:
        return "none"
    if case.consent != "given":
        return "unknown"
    if not holds(case, today):
        return "over"
    reaches = not case.consent_purposes or "plan" in case.consent_purposes
    return "given" if reaches else "none"


def has_met_since_plan(case: Standing) -> bool:
    """Is there a 重層的支援会議 of this round that no plan has been made of?"""
    met = case.plan_meeting_on
    if met is None or (case.resumed_on is not None and met < case.resumed_on):
        return False
    return case.planned_on is None or met > case.planned_on


def _has_met_without_consent(case: Standing) -> bool:
    """A 支援会議 since the person said no, and since the case was resumed."""
    since = max((day for day in (case.consent_on, case.resumed_on) if day), default=date.min)
    return case.support_meeting_on is not None and case.support_meeting_on >= since


def _is_asked_about_again(case: Standing) -> bool:
    return bool(case.waiting_since or case.came_back_on)


def _has_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


When: TypeAlias = Callable[[Standing, date], bool]


@dataclass(frozen=True)
class Step:
    """One stop on the way: what to do, who does it, with which form, from which day on it waits."""

    code: str
    nth: int
    todo: str
    when: When = lambda *_: True
    form: str = ""
    since: tuple[str, ...] = ()
    """Fields of the case; the first that is known begins the city's time limit."""
    limit: str = ""
    """A field of `Deadlines`; none: the day itself."""
    who: str = OURS
    """`{office}` stands for the counter that does 多機関協働, as the city calls it."""

    @property
    def name(self) -> str:
        """⑦ 見直し"""
        return f"{'①②③④⑤⑥⑦⑧⑨⑩'[self.nth - 1]} {STEPS[self.nth - 1]}"


# fmt: off
_CLOSED = (
    Step("resume", 9, "再開するかを決める", lambda case, _: _is_asked_about_again(case),
         "resumption", ("came_back_on", "waiting_since"), "resumption"),
    Step("keep-contact", 10, "主担当との情報共有を続ける", who="主担当と{office}"),
)
_WAITING = (
    Step("decide", 1, "受け付けるか、紹介元へ戻すかを決める", form="acceptance",
         since=("waiting_since",), limit="escalation_decision"),
)
_RETURNED = (
    Step("look-again", 1, "戻したケースの様子を、紹介元に聞く",
         lambda case, today: _has_come(case.look_on, today), "notes", ("look_on",)),
    Step("keep-link", 1, "紹介元との連携を続ける", who="紹介元と{office}"),
)
_WITHOUT_CONSENT = (
    Step("consent-again", 3, "同意の期限が過ぎました。本人にもう一度確かめる",
         lambda case, today: answer(case, today) == "over", "consent", ("consent_until",)),
    Step("support-meeting", 3, "支援会議で検討する（プランづくりの同意なし）",
         lambda case, _: not _has_met_without_consent(case),
         "meetings", ("resumed_on", "consent_on"), "next_step", TOGETHER),
    Step("policy", 5, "支援会議で決めた支援方針を記録する",
         lambda case, _: case.policy_review_on is None,
         "policies", ("support_meeting_on",), "next_step"),
    Step("policy-review", 7, "支援会議を開き、支援方針を見直す",
         lambda case, today: _has_come(case.policy_review_on, today),
         "meetings", ("policy_review_on",), who=TOGETHER),
    Step("follow", 6, "支援方針の実行を見守る", who=TOGETHER),
)
_WITHOUT_A_NAME = (
    Step("name", 3, "支援会議を招集し、紹介元の窓口を呼ぶ（お名前がまだ届いていません）",
         form="meetings", since=("opened_on",), limit="next_step", who=TOGETHER),
)
_TO_THE_PLAN = (
    Step("application", 2, "申込票を本人に書いてもらい、受け取る",
         lambda case, today: case.applied_on is None
         and (answer(case, today) == "unknown" or not has_met_since_plan(case)),
         "application", ("opened_on",), "next_step"),
    Step("consent", 3, "本人の同意を確かめる",
         lambda case, today: answer(case, today) == "unknown",
         "consent", ("applied_on",), "next_step"),
    Step("meeting", 4, "情報をまとめ、重層的支援会議を開く",
         lambda case, _: not has_met_since_plan(case),
         "meetings", ("resumed_on", "consent_on"), "next_step", TOGETHER),
    Step("plan", 5, "会議で決めた支援プランを記録する",
         form="plans", since=("plan_meeting_on",), limit="next_step"),
)
_WITH_A_PLAN = (
    Step("replan", 7, "会議で決めた見直しを、新しいプランにする",
         lambda case, today: has_met_since_plan(case)
         and (case.resumed_on is not None or _has_come(case.review_on, today)),
         "plans", ("plan_meeting_on",), "next_step"),
    Step("plan-again", 7, "再開したので、重層的支援会議を開き、前のプランを見直す",
         lambda case, _: case.resumed_on is not None,
         "meetings", ("resumed_on",), "next_step", TOGETHER),
    Step("review", 7, "重層的支援会議を開き、プランを見直す",
         lambda case, today: _has_come(case.review_on, today),
         "meetings", ("review_on",), who=TOGETHER),
    Step("follow", 6, "プランの実行を見守る", who=TOGETHER),
)
# fmt: on
WAY = (
    *_CLOSED,
    *_WAITING,
    *_RETURNED,
    *_WITHOUT_CONSENT,
    *_WITHOUT_A_NAME,
    *_TO_THE_PLAN,
    *_WITH_A_PLAN,
)


def _branch(case: Standing, today: date) -> Sequence[Step]:
    """Which part of the way a case is on."""
    if case.phase == "closed":
        return _CLOSED
    if case.waiting_since or case.phase == "waiting":
        return _WAITING
    if case.phase == "returned":
        return _RETURNED
    if answer(case, today) in {"none", "over"}:
        return _WITHOUT_CONSENT
    if case.nameless and answer(case, today) == "unknown":
        return _WITHOUT_A_NAME
    return _WITH_A_PLAN if case.plan_id else _TO_THE_PLAN


def next_step(case: Standing, today: date) -> Step:
    """Where the case stands today: the first step of its branch that fits."""
    return next(step for step in _branch(case, today) if step.when(case, today))


def is_paper_missing(case: Standing, today: date) -> bool:
    """T-02: in principle there is a 申込票; a case that goes on without one is not held up."""
    return case.phase == "open" and case.applied_on is None and answer(case, today) == "given"


def _is_open(case: Standing, _: date) -> bool:
    return case.phase == "open"


def _waits(case: Standing, _: date) -> bool:
    return bool(case.waiting_since) and case.phase != "closed"


# fmt: off
FORMS: dict[str, tuple[When, str]] = {
    "acceptance": (_waits, "nothing-waits"),
    "return": (lambda case, today: _waits(case, today) or (
        case.phase == "open" and not case.plan_id and not case.running), "support-has-begun"),
    "application": (lambda case, _: case.phase == "open" and case.applied_on is None,
                    "application-known"),
    "notes": (lambda case, _: case.phase in {"open", "closed", "returned"}, "case-waiting"),
    "consent": (lambda case, _: case.phase == "open" or (
        case.phase == "closed" and case.consent == "given"), "case-closed"),
    "inquiries": (_is_open, "case-closed"),
    "meetings": (_is_open, "case-closed"),
    "policies": (lambda case, today: case.phase == "open" and case.support_meeting_on is not None
                 and answer(case, today) in {"none", "over"}, "policy-with-consent"),
    "plans": (lambda case, today: case.phase == "open" and answer(case, today) == "given",
              "consent-missing"),
    "participation-requests": (_is_open, "case-closed"),
    "outreach-requests": (_is_open, "case-closed"),
    "closure": (lambda case, _: case.phase == "open" and not case.waiting_since,
                "escalation-waiting"),
    "grounds": (lambda case, _: case.lost > 0, "ground-holds"),
    "keeper": (_is_open, "case-closed"),
    "nurse": (_is_open, "case-closed"),
    "declination": (lambda case, _: case.phase == "closed" and case.came_back_on is not None,
                    "nobody-came-back"),
    "resumption": (lambda case, _: case.phase == "closed", "case-open"),
}
# fmt: on
"""When each form fits, in the order of the way, and what is said while it does not."""


def allowed(case: Standing, today: date) -> list[str]:
    """The forms that fit the case as it stands."""
    return [name for name, (when, _) in FORMS.items() if when(case, today)]


_PHASE_SAYS = {"waiting": "case-waiting", "returned": "case-returned", "closed": "case-closed"}


def hindrance(case: Standing, form: str, today: date) -> str | None:
    """Why this form cannot be used now, before anybody types into it: a code of `messages`."""
    when, says = FORMS[form]
    if when(case, today):
        return None
    if form == "acceptance" and case.phase == "closed" and case.waiting_since:
        return "resume-instead"
    return _PHASE_SAYS.get(case.phase) or says
