"""What is done at a meeting and after it: minutes, their corrections, tasks, material handed over.

What was asked, brought to its decision; pages and JSON end here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from services.coordination.asked import case as forms
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.domain import decided as after
from services.coordination.domain import minutes
from services.coordination.domain.case import Case
from services.coordination.domain.decided import Lack, Task
from services.coordination.domain.sitting import AgendaItem, Sitting, Writer
from services.coordination.file.meeting import open_meeting
from services.coordination.made import Made, listed
from services.coordination.read.cases import case_row
from services.coordination.summoning import call_referrers
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused


async def record_meeting(desk: Desk, case_id: UUID, asked: forms.Meeting) -> Made:
    """T-03, T-05: a sitting that nobody called in advance, with this case and others."""
    meeting_id = desk.new_id()
    ids = dict.fromkeys((case_id, *asked.others))
    said = typed.Talk(case_id, asked.report, asked.outcome)
    agenda = [
        _item(said if one == case_id else typed.Talk(one), await desk.cases.state(one))
        for one in ids
    ]
    members = [listed(desk, code, "members") for code in asked.members]
    host = desk.city.offices.coordination
    writer = Writer(desk.origin.agency or "", desk.origin.actor, "")
    sitting = Sitting(
        asked.kind, asked.place, (host, *members), asked.rules, asked.secrecy, writer=writer
    )
    return await _hold(desk, meeting_id, sitting, agenda, asked.on, {})


async def take_minutes(desk: Desk, staff: Staff, meeting_id: UUID, asked: typed.Minutes) -> Made:
    """会議録: attendance, what was said, tasks and what is missing; with an edition the minutes of
    that edition are put right.
    """
    kind = (await desk.meetings.state(meeting_id)).kind or "plan-meeting"
    agenda = [_item(one, await desk.cases.state(one.case_id)) for one in asked.talked()]
    sitting = Sitting(
        kind,
        asked.place,
        [listed(desk, code, "members") for code in asked.members],
        asked.rules,
        asked.secrecy,
        attendees=asked.attended(),
        begins_at=asked.begins_at,
        ends_at=asked.ends_at,
        following=asked.following,
        writer=Writer(staff.agency or "", staff.staff_id, staff.name),
    )
    decided = await _decided(desk, meeting_id, asked)
    if asked.edition and not (await open_meeting(desk, staff, meeting_id)).readable:
        raise Refused("meeting-hidden")
    if not asked.edition:
        return await _hold(desk, meeting_id, sitting, agenda, asked.on, decided)
    acted = await desk.meetings.act(
        meeting_id,
        minutes.correct,
        meeting_id=meeting_id,
        edition=asked.edition,
        sitting=sitting,
        agenda=agenda,
        on=asked.on,
        today=desk.clock.today(),
        decided=decided,
    )
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


def _item(said: typed.Talk, state: Case) -> AgendaItem:
    return AgendaItem(
        said.case_id,
        known=state.case_id is not None,
        consented_on=state.consented_on,
        report=said.report or None,
        outcome=said.outcome or None,
        scope=state.scope,
        opinion=said.opinion or None,
        papers=said.papers or None,
        present=said.present,
    )


async def _hold(
    desk: Desk,
    meeting_id: UUID,
    sitting: Sitting,
    agenda: Sequence[AgendaItem],
    on: date,
    decided: Mapping[UUID, Task | Lack],
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
    await call_referrers(desk, meeting_id)
    return Made(meeting_id, acted)


async def _decided(desk: Desk, meeting_id: UUID, asked: typed.Minutes) -> dict[UUID, Task | Lack]:
    """Tasks and missing resources, by ids that a repeated command finds again; those of another
    edition are others.
    """
    found: dict[UUID, Task | Lack] = {}
    of = f"-{asked.edition}" if asked.edition else ""
    for n, task in asked.tasks():
        listed(desk, task.agency, f"task_agency_{n}")
        found[uuid5(meeting_id, f"task{of}-{n}")] = task
    for n, lack in asked.lacks():
        desk.city.listed("missing_resources", lack.resource, f"lack_kind_{n}")
        row = await case_row(desk.db, lack.case_id)
        where = replace(lack, catchment=row.catchment if row else None)
        found[uuid5(meeting_id, f"lack{of}-{n}")] = where
    return found


async def open_material(desk: Desk, staff: Staff, meeting_id: UUID, case_id: UUID) -> Made:
    """M-2: who may read what was said of a case hands it over to the 重層的支援会議, with its
    consent.
    """
    file = await open_meeting(desk, staff, meeting_id)
    if not any(one.row.case_id == case_id and one.open for one in file.cases):
        raise Refused("meeting-hidden")
    acted = await desk.meetings.act(
        meeting_id,
        after.open_material,
        meeting_id=meeting_id,
        case_id=case_id,
        case=await desk.cases.state(case_id),
        today=desk.clock.today(),
    )
    return Made(meeting_id, acted)


async def give_task(desk: Desk, meeting_id: UUID, asked: typed.TaskForm) -> Made:
    """Another task, after the minutes were taken."""
    task_id = desk.new_id()
    task = Task(asked.case_id, listed(desk, asked.agency, "agency"), asked.what, asked.due_on)
    acted = await desk.meetings.act(
        meeting_id,
        after.give_task,
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
        after.finish_task,
        meeting_id=meeting_id,
        task_id=task_id,
        note=asked.note or None,
        on=asked.on or desk.clock.today(),
        today=desk.clock.today(),
    )
    return Made(task_id, acted)
