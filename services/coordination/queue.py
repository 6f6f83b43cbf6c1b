"""やること: what is due, overdue or silent in 多機関協働, by rules one can read (F-07, N-04).

Each rule takes a row as it stands and says the day by which something has to happen, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.coordination.read.approvals import Turn
from services.coordination.read.callings import Calling, TaskRow
from services.coordination.read.cases import CaseRow
from services.coordination.read.inquiries import InquiryRow
from services.coordination.read.notes import Promise
from services.coordination.read.queued import ContactWait, RequestWait
from shared.vocabulary.entries import Deadlines, Interval

SOON = 7
"""Days ahead that are worth a look."""


@dataclass(frozen=True)
class Due:
    """One thing to do."""

    on: date
    kind: str
    """The rule that found it."""
    todo: str
    href: str
    case_id: UUID | None = None
    agency: str | None = None
    """Who has to act, where it is not the office that coordinates."""

    def days_late(self, today: date) -> int:
        return (today - self.on).days

    def state(self, today: date) -> str:
        """late, today, soon or later."""
        late = self.days_late(today)
        if late > 0:
            return "late"
        return "today" if late == 0 else "soon" if late >= -SOON else "later"


def of_cases(rows: Iterable[CaseRow], limits: Deadlines, today: date) -> Iterator[Due]:
    """The next step of every case that has one."""
    for row in rows:
        step = row.next_step(today)
        if step in _STEPS:
            rule = _STEPS[step]
            since = next((day for name in rule.since if (day := getattr(row, name))), None)
            if since is not None:
                on = since + timedelta(days=getattr(limits, rule.limit) if rule.limit else 0)
                yield Due(on, step, rule.todo, f"{_case(row.case_id)}{rule.form}", row.case_id)
        if row.phase == "open" and row.nurse_district is None and row.opened_on is not None:
            yield Due(
                row.opened_on,
                "no-nurse",
                "地区担当の保健師が決まっていません。だれが担当するか決める",
                _case(row.case_id),
                row.case_id,
            )


def of_inquiries(rows: Iterable[InquiryRow]) -> Iterator[Due]:
    """照会: nobody has answered yet."""
    for row in rows:
        if row.stage == "asked":
            yield Due(
                row.answer_by,
                "inquiry",
                "照会への回答を待っています",
                f"/coordination/inquiries/{row.inquiry_id}",
                row.case_id,
                row.agency,
            )


def of_tasks(rows: Iterable[TaskRow]) -> Iterator[Due]:
    """今後のアクション that is not done."""
    for row in rows:
        yield Due(
            row.due_on,
            "task",
            "会議で決めたアクション",
            f"/coordination/meetings/{row.meeting_id}",
            row.case_id,
            row.agency,
        )


def of_meetings(rows: Iterable[Calling]) -> Iterator[Due]:
    """A meeting to come, and one without minutes afterwards."""
    for row in rows:
        yield Due(
            row.planned_on, "meeting-day", "会議の日", f"/coordination/meetings/{row.meeting_id}"
        )


def of_approvals(
    rows: Iterable[Turn], open_cases: Container[UUID], by: Callable[[Turn], tuple[str, date]]
) -> Iterator[Due]:
    """決裁: a signature that is waited for. `by` says whose it is and until when (F-08)."""
    for row in rows:
        if row.case_id in open_cases:
            post, on = by(row)
            what = "支援プラン" if row.kind == "plan" else "一旦終結"
            href = f"{_case(row.case_id)}/approvals/{row.approval_id}"
            yield Due(on, "approval", f"{what}の決裁（{post}）", href, row.case_id)


def of_promises(rows: Iterable[Promise]) -> Iterator[Due]:
    """A day that was agreed on in the 支援経過 and has not been written about since."""
    for row in rows:
        yield Due(
            row.next_on,
            "promise",
            "支援経過で決めた予定の日",
            f"{_case(row.case_id)}/notes/new",
            row.case_id,
        )


def of_requests(rows: Iterable[RequestWait], limits: Deadlines) -> Iterator[Due]:
    """A helping team of which nothing is heard (N-04)."""
    for row in rows:
        heard = row.last_on or row.requested_on
        what = "参加支援" if row.team == "participation" else "アウトリーチ"
        said = "がまだ始まっていません" if row.last_on is None else "からの知らせが止まっています"
        on = heard + timedelta(days=limits.silence)
        yield Due(on, "silent", f"{what}{said}。様子を聞く", _case(row.case_id), row.case_id)


def of_closed(rows: Iterable[ContactWait], intervals: Iterable[Interval]) -> Iterator[Due]:
    """What was promised to 主担当 after the end (T-10)."""
    days = {one.code: one.days for one in intervals}
    for row in rows:
        every = days.get(row.contact_every or "")
        if every is None or row.closed_on is None:
            continue
        on = (row.shared_on or row.closed_on) + timedelta(days=every)
        if row.contact_until is None or on <= row.contact_until:
            yield Due(
                on,
                "contact",
                "終結後の連絡。主担当に様子を聞く",
                f"{_case(row.case_id)}/plans/sharing",
                row.case_id,
                row.lead_agency,
            )


def _case(case_id: UUID) -> str:
    return f"/coordination/cases/{case_id}"


@dataclass(frozen=True)
class _Step:
    """What is to be done, the form that records it, from which day it waits, the city's limit."""

    todo: str
    form: str
    since: tuple[str, ...]
    """Fields of the row; the first that is known."""
    limit: str = ""
    """A field of `Deadlines`; none: the day itself."""


_STEPS = {
    "decide": _Step(
        "紹介を受け付けるか、戻すかを決める", "", ("waiting_since",), "escalation_decision"
    ),
    "resume": _Step(
        "再開するかを決める", "/resumption/new", ("came_back_on", "waiting_since"), "resumption"
    ),
    "application": _Step("申込票を受け取る", "/application/new", ("opened_on",), "next_step"),
    "consent": _Step("本人の同意を確かめる", "/consent/new", ("applied_on",), "next_step"),
    "consent-again": _Step(
        "同意の期限が過ぎました。もう一度確かめる", "/consent/new", ("consent_until",)
    ),
    "support-meeting": _Step("支援会議で検討する", "", ("consent_on",), "next_step"),
    "policy": _Step("支援方針を記録する", "/plans/policies", ("support_meeting_on",), "next_step"),
    "policy-review": _Step("支援会議を開き、支援方針を見直す", "", ("policy_review_on",)),
    "meeting": _Step("重層的支援会議を開く", "", ("consent_on",), "next_step"),
    "plan": _Step("支援プランを決める", "/plans/draft", ("plan_meeting_on",), "next_step"),
    "review": _Step("プランを見直す", "", ("review_on",)),
}
