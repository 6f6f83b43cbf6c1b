"""やること: what is due, overdue or silent in 多機関協働, by rules one can read (F-07, N-04).

Each rule takes a row as it stands and says the day by which something has to happen, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.coordination.domain.way import Step, is_paper_missing, next_step
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
    signers: tuple[str, ...] = ()
    """Whose signature is waited for, by their sign-in; any of them may give it."""

    def days_late(self, today: date) -> int:
        return (today - self.on).days

    def state(self, today: date) -> str:
        """late, today, soon or later."""
        late = self.days_late(today)
        if late > 0:
            return "late"
        return "today" if late == 0 else "soon" if late >= -SOON else "later"


@dataclass(frozen=True)
class Signature:
    """Whose turn it is, until when, and who may sign."""

    post: str
    by: date
    signers: tuple[str, ...] = ()


def of_cases(rows: Iterable[CaseRow], limits: Deadlines, today: date) -> Iterator[Due]:
    """The next step of every case that has one."""
    for row in rows:
        step = next_step(row, today)
        if (since := _since(row, step)) is not None:
            on = since + timedelta(days=getattr(limits, step.limit) if step.limit else 0)
            page = f"{_case(row.case_id)}{_PAGES.get(step.code, '')}"
            yield Due(on, step.code, step.todo, page, row.case_id)
        if step.code != "application" and is_paper_missing(row, today) and row.opened_on:
            on = row.opened_on + timedelta(days=limits.next_step)
            page = f"{_case(row.case_id)}/application/new"
            yield Due(on, "no-paper", "申込票がまだありません。受け取る", page, row.case_id)
        if row.lost:
            yield Due(
                today,
                "ground",
                "同意がなくなった依頼があります。別の根拠で続けるか、終えるかを決める",
                f"{_case(row.case_id)}/grounds/new",
                row.case_id,
            )
        if row.phase == "open" and row.nurse_district is None and row.opened_on is not None:
            yield Due(
                row.opened_on,
                "no-nurse",
                "地区担当の保健師が決まっていません。だれが担当するか決める",
                f"{_case(row.case_id)}/nurse/new",
                row.case_id,
            )


def _since(row: CaseRow, step: Step) -> date | None:
    return next((day for name in step.since if (day := getattr(row, name))), None)


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
    rows: Iterable[Turn], open_cases: Container[UUID], turn: Callable[[Turn], Signature]
) -> Iterator[Due]:
    """決裁: a signature that is waited for (F-08)."""
    for row in rows:
        if row.case_id in open_cases:
            due = turn(row)
            what = "支援プラン" if row.kind == "plan" else "一旦終結"
            href = f"{_case(row.case_id)}/approvals/{row.approval_id}"
            todo = f"{what}の決裁（{due.post}）"
            yield Due(due.by, "approval", todo, href, row.case_id, signers=due.signers)


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


_PAGES = {
    "application": "/application/new",
    "consent": "/consent/new",
    "consent-again": "/consent/new",
    "policy": "/plans/policies",
    "plan": "/plans/draft",
    "replan": "/plans/draft",
    "look-again": "/notes/new",
}
"""Where the work of a step is done, when it is not the case page."""
