"""The JSON of meetings: the same decisions as the screens (1.10)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.coordination import convening, minuting
from services.coordination.access import MEETING, WORK
from services.coordination.api.meeting_value import (
    CalledValue,
    MeetingsValue,
    MeetingValue,
    value_of,
)
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import open_meeting
from services.coordination.made import Made
from services.coordination.read.callings import callings_to_come
from services.coordination.read.meetings import meetings_held
from shared.privacy.access import Role, Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class MeetingDone(BaseModel):
    """What a command made. A reader of this service's facts may wait for the position."""

    id: UUID
    position: int


@api.get("/meetings/{meeting_id}", rule=MEETING)
async def get_meeting(request: Request, meeting_id: UUID, desk: DeskHere) -> MeetingValue:
    """For its members, and for those who host it."""
    file = await open_meeting(desk, request.state.staff, meeting_id)
    return value_of(file)


@api.post("/meetings", rule=WORK, status_code=201)
async def post_meeting(asked: typed.CallAsked, desk: DeskHere, response: Response) -> MeetingDone:
    """招集, with the cases that are known already."""
    return _done(await convening.call_meeting(desk, asked), response)


@api.post("/meetings/{meeting_id}/members", rule=WORK, status_code=201)
async def post_members(
    meeting_id: UUID, asked: typed.MembersAsked, desk: DeskHere, response: Response
) -> MeetingDone:
    """Members confirmed for this sitting (M-1)."""
    return _done(await convening.invite_members(desk, meeting_id, asked.agencies), response)


@api.post("/meetings/{meeting_id}/minutes", rule=WORK, status_code=201)
async def post_minutes(
    request: Request,
    meeting_id: UUID,
    asked: typed.MinutesAsked,
    desk: DeskHere,
    response: Response,
) -> MeetingDone:
    """会議録: who came, what was said, tasks, missing resources; with the edition that was seen it
    is put right.
    """
    made = await minuting.take_minutes(desk, request.state.staff, meeting_id, asked)
    return _done(made, response)


@api.get("/meetings", rule=MEETING)
async def get_meetings(request: Request, desk: DeskHere) -> MeetingsValue:
    """保健福祉支援係 gets all, others those they are invited to or sat in; nobody is named."""
    staff: Staff = request.state.staff
    agency = None if staff.role is Role.COORDINATOR else staff.agency or ""
    return MeetingsValue(
        to_come=[
            CalledValue(
                meeting_id=one.meeting_id,
                kind=one.kind,
                day=one.planned_on,
                place=one.place,
                members=one.invited,
                cases=len(one.cases),
            )
            for one in await callings_to_come(desk.db, agency)
        ],
        held=[
            CalledValue(
                meeting_id=one.meeting_id,
                kind=one.kind,
                day=one.held_on,
                place=one.place,
                members=one.members,
                cases=one.cases,
            )
            for one in await meetings_held(desk.db, agency)
        ],
    )


@api.post("/meetings/{meeting_id}/excused", rule=WORK, status_code=201)
async def post_excuse(
    meeting_id: UUID, asked: typed.AgencyAsked, desk: DeskHere, response: Response
) -> MeetingDone:
    """Not a member of this sitting after all."""
    return _done(await convening.excuse_member(desk, meeting_id, asked.agency), response)


@api.post("/meetings/{meeting_id}/secrecy", rule=MEETING, status_code=201)
async def post_secrecy(
    request: Request, meeting_id: UUID, desk: DeskHere, response: Response
) -> MeetingDone:
    """M-1: who is signed in, for themselves."""
    return _done(await convening.accept_secrecy(desk, request.state.staff, meeting_id), response)


@api.post("/meetings/{meeting_id}/agenda", rule=WORK, status_code=201)
async def post_item(
    meeting_id: UUID, asked: typed.PlaceAsked, desk: DeskHere, response: Response
) -> MeetingDone:
    """A case for the agenda."""
    return _done(await convening.place_case(desk, meeting_id, asked.case_id), response)


@api.delete("/meetings/{meeting_id}/agenda/{case_id}", rule=WORK)
async def delete_item(meeting_id: UUID, case_id: UUID, desk: DeskHere) -> MeetingDone:
    """Off the agenda."""
    made = await convening.take_case_off(desk, meeting_id, case_id)
    return MeetingDone(id=made.id, position=made.acted.position)


@api.post("/meetings/{meeting_id}/material", rule=WORK, status_code=201)
async def post_material(
    request: Request,
    meeting_id: UUID,
    asked: typed.PlaceAsked,
    desk: DeskHere,
    response: Response,
) -> MeetingDone:
    """M-2: only who may read it may hand it over."""
    made = await minuting.open_material(desk, request.state.staff, meeting_id, asked.case_id)
    return _done(made, response)


@api.post("/meetings/{meeting_id}/cancellation", rule=WORK, status_code=201)
async def post_cancellation(meeting_id: UUID, desk: DeskHere, response: Response) -> MeetingDone:
    """取りやめ."""
    return _done(await convening.call_meeting_off(desk, meeting_id), response)


@api.post("/meetings/{meeting_id}/tasks", rule=WORK, status_code=201)
async def post_task(
    meeting_id: UUID, asked: typed.TaskAsked, desk: DeskHere, response: Response
) -> MeetingDone:
    """今後のアクション, after the minutes were taken; the id is the task's."""
    return _done(await minuting.give_task(desk, meeting_id, asked), response)


@api.post("/meetings/{meeting_id}/tasks/{task_id}/done", rule=MEETING, status_code=201)
async def post_task_done(
    request: Request,
    meeting_id: UUID,
    task_id: UUID,
    asked: typed.TaskDoneAsked,
    desk: DeskHere,
    response: Response,
) -> MeetingDone:
    """By somebody of the agency, or by the host."""
    file = await open_meeting(desk, request.state.staff, meeting_id)
    if not any(one.row.task_id == task_id and one.mine for one in file.actions):
        raise Refused("task-unknown")
    return _done(await minuting.finish_task(desk, meeting_id, task_id, asked), response)


def _done(made: Made, response: Response) -> MeetingDone:
    if not made.acted.events:
        response.status_code = 200
    return MeetingDone(id=made.id, position=made.acted.position)
