"""One meeting opened: what this reader may see of it, and of each case on its agenda (M-1, M-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination import words
from services.coordination.access import MEETING, knows_person, sees_material
from services.coordination.convening import Proposal, proposed
from services.coordination.desk import Desk
from services.coordination.domain.meeting import (
    Discussed,
    MaterialOpened,
    MeetingEvent,
    ResourceMissed,
    TaskDone,
    TaskGiven,
)
from services.coordination.read.callings import Calling, TaskRow, calling_of, tasks_from
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.inquiries import inquiries_of
from services.coordination.read.meetings import MeetingRow, meeting_row
from shared.privacy.access import Basis, FieldClass, Relation, Role, Staff, decide
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Talked:
    """One case of the agenda, as this reader may see it."""

    row: CaseRow
    named: bool
    open: bool
    """What was said may be read."""
    report: str = ""
    outcome: str = ""
    handed_on: bool = False
    """M-2: with consent it went over to the 重層的支援会議."""


@dataclass(frozen=True)
class Action:
    """今後のアクション in words, for those who may read it."""

    row: TaskRow
    what: str
    note: str
    mine: bool
    """Somebody of the agency, or the host, may say that it is done."""


@dataclass(frozen=True)
class MeetingFile:
    """A meeting: to come, held or called off."""

    meeting_id: UUID
    kind: str
    day: date
    place: str
    rules: str
    status: str
    invited: list[str]
    """Members of the sitting: before it those invited, afterwards those who came."""
    accepted: list[str]
    cases: list[Talked]
    proposals: list[Proposal]
    """Agencies that are not invited and should be, with the reason."""
    actions: list[Action]
    lacks: list[tuple[str, str]]
    """What is missing, and the note of it."""
    off: list[str]
    """Sentences on cases that left the agenda by themselves."""
    mine: bool
    """The reader's agency sits there."""
    host: bool

    @property
    def needs_secrecy(self) -> bool:
        """The reader's agency sits in a 支援会議."""
        return self.kind == "support-meeting"


async def open_meeting(desk: Desk, staff: Staff, meeting_id: UUID) -> MeetingFile:
    """Open a meeting for somebody, and note in the access log which cases they look at."""
    calling = await calling_of(desk.db, meeting_id)
    held = await meeting_row(desk.db, meeting_id)
    if calling is None and held is None:
        raise Refused("meeting-unknown")
    members = _members(calling, held)
    host, mine = staff.role is Role.COORDINATOR, staff.agency in members
    if not (host or mine):
        raise Refused("meeting-hidden")
    history = [one.event for one in await desk.meetings.history(meeting_id)]
    accepted = list(calling.accepted) if calling else members
    sitting = _sitting(calling, held, members if mine and staff.agency in accepted else [])
    ids = await _agenda(desk, meeting_id, calling, held)
    talked = [
        one for case_id in ids if (one := await _talked(desk, staff, sitting, case_id, history))
    ]
    await _log(desk, staff, sitting, talked)
    first = held or calling
    assert first is not None  # noqa: S101  # one of them is there
    return MeetingFile(
        meeting_id=meeting_id,
        kind=first.kind,
        day=held.held_on if held else calling.planned_on if calling else desk.clock.today(),
        place=first.place,
        rules=first.rules,
        status="held" if held else calling.status if calling else "held",
        invited=members,
        accepted=accepted,
        cases=talked,
        proposals=await _proposals(desk, talked, members) if host and not held else [],
        actions=await _actions(desk, staff, meeting_id, talked, history),
        lacks=_lacks(desk, talked, history),
        off=[words.WHY_OFF[why] for why in calling.off] if calling and not held else [],  # type: ignore[index]  # the column holds what the event said
        mine=mine,
        host=host,
    )


def _members(calling: Calling | None, held: MeetingRow | None) -> list[str]:
    return list(held.members if held else calling.invited if calling else [])


