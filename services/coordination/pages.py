"""The screens of coordination: what waits, how each case stands, and a form for every step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.coordination import asked, words, work
from services.coordination.access import CASE, LIST, WORK, knows_person
from services.coordination.desk import Desk
from services.coordination.file import File, open_case, person_lines
from services.coordination.messages import messages
from services.coordination.read.cases import CaseRow, cases_where
from services.coordination.steps import steps_of
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
WorkName = Literal[
    "acceptance",
    "return",
    "application",
    "consent",
    "meetings",
    "plans",
    "participation-requests",
    "outreach-requests",
    "closure",
    "resumption",
]


@dataclass(frozen=True)
class Work:
    """One form: what is typed, what it does, what it is called, what is said when it is done."""

    model: type[BaseModel]
    do: Callable[[Desk, UUID, Any], Awaitable[work.Made]]
    title: str
    said: str


WORKS: dict[str, Work] = {
    "acceptance": Work(
        asked.Acceptance, work.accept_case, "多機関協働で受け付ける", "受け付けました。"
    ),
    "return": Work(asked.Return, work.return_case, "紹介元へ戻す", "紹介元へ戻しました。"),
    "application": Work(
        asked.Application,
        work.receive_application,
        "相談受付・申込票を記録する",
        "申込票を記録しました。",
    ),
    "consent": Work(
        asked.Consent, work.record_consent, "本人の同意を記録する", "本人の返事を記録しました。"
    ),
    "meetings": Work(asked.Meeting, work.hold_meeting, "会議を記録する", "会議を記録しました。"),
    "plans": Work(asked.PlanForm, work.make_plan, "支援プランを決める", "プランを決めました。"),
    "participation-requests": Work(
        asked.SupportRequest, work.ask_participation, "参加支援を依頼する", "依頼しました。"
    ),
    "outreach-requests": Work(
        asked.SupportRequest, work.ask_outreach, "アウトリーチを依頼する", "依頼しました。"
    ),
    "closure": Work(asked.Closure, work.close_case, "一旦終結する", "一旦終結しました。"),
    "resumption": Work(asked.Resumption, work.resume_case, "支援を再開する", "再開しました。"),
}


@dataclass(frozen=True)
class CasesPage:
    """待ち, then the cases by the day of their next review."""

    today: date
    q: str
    waiting: list[CaseRow]
    running: list[CaseRow]
    resting: list[CaseRow]
    named: frozenset[UUID]
    whose: str
    """What the list holds when it does not hold every case."""

    next_steps: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class CasePage:
    """One case, with what to do next."""

    today: date
    file: File
    steps: list[tuple[str, str]]
    person: list[tuple[str, str]]
    may_work: bool
    words: Any


@dataclass(frozen=True)
class WorkPage:
    """One form about one case."""

    name: str
    work: Work
    file: File
    form: Form[Any]
    agencies: list[tuple[str, str]]
    others: list[tuple[str, str]]
    rows: range
    words: Any


@pages.get("", rule=LIST)
async def show_cases(
    request: Request, desk: DeskHere, q: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    staff: Staff = request.state.staff
    rows = await cases_where(desk.db, q=q)
    if staff.role in (Role.COUNTER, Role.NURSE):  # what one's own counter or district goes on with
        rows = [row for row in rows if knows_person(staff, row)]
    named = frozenset(row.case_id for row in rows if knows_person(staff, row))
    if q.strip():  # a search by name answers only about cases whose name one may see
        rows = [row for row in rows if row.case_id in named]
    await saw(desk.db, staff, named, LIST.name)
    page = CasesPage(
        desk.clock.today(),
        q,
        [row for row in rows if row.waiting_since],
        [row for row in rows if row.phase == "open" and not row.waiting_since],
        [row for row in rows if row.phase in {"closed", "returned"} and not row.waiting_since],
        named,
        _whose(desk, staff),
        words.NEXT_STEPS,
    )
    return render(request, "cases.html", page)


def _whose(desk: Desk, staff: Staff) -> str:
    if staff.role is Role.COUNTER:
        return "この窓口が紹介したケースと、主担当のケースです。"
    if staff.role is Role.NURSE and staff.district:
        district = desk.city.label("nurse_districts", staff.district)
        return f"担当地区（{district}）のケースと、地区の決まっていないケースです。"
    return ""


@pages.get("/cases/{case_id}", rule=CASE)
async def show_case(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    file = await open_case(desk, request.state.staff, case_id)
    today = desk.clock.today()
    page = CasePage(
        today,
        file,
        steps_of(file.row, today),
        person_lines(file.person),
        request.state.staff.role in WORK.roles,
        words,
    )
    return render(request, "case.html", page)


@pages.get("/cases/{case_id}/{name}/new", rule=WORK)
async def new_work(request: Request, case_id: UUID, name: WorkName, desk: DeskHere) -> Response:
    file = await open_case(desk, request.state.staff, case_id)
    form = blank(WORKS[name].model, **_known(file, name, desk.clock.today()))
    return await show_form(request, desk, file, name, form)


@pages.post("/cases/{case_id}/{name}", rule=WORK)
async def create_work(request: Request, case_id: UUID, name: WorkName, desk: DeskHere) -> Response:
    form = await read_form(request, WORKS[name].model)
    if form.value is not None:
        try:
            await WORKS[name].do(desk, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}", said=WORKS[name].said)
    file = await open_case(desk, request.state.staff, case_id)
    return await show_form(request, desk, file, name, form)


async def show_form(
    request: Request, desk: Desk, file: File, name: str, form: Form[Any]
) -> Response:
    today = desk.clock.today()
    agencies = [
        (code, desk.city.label("agencies", code)) for code in desk.city.codes("agencies", today)
    ]
    others: list[tuple[str, str]] = []
    if name == "meetings":
        rows = await cases_where(desk.db, status="open")
        found = [row for row in rows if row.case_id != file.row.case_id]
        await saw(desk.db, request.state.staff, [row.case_id for row in found], WORK.name)
        others = [(str(row.case_id), row.name or "（お名前なし）") for row in found]
    page = WorkPage(
        name, WORKS[name], file, form, agencies, others, range(1, asked.ROWS + 1), words
    )
    return render(request, "work.html", page, status=form.status)


def _known(file: File, name: str, today: date) -> dict[str, Any]:
    """What need not be typed again."""
    values: dict[str, Any] = {"on": today}
    if name == "application":
        values |= {
            field: getattr(file.person, field)
            for field in ("name", "kana", "born_on", "address", "phone", "household", "wishes")
        }
    plan_meetings = [m for m in file.meetings if m.kind == "plan-meeting"]
    if name == "plans" and plan_meetings:
        values["meeting_id"] = plan_meetings[0].meeting_id
    if name == "meetings" and file.row.consent == "given":
        values["kind"] = "plan-meeting"
    if name == "meetings" and file.row.consent in {"refused", "withdrawn"}:
        values["kind"] = "support-meeting"
    return values
