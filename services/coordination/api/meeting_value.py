"""One meeting as JSON, as far as this reader may see it (1.10)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.coordination.file.meeting import MeetingFile, Talked


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


class CalledValue(BaseModel):
    """One meeting of a list."""

    meeting_id: UUID
    kind: str
    day: date
    place: str
    members: list[str]
    cases: int


class MeetingsValue(BaseModel):
    """To come, the next first; held, the newest first."""

    to_come: list[CalledValue]
    held: list[CalledValue]


def value_of(file: MeetingFile) -> MeetingValue:
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
