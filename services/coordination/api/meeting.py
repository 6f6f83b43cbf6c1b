"""The JSON of meetings: the same decisions as the screens (1.10)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.coordination import convening
from services.coordination.access import MEETING, WORK
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import open_meeting
from services.coordination.made import Made
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class MeetingDone(BaseModel):
    """What a command made. A reader of this service's facts may wait for the position."""

    id: UUID
    position: int


class ItemValue(BaseModel):
    """One case of the agenda. What was said only for those who may read it."""

    case_id: UUID
    report: str
    outcome: str


class ActionValue(BaseModel):
    """今後のアクション."""

    task_id: UUID
    case_id: UUID
    agency: str
    what: str
    due_on: date
    done_on: date | None


class MeetingValue(BaseModel):
    """One meeting as this reader may see it."""

    meeting_id: UUID
    kind: str
    status: str
    day: date
    place: str
    members: list[str]
    secrecy: list[str]
    cases: list[ItemValue]
    actions: list[ActionValue]


@api.get("/meetings/{meeting_id}", rule=MEETING)
async def get_meeting(request: Request, meeting_id: UUID, desk: DeskHere) -> MeetingValue:
    """For its members, and for those who host it."""
    file = await open_meeting(desk, request.state.staff, meeting_id)
    return MeetingValue(
        meeting_id=file.meeting_id,
        kind=file.kind,
        status=file.status,
        day=file.day,
        place=file.place,
        members=file.invited,
        secrecy=file.accepted,
        cases=[
            ItemValue(case_id=one.row.case_id, report=one.report, outcome=one.outcome)
            for one in file.cases
        ],
        actions=[
            ActionValue(
                task_id=one.row.task_id,
                case_id=one.row.case_id,
                agency=one.row.agency,
                what=one.what,
                due_on=one.row.due_on,
                done_on=one.row.done_on,
            )
            for one in file.actions
        ],
    )


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
    meeting_id: UUID, asked: typed.MinutesAsked, desk: DeskHere, response: Response
) -> MeetingDone:
    """会議録: who came, what was said, tasks, missing resources."""
    return _done(await convening.take_minutes(desk, meeting_id, asked), response)


def _done(made: Made, response: Response) -> MeetingDone:
    if not made.acted.events:
        response.status_code = 200
    return MeetingDone(id=made.id, position=made.acted.position)