def _sitting(
    calling: Calling | None, held: MeetingRow | None, members: list[str]
) -> tuple[str, list[str]]:
    kind = held.kind if held else calling.kind if calling else ""
    return kind, members


async def _agenda(
    desk: Desk, meeting_id: UUID, calling: Calling | None, held: MeetingRow | None
) -> list[UUID]:
    if held is None:
        return list(calling.cases) if calling else []
    return sorted((await desk.meetings.state(meeting_id)).cases)


async def _talked(
    desk: Desk,
    staff: Staff,
    sitting: tuple[str, list[str]],
    case_id: UUID,
    history: Iterable[MeetingEvent],
) -> Talked | None:
    row = await case_row(desk.db, case_id)
    if row is None:
        return None
    kind, members = sitting
    tie = Relation.MEMBER if staff.agency in members else Relation.NONE
    basis = Basis.SUPPORT_MEETING if kind == "support-meeting" else _consent(row)
    as_member = decide(staff, MEETING, tie, basis, FieldClass.NARRATIVE).allowed
    about = [one for one in history if getattr(one, "case_id", None) == case_id]
    said = [one for one in about if isinstance(one, Discussed)]
    handed_on = any(isinstance(one, MaterialOpened) for one in about)
    opened = as_member or await _as_colleague(desk, staff, row, said)
    named = knows_person(staff, row) or as_member
    if not said or not opened:
        return Talked(row, named, open=opened, handed_on=handed_on)
    told = said[-1].report or "", said[-1].outcome or ""
    return Talked(row, named, opened, *told, handed_on=handed_on)


def _consent(row: CaseRow) -> Basis:
    return Basis.CONSENT if row.consent == "given" else Basis.NONE


async def _as_colleague(desk: Desk, staff: Staff, row: CaseRow, said: list[Discussed]) -> bool:
    """Not a member, but in charge of the case: as the case's own page shows it."""
    if not said:
        return False
    held = await meeting_row(desk.db, said[-1].meeting_id, row.case_id)
    return held is not None and sees_material(staff, row, held, desk.clock.today())


async def _log(
    desk: Desk, staff: Staff, sitting: tuple[str, list[str]], talked: list[Talked]
) -> None:
    shown = [one.row.case_id for one in talked if one.named or one.open]
    basis = Basis.SUPPORT_MEETING if sitting[0] == "support-meeting" else None
    await saw(desk.db, staff, shown, MEETING.name, basis)


async def _proposals(desk: Desk, talked: list[Talked], members: list[str]) -> list[Proposal]:
    rows = [one.row for one in talked]
    roles: list[str] = []
    asked: list[str] = []
    for row in rows:
        for recorded in await desk.cases.history(row.case_id):
            roles += getattr(recorded.event, "agencies", ())
        asked += [one.agency for one in await inquiries_of(desk.db, row.case_id)]
    return [one for one in proposed(rows, roles, asked) if one.agency not in members]


async def _actions(
    desk: Desk,
    staff: Staff,
    meeting_id: UUID,
    talked: list[Talked],
    history: Iterable[MeetingEvent],
) -> list[Action]:
    readable = {one.row.case_id for one in talked if one.open}
    what = {one.task_id: one.what or "" for one in history if isinstance(one, TaskGiven)}
    note = {one.task_id: one.note or "" for one in history if isinstance(one, TaskDone)}
    return [
        Action(
            row,
            what.get(row.task_id, "") if row.case_id in readable else "",
            note.get(row.task_id, "") if row.case_id in readable else "",
            staff.role is Role.COORDINATOR or staff.agency == row.agency,
        )
        for row in await tasks_from(desk.db, meeting_id)
    ]


def _lacks(
    desk: Desk, talked: list[Talked], history: Iterable[MeetingEvent]
) -> list[tuple[str, str]]:
    readable = {one.row.case_id for one in talked if one.open}
    return [
        (
            desk.city.label("missing_resources", one.resource),
            (one.note or "") if one.case_id in readable else "",
        )
        for one in history
        if isinstance(one, ResourceMissed)
    ]
