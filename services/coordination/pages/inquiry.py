"""照会の画面: ask agencies, answer, and see whose answer is missing (T-04, T-07, N-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination import words
from services.coordination.access import INQUIRY, WORK, knows_person
from services.coordination.asked.answer import answers_in, fields_of, form_of, sections_of
from services.coordination.asked.case import InquiryForm
from services.coordination.desk import Desk
from services.coordination.domain.inquiry import Answered, Asked, Dropped, InquiryEvent, Reminded
from services.coordination.file.case import File, open_case
from services.coordination.inquiring import (
    Letter,
    Sight,
    answer_it,
    ask_agencies,
    drop_it,
    remind_of,
    sight_of,
)
from services.coordination.messages import messages
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.inquiries import InquiryRow, inquiries_to
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class InquiriesPage:
    today: date
    waiting: list[tuple[InquiryRow, CaseRow]]
    over: list[tuple[InquiryRow, CaseRow]]
    named: frozenset[UUID]
    everywhere: bool
    words: Any


@dataclass(frozen=True)
class Step:
    """One line of 経過."""

    day: date
    title: str
    text: str | None = None


@dataclass(frozen=True)
class InquiryPage:
    sight: Sight
    knows_person: bool
    today: date
    steps: list[Step]
    form: Form[Any]
    sections: list[tuple[str, list[tuple[str, int]]]]
    """The questions of the sheet: heading → (field, lines of its box)."""
    words: Any


@dataclass(frozen=True)
class NewInquiryPage:
    file: File
    form: Form[InquiryForm]
    agencies: list[tuple[str, str]]
    days: int
    words: Any


@pages.get("/inquiries", rule=INQUIRY)
async def list_inquiries(request: Request, desk: DeskHere) -> Response:
    """One's own agency's; 保健福祉支援係 sees all."""
    staff: Staff = request.state.staff
    everywhere = staff.role is Role.COORDINATOR
    rows = await inquiries_to(desk.db, None if everywhere else staff.agency or "")
    found = [(row, case) for row in rows if (case := await case_row(desk.db, row.case_id))]
    named = frozenset(c.case_id for r, c in found if _knows(staff, r, c))
    await saw(desk.db, staff, named, INQUIRY.name)
    page = InquiriesPage(
        desk.clock.today(),
        [one for one in found if one[0].stage == "asked"],
        [one for one in found if one[0].stage != "asked"],
        named,
        everywhere,
        words,
    )
    return render(request, "inquiries.html", page)


@pages.get("/cases/{case_id}/inquiries/new", rule=WORK)
async def new_inquiry(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    file = await open_case(desk, request.state.staff, case_id)
    kind = "report" if file.row.plan_id else "assessment"
    basis = "consent" if file.row.consent == "given" else ""
    return await _show_form(request, desk, file, blank(InquiryForm, kind=kind, basis=basis))


@pages.post("/cases/{case_id}/inquiries", rule=WORK)
async def create_inquiry(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, InquiryForm)
    if form.value is not None:
        asked = form.value
        letter = Letter(
            asked.kind,
            asked.agencies,
            asked.question,
            asked.basis,
            asked.reference,
            asked.meeting_id,
        )
        try:
            sent = await ask_agencies(desk, case_id, letter)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            said = f"{len(sent)}か所に照会しました。"
            return see_other(f"/coordination/cases/{case_id}", said=said)
    file = await open_case(desk, request.state.staff, case_id)
    return await _show_form(request, desk, file, form)


@pages.get("/inquiries/{inquiry_id}", rule=INQUIRY)
async def show_inquiry(request: Request, inquiry_id: UUID, desk: DeskHere) -> Response:
    return await _show(request, desk, inquiry_id)


@pages.post("/inquiries/{inquiry_id}/answer", rule=INQUIRY)
async def create_answer(request: Request, inquiry_id: UUID, desk: DeskHere) -> Response:
    sight = await sight_of(desk, request.state.staff, inquiry_id)
    if not sight.may_answer:
        raise Refused("not-your-inquiry")
    kind, today = sight.row.kind, desk.clock.today()
    form: Form[Any] = await read_form(request, form_of(desk.city, today, kind))
    if form.value is None:
        return await _show(request, desk, inquiry_id, form)
    answers = answers_in(desk.city, today, kind, form.value)
    try:
        await answer_it(desk, sight, form.value, answers)
    except Refused as refused:
        form = await _refused(desk, sight, form, refused)
        return await _show(request, desk, inquiry_id, form)
    return see_other(f"/coordination/inquiries/{inquiry_id}", said="回答しました。")


async def _refused(desk: Desk, sight: Sight, form: Form[Any], refused: Refused) -> Form[Any]:
    """What was typed, with what is wrong; or on top of what a colleague answered meanwhile."""
    if refused.code != "answer-changed" or not sight.may_read:
        return form.refuse(refused, messages)
    history = [one.event for one in await desk.inquiries.history(sight.row.inquiry_id)]
    said = [one for one in history if isinstance(one, Answered)]
    shown = [fields_of(n, one.answer, one.answers) for n, one in enumerate(said, 1)]
    seen = next((one for one in shown if one["edition"] == form.first("edition")), {})
    return merged(form, seen, shown[-1], edition=len(shown))[0]


@pages.post("/inquiries/{inquiry_id}/reminder", rule=WORK)
async def create_reminder(inquiry_id: UUID, desk: DeskHere) -> Response:
    await remind_of(desk, inquiry_id)
    return see_other(f"/coordination/inquiries/{inquiry_id}", said="回答を頼み直しました。")


@pages.post("/inquiries/{inquiry_id}/withdrawal", rule=WORK)
async def create_withdrawal(inquiry_id: UUID, desk: DeskHere) -> Response:
    await drop_it(desk, inquiry_id)
    return see_other(f"/coordination/inquiries/{inquiry_id}", said="照会を取り下げました。")


def _knows(staff: Staff, row: InquiryRow, case: CaseRow) -> bool:
    """Whoever is asked on a ground knows about whom; so do those who know the person anyway."""
    return staff.agency == row.agency or knows_person(staff, case)


async def _show(
    request: Request, desk: Desk, inquiry_id: UUID, form: Form[Any] | None = None
) -> Response:
    staff: Staff = request.state.staff
    sight = await sight_of(desk, staff, inquiry_id)
    knows = _knows(staff, sight.row, sight.case)
    if knows or sight.may_read:
        await saw(desk.db, staff, [sight.case.case_id], INQUIRY.name)
    history = await desk.inquiries.history(inquiry_id)
    today, kind = desk.clock.today(), sight.row.kind
    if form is None:
        state = await desk.inquiries.state(inquiry_id)
        known = fields_of(state.edition, state.answer, state.answers) if sight.may_read else {}
        form = blank(form_of(desk.city, today, kind), **known)
    page = InquiryPage(
        sight,
        knows,
        today,
        [_step(desk, one.event, readable=sight.may_read) for one in history],
        form,
        sections_of(desk.city, today, kind),
        words,
    )
    return render(request, "inquiry.html", page, status=form.status)


def _step(desk: Desk, event: InquiryEvent, *, readable: bool) -> Step:
    match event:
        case Asked():
            return Step(event.asked_on, "照会しました", event.question if readable else None)
        case Reminded():
            return Step(event.reminded_on, "回答を頼み直しました")
        case Answered():
            title = f"{desk.city.label('agencies', event.agency)}が回答しました"
            return Step(event.answered_on, title, _told(desk, event) if readable else None)
        case Dropped():
            return Step(event.dropped_on, "照会を取り下げました")


def _told(desk: Desk, event: Answered) -> str:
    """The sheet's lines in the city's order, then what was told freely."""
    answers = event.answers or {}
    lines = [
        f"{one.label}：{answers[one.code]}"
        for one in desk.city.assessment_items
        if one.code in answers
    ]
    heard = []
    if event.told_how:
        how = desk.city.label("progress_kinds", event.told_how)
        heard = [f"（{event.told_by or '（消去済み）'}から聞き取り。{how}）"]
    return "\n".join([*lines, *([event.answer] if event.answer else []), *heard])


async def _show_form(request: Request, desk: Desk, file: File, form: Form[InquiryForm]) -> Response:
    today = desk.clock.today()
    agencies = [
        (code, desk.city.label("agencies", code)) for code in desk.city.codes("agencies", today)
    ]
    page = NewInquiryPage(file, form, agencies, desk.city.deadlines.inquiry_answer, words)
    return render(request, "inquiry_new.html", page, status=form.status)
