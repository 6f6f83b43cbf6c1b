"""①…⑩: where a case stands in 多機関協働, what comes next and who does it (T-01 … T-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.coordination.read.cases import CaseRow

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
_OURS = "{office}"
_TOGETHER = "{office}と支援関係機関"


@dataclass(frozen=True)
class Stop:
    """One state of a case: the step it is at, what to do, who does it, the form that records it."""

    step: int
    todo: str
    who: str
    """`{office}` stands for the counter that does 多機関協働, as the city calls it."""
    form: str = ""

    @property
    def name(self) -> str:
        """⑦ 見直し"""
        return f"{'①②③④⑤⑥⑦⑧⑨⑩'[self.step - 1]} {STEPS[self.step - 1]}"


_STOPS = {
    "decide": Stop(1, "受け付けるか、紹介元へ戻すかを決める", _OURS, "acceptance"),
    "keep-link": Stop(1, "紹介元との連携を続ける", "紹介元と{office}"),
    "application": Stop(2, "申込票を本人に書いてもらい、受け取る", _OURS, "application"),
    "consent": Stop(3, "本人の同意を確かめる", _OURS, "consent"),
    "consent-again": Stop(3, "同意の期限が過ぎました。本人にもう一度確かめる", _OURS, "consent"),
    "support-meeting": Stop(3, "支援会議で検討する（同意なし）", _TOGETHER, "meetings"),
    "policy": Stop(5, "支援会議で決めた支援方針を記録する", _OURS, "policies"),
    "policy-review": Stop(7, "支援会議を開き、支援方針を見直す", _TOGETHER, "meetings"),
    "meeting": Stop(4, "情報をまとめ、重層的支援会議を開く", _TOGETHER, "meetings"),
    "plan": Stop(5, "会議で決めた支援プランを記録する", _OURS, "plans"),
    "follow": Stop(6, "プランの実行を見守る", _TOGETHER),
    "review": Stop(7, "会議で決めた見直しを、新しいプランにする", _OURS, "plans"),
    "resume": Stop(9, "新しい紹介が来ています。再開を決める", _OURS, "resumption"),
    "keep-contact": Stop(10, "主担当との情報共有を続ける", "主担当と{office}"),
}
_REVIEW_MEETING = Stop(7, "重層的支援会議を開き、プランを見直す", _TOGETHER, "meetings")


def stop_of(row: CaseRow, today: date) -> Stop:
    """Where the case stands today. A review begins with a meeting held after the plan."""
    code = row.next_step(today)
    if code == "review" and not has_met_since_plan(row):
        return _REVIEW_MEETING
    return _STOPS[code]


def has_met_since_plan(row: CaseRow) -> bool:
    """Is there a 重層的支援会議 that no plan has been made of?"""
    met = row.plan_meeting_on
    return met is not None and (row.planned_on is None or met > row.planned_on)


def steps_of(row: CaseRow, today: date) -> list[tuple[str, str]]:
    """Each step as done, now or next. ⑨ is done only by resuming."""
    now = stop_of(row, today).step
    return [(name, _state(nth, now)) for nth, name in enumerate(STEPS, 1)]


def _state(nth: int, now: int) -> str:
    if nth == now:
        return "now"
    return "done" if nth < now and nth != 9 else "next"


def allowed(row: CaseRow) -> list[str]:
    """The forms that fit the case as it stands, in the order of the way."""
    found: list[str] = []
    if row.waiting_since and row.phase != "closed":
        found += ["acceptance", "return"]
    if row.phase == "open":
        found += _while_open(row)
    if row.phase == "closed":
        found += ["notes", "resumption", *(["consent"] if row.consent == "given" else [])]
    return found


def _while_open(row: CaseRow) -> list[str]:
    begun = row.plan_id or row.running or row.waiting_since
    return [
        *([] if row.applied_on else ["application"]),
        "notes",
        "consent",
        "inquiries",
        "meetings",
        *(["policies"] if row.consent == "refused" and row.support_meeting_on else []),
        *(["plans"] if row.consent == "given" else []),
        "participation-requests",
        "outreach-requests",
        *([] if row.waiting_since else ["closure"]),
        *([] if begun else ["return"]),
    ]


_PHASE_SAYS = {"waiting": "case-waiting", "returned": "case-returned", "closed": "case-closed"}
_FORM_SAYS = {
    "acceptance": "nothing-waits",
    "return": "support-has-begun",
    "application": "application-known",
    "plans": "consent-missing",
    "closure": "escalation-waiting",
    "resumption": "case-open",
}


def hindrance(row: CaseRow, form: str) -> str | None:
    """Why this form cannot be used now, before anybody types into it: a code of `messages`."""
    if form in allowed(row):
        return None
    if form == "acceptance" and row.phase == "closed" and row.waiting_since:
        return "resume-instead"
    return _PHASE_SAYS.get(row.phase) or _FORM_SAYS[form]
