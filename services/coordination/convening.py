"""What is done about meetings: what was asked, brought to its decision; pages and JSON end here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from services.coordination.asked import case as forms
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.domain import calling, minutes
from services.coordination.domain.case import Case, agrees_to
from services.coordination.domain.inquiry import drop
from services.coordination.domain.minutes import AgendaItem, Lack, Sitting, Task
from services.coordination.made import Made, listed
from services.coordination.read.callings import callings_with
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.inquiries import inquiries_of


@dataclass(frozen=True)
class Proposal:
    """An agency that should sit there, and why."""

    agency: str
    why: str


def proposed(rows: Iterable[CaseRow], roles: Iterable[str], asked: Iterable[str]) -> list[Proposal]:
    """M-1: members come from the cases: who referred, who has a role, who was asked. Each once."""
    reasons: dict[str, list[str]] = {}

    def add(agency: str | None, why: str) -> None:
        if agency and why not in reasons.setdefault(agency, []):
            reasons[agency].append(why)

    for row in rows:
        for counter in row.referrers:
            add(counter, "紹介元")
        add(row.contact_desk, "連絡窓口")
        add(row.lead_agency, "主担当")
    for agency in roles:
        add(agency, "プランの役割")
    for agency in asked:
        add(agency, "照会した機関")
    return [Proposal(agency, "、".join(why)) for agency, why in reasons.items()]


async def call_meeting(desk: Desk, asked: typed.CallForm) -> Made:
    """招集: with the cases that are known already."""
    meeting_id = desk.new_id()
    agenda = [(one, await desk.cases.state(one)) for one in dict.fromkeys(asked.cases)]
    acted = await desk.meetings.act(
        meeting_id,
        calling.call,
        meeting_id=meeting_id,
        notice=calling.Notice(asked.kind, asked.planned_on, asked.place, asked.rules),
        agenda=agenda,
        host=desk.city.offices.coordination,
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def invite_members(desk: Desk, meeting_id: UUID, agencies: Sequence[str]) -> Made:
    """The members of this sitting, each confirmed."""
    state = await desk.meetings.state(meeting_id)
    known = [listed(desk, code, "agencies") for code in agencies]
    cases = [await desk.cases.state(one) for one in sorted(state.agenda)]
    acted = await desk.meetings.act(
        meeting_id,
        calling.invite,
        meeting_id=meeting_id,
        agencies=known,
        cases=cases,
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def excuse_member(desk: Desk, meeting_id: UUID, agency: str) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.excuse,
        meeting_id=meeting_id,
        agency=agency,
        host=desk.city.offices.coordination,
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def accept_secrecy(desk: Desk, meeting_id: UUID, agency: str) -> Made:
    """M-1: for the agency of who clicks, or as the host was told."""
    acted = await desk.meetings.act(
        meeting_id,
        calling.accept_secrecy,
        meeting_id=meeting_id,
        agency=agency,
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def place_case(desk: Desk, meeting_id: UUID, case_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.place,
        meeting_id=meeting_id,
        case_id=case_id,
        case=await desk.cases.state(case_id),
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def take_case_off(desk: Desk, meeting_id: UUID, case_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        calling.take_off,
        meeting_id=meeting_id,
        case_id=case_id,
        why="other",
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def call_meeting_off(desk: Desk, meeting_id: UUID) -> Made:
    acted = await desk.meetings.act(
        meeting_id, calling.call_off, meeting_id=meeting_id, today=desk.clock.today()
    )
    return Made(meeting_id, acted)


async def follow_consent(desk: Desk, case_id: UUID) -> None:
    """M-2: consent that came or went moves what it concerns, each as an event of its meeting, and
    nobody goes on being asked on a ground that is gone (N-01).

    A repeated command does the rest of what a broken one left.
    """
    case, today = await desk.cases.state(case_id), desk.clock.today()
    for meeting_id in await callings_with(desk.db, case_id):
        why = calling.why_off(await desk.meetings.state(meeting_id), case, today)
        if why is not None:
            await desk.meetings.act(
                meeting_id,
                calling.take_off,
                meeting_id=meeting_id,
                case_id=case_id,
                why=why,
                today=today,
            )
    for row in await inquiries_of(desk.db, case_id):
        if row.stage == "asked" and row.basis == "consent" and not covers(case, row.agency, today):
            await desk.inquiries.act(row.inquiry_id, drop, on=today)


def covers(case: Case, agency: str, today: date) -> bool:
    """Does the consent of today carry a question to this agency?"""
    return agrees_to(case, "sharing", today) and not case.scope.uncovered([agency])


async def open_material(desk: Desk, meeting_id: UUID, case_id: UUID) -> Made:
    """M-2: a member hands what was said of a case over to the 重層的支援会議, with its consent."""
    acted = await desk.meetings.act(
        meeting_id,
        minutes.open_material,
        meeting_id=meeting_id,
        case_id=case_id,
        case=await desk.cases.state(case_id),
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def record_meeting(desk: Desk, case_id: UUID, asked: forms.Meeting) -> Made:
    """T-03, T-05: a sitting that nobody called in advance, with this case and others."""
    meeting_id = desk.new_id()
    ids = dict.fromkeys((case_id, *asked.others))
    agenda = [
        _item(
            one,
            await desk.cases.state(one),
            asked.report if one == case_id else "",
            asked.outcome if one == case_id else "",
        )
        for one in ids
    ]
    members = [listed(desk, code, "members") for code in asked.members]
    host = desk.city.offices.coordination
    sitting = Sitting(asked.kind, asked.place, (host, *members), asked.rules, asked.secrecy)
    return await _hold(desk, meeting_id, sitting, agenda, asked.on)


async def take_minutes(desk: Desk, meeting_id: UUID, asked: typed.Minutes) -> Made:
    """会議録 of a meeting that was called: attendance, what was said, tasks and what is missing."""
    state = await desk.meetings.state(meeting_id)
    talked = asked.talked()
    agenda = [
        _item(one.case_id, await desk.cases.state(one.case_id), one.report, one.outcome)
        for one in talked
    ]
    members = [listed(desk, code, "members") for code in asked.members]
    kind = state.kind or "plan-meeting"
    sitting = Sitting(kind, asked.place, members, asked.rules, asked.secrecy)
    decided = await _decided(desk, meeting_id, asked)
    return await _hold(desk, meeting_id, sitting, agenda, asked.on, decided)


def _item(case_id: UUID, state: Case, report: str, outcome: str) -> AgendaItem:
    return AgendaItem(
        case_id,
        known=state.case_id is not None,
        consented_on=state.consented_on,
        report=report or None,
        outcome=outcome or None,
        scope=state.scope,
    )


async def _hold(
    desk: Desk,
    meeting_id: UUID,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    decided: Mapping[UUID, Task | Lack] = minutes.NOTHING,
) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        minutes.hold,
        meeting_id=meeting_id,
        sitting=sitting,
        agenda=agenda,
        on=on,
        today=desk.clock.today(),
        decided=decided,
    )
    return Made(meeting_id, acted)


async def _decided(desk: Desk, meeting_id: UUID, asked: typed.Minutes) -> dict[UUID, Task | Lack]:
    """Tasks and missing resources, by ids that a repeated command finds again."""
    found: dict[UUID, Task | Lack] = {}
    for n, task in asked.tasks():
        listed(desk, task.agency, f"task_agency_{n}")
        found[uuid5(meeting_id, f"task-{n}")] = task
    for n, lack in asked.lacks():
        desk.city.listed("missing_resources", lack.resource, f"lack_kind_{n}")
        row = await case_row(desk.db, lack.case_id)
        where = replace(lack, catchment=row.catchment if row else None)
        found[uuid5(meeting_id, f"lack-{n}")] = where
    return found


async def give_task(desk: Desk, meeting_id: UUID, asked: typed.TaskForm) -> Made:
    """Another task, after the minutes were taken."""
    task_id = desk.new_id()
    task = Task(asked.case_id, listed(desk, asked.agency, "agency"), asked.what, asked.due_on)
    acted = await desk.meetings.act(
        meeting_id,
        minutes.give_task,
        meeting_id=meeting_id,
        task_id=task_id,
        task=task,
        on=desk.clock.today(),
        today=desk.clock.today(),
    )
    return Made(task_id, acted)


async def finish_task(
    desk: Desk, meeting_id: UUID, task_id: UUID, asked: typed.TaskDoneForm
) -> Made:
    acted = await desk.meetings.act(
        meeting_id,
        minutes.finish_task,
        meeting_id=meeting_id,
        task_id=task_id,
        note=asked.note or None,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(task_id, acted)
