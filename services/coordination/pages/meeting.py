"""会議の画面: call, confirm members, agenda, and what became of what was decided (1.10)."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.coordination import convening, minuting, words
from services.coordination.access import MEETING, WORK
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import MeetingFile, open_meeting
from services.coordination.made import Made
from services.coordination.messages import messages
from services.coordination.read.callings import Calling, callings_to_come
from services.coordination.read.cases import cases_where
from services.coordination.read.meetings import MeetingRow, meetings_held
from services.coordination.timeline import lines_of
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
LIST = "/coordination/meetings"


@dataclass(frozen=True)
class MeetingsPage:
    today: date
    to_come: list[Calling]
    held: list[MeetingRow]
    everywhere: bool
    words: Any


@dataclass(frozen=True)
class CallPage:
    form: Form[Any]
    cases: list[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class MeetingPage:
    """One meeting with its small forms."""

    file: MeetingFile
    today: date
    members: Form[Any]
    task: Form[Any]
    done: dict[UUID, Form[Any]]
    """済みにする, for each action the reader may close."""
    agencies: list[tuple[str, str]]
    cases: list[tuple[str, str]]
    lines_of: Any
    """What was said of a case, under its headings."""
    words: Any


@pages.get("/meetings", rule=MEETING)
async def list_meetings(request: Request, desk: DeskHere) -> Response:
    """保健福祉支援係 sees all, others those they are invited to or sat in."""
    staff: Staff = request.state.staff
    everywhere = staff.role is Role.COORDINATOR
    agency = None if everywhere else staff.agency or ""
    page = MeetingsPage(
        desk.clock.today(),
        await callings_to_come(desk.db, agency),
        await meetings_held(desk.db, agency),
        everywhere,
        words,
    )
    return render(request, "meetings.html", page)


@pages.get("/meetings/new", rule=WORK)
async def new_meeting(
    request: Request, desk: DeskHere, case: Annotated[list[UUID] | None, Query()] = None
) -> Response:
    return await _show_call(
        request, desk, blank(typed.CallForm, cases=[str(c) for c in case or ()])
    )


@pages.post("/meetings", rule=WORK)
async def create_meeting(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, typed.CallForm)
    if form.value is not None:
        try:
            made = await convening.call_meeting(desk, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            said = "会議を招集しました。次は、出席を求める機関を確かめます。"
            return see_other(f"{LIST}/{made.id}", said=said)
    return await _show_call(request, desk, form)


@pages.get("/meetings/{meeting_id}", rule=MEETING)
async def show_meeting(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    return await _show(request, desk, meeting_id)


@pages.post("/meetings/{meeting_id}/members", rule=WORK)
async def create_members(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, typed.MembersForm)
    if form.value is not None:
        try:
            await convening.invite_members(desk, meeting_id, form.value.agencies)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"{LIST}/{meeting_id}", said="メンバーを決めました。")
    return await _show(request, desk, meeting_id, members=form)


@pages.post("/meetings/{meeting_id}/excused", rule=WORK)
async def create_excuse(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, typed.AgencyForm)
    done = convening.excuse_member(desk, meeting_id, form.value.agency) if form.value else None
    return await _after(meeting_id, done, "メンバーから外しました。")


@pages.post("/meetings/{meeting_id}/secrecy", rule=MEETING)
async def create_secrecy(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    """Each for themselves, before they see the material (M-1)."""
    done = convening.accept_secrecy(desk, request.state.staff, meeting_id)
    return await _after(meeting_id, done, "守秘義務を確認しました。")


@pages.post("/meetings/{meeting_id}/agenda", rule=WORK)
async def create_item(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, typed.PlaceForm)
    done = convening.place_case(desk, meeting_id, form.value.case_id) if form.value else None
    return await _after(meeting_id, done, "議題に加えました。")


@pages.post("/meetings/{meeting_id}/agenda/off", rule=WORK)
async def drop_item(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, typed.PlaceForm)
    done = convening.take_case_off(desk, meeting_id, form.value.case_id) if form.value else None
    return await _after(meeting_id, done, "議題から外しました。")


@pages.post("/meetings/{meeting_id}/material", rule=WORK)
async def create_opening(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    """Only who may read it may hand it over (M-1)."""
    form, staff = await read_form(request, typed.PlaceForm), request.state.staff
    value = form.value
    done = minuting.open_material(desk, staff, meeting_id, value.case_id) if value else None
    return await _after(meeting_id, done, "資料を重層的支援会議に引き継ぎました。")


@pages.post("/meetings/{meeting_id}/cancellation", rule=WORK)
async def create_cancellation(meeting_id: UUID, desk: DeskHere) -> Response:
    done = convening.call_meeting_off(desk, meeting_id)
    return await _after(meeting_id, done, "会議を取りやめました。")


@pages.post("/meetings/{meeting_id}/tasks", rule=WORK)
async def create_task(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, typed.TaskForm)
    if form.value is not None:
        try:
            await minuting.give_task(desk, meeting_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"{LIST}/{meeting_id}", said="アクションを加えました。")
    return await _show(request, desk, meeting_id, task=form)


@pages.post("/meetings/{meeting_id}/tasks/{task_id}/done", rule=MEETING)
async def create_done(
    request: Request, meeting_id: UUID, task_id: UUID, desk: DeskHere
) -> Response:
    file = await open_meeting(desk, request.state.staff, meeting_id)
    if not any(one.row.task_id == task_id and one.mine for one in file.actions):
        raise Refused("task-unknown")
    form = await read_form(request, typed.TaskDoneForm)
    if form.value is not None:
        try:
            await minuting.finish_task(desk, meeting_id, task_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"{LIST}/{meeting_id}", said="済みにしました。")
    return await _show(request, desk, meeting_id, done=(task_id, form))


async def _after(meeting_id: UUID, done: Awaitable[Made] | None, said: str) -> Response:
    if done is not None:
        await done
    return see_other(f"{LIST}/{meeting_id}", said=said if done is not None else "")


async def _cases(request: Request, desk: Desk) -> list[tuple[str, str]]:
    """Open cases by name, for the host to choose from."""
    rows = await cases_where(desk.db, status="open")
    await saw(desk.db, request.state.staff, [row.case_id for row in rows], WORK.name)
    return [(str(row.case_id), row.name or "（お名前なし）") for row in rows]


async def _show_call(request: Request, desk: Desk, form: Form[Any]) -> Response:
    kinds = [
        (kind, f"{desk.city.label('meeting_kinds', kind)}（{said}）")
        for kind, said in words.MEETINGS.items()
    ]
    page = CallPage(form, await _cases(request, desk), kinds)
    return render(request, "meeting_new.html", page, status=form.status)


async def _show(
    request: Request,
    desk: Desk,
    meeting_id: UUID,
    *,
    members: Form[Any] | None = None,
    task: Form[Any] | None = None,
    done: tuple[UUID, Form[Any]] | None = None,
) -> Response:
    file = await open_meeting(desk, request.state.staff, meeting_id)
    agencies = desk.city.choices("agencies", desk.clock.today())
    waits = file.host and file.status == "called"
    cases = await _cases(request, desk) if waits else []
    on_agenda = {str(one.row.case_id) for one in file.cases}
    form = members or blank(typed.MembersForm, agencies=[one.agency for one in file.proposals])
    page = MeetingPage(
        file=file,
        today=desk.clock.today(),
        members=form,
        task=task or blank(typed.TaskForm),
        done={
            one.row.task_id: blank(typed.TaskDoneForm, on=desk.clock.today())
            for one in file.actions
            if one.mine and not one.row.done_on
        }
        | ({done[0]: done[1]} if done else {}),
        agencies=[one for one in agencies if one[0] not in file.invited or file.status == "held"],
        cases=[one for one in cases if one[0] not in on_agenda],
        lines_of=lines_of,
        words=words,
    )
    sent = members or task or (done[1] if done else None)
    status = sent.status if sent else 200
    return render(request, "meeting.html", page, status=status)
