"""The JSON of meetings: the same decisions as the screens (1.10)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.coordination import convening, minuting
from services.coordination.access import MEETING, WORK
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import MeetingFile, Talked, open_meeting
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
    opinion: str
    papers: str
    present: bool | None


class ActionValue(BaseModel):
    """今後のアクション."""

    task_id: UUID
    case_id: UUID
    agency: str
    what: str
    due_on: date
    done_on: date | None
    note: str


class AttendeeValue(BaseModel):
    """出席者."""

    agency: str
    name: str
    post: str
    part: str


class HeadValue(BaseModel):
    """会議録 without the cases, for those who may read it as a whole."""

    begins_at: str
    ends_at: str
    attendees: list[AttendeeValue]
    following: str
    written_by: str
    written_on: date


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
    edition: int
    """Of the minutes; 0 before there are any."""
    minutes: HeadValue | None


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
        cases=[_item(one) for one in file.cases],
        actions=[
            ActionValue(
                task_id=one.row.task_id,
                case_id=one.row.case_id,
                agency=one.row.agency,
                what=one.what,
                due_on=one.row.due_on,
                done_on=one.row.done_on,
                note=one.note,
            )
            for one in file.actions
        ],
        edition=file.edition,
        minutes=_head(file),
    )


def _item(one: Talked) -> ItemValue:
    said = one.said
    return ItemValue(
        case_id=one.row.case_id,
        report=(said.report if said else None) or "",
        outcome=(said.outcome if said else None) or "",
        opinion=(said.opinion if said else None) or "",
        papers=(said.papers if said else None) or "",
        present=said.present if said else None,
    )


def _head(file: MeetingFile) -> HeadValue | None:
    if file.head is None or file.written is None:
        return None
    return HeadValue(
        begins_at=file.head.begins_at,
        ends_at=file.head.ends_at,
        attendees=[AttendeeValue(**one.model_dump()) for one in file.head.attendees],
        following=file.head.following,
        written_by=file.written[0],
        written_on=file.written[1],
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


def _done(made: Made, response: Response) -> MeetingDone:
    if not made.acted.events:
        response.status_code = 200
    return MeetingDone(id=made.id, position=made.acted.position)
