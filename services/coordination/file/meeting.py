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
    Head,
    MaterialOpened,
    Meeting,
    MeetingEvent,
    ResourceMissed,
    TaskDone,
    TaskGiven,
)
from services.coordination.domain.minuted import Discussed, Held, MinutesCorrected
from services.coordination.domain.way import holds
from services.coordination.read.callings import Calling, TaskRow, calling_of, tasks_from
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.inquiries import inquiries_of
from services.coordination.read.meetings import MeetingRow, meeting_row, sworn
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
    said: Discussed | None = None
    """What stands in the minutes; None for who may not read it, and before the meeting."""
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
    sworn: bool
    """The reader accepted secrecy (M-1)."""
    host: bool
    head: Head | None = None
    """The minutes without the cases, for those who may read them all."""
    edition: int = 0
    written: tuple[str, date] | None = None
    """作成者, and when: of the edition that stands now."""

    @property
    def needs_secrecy(self) -> bool:
        """A 支援会議: each reader accepts secrecy first."""
        return self.kind == "support-meeting"

    @property
    def readable(self) -> bool:
        """Its minutes may be read as a whole, put right and printed."""
        return self.head is not None


async def open_meeting(desk: Desk, staff: Staff, meeting_id: UUID) -> MeetingFile:
    """Open a meeting for somebody, and note in the access log which cases they look at."""
    calling, held, first = await _found(desk, meeting_id)
    members = _members(calling, held)
    host, mine = staff.role is Role.COORDINATOR, staff.agency in members
    if not (host or mine):
        raise Refused("meeting-hidden")
    history = [one.event for one in await desk.meetings.history(meeting_id)]
    state = await desk.meetings.state(meeting_id)
    oath = sworn(staff, state.oaths)
    member = mine and (oath or first.kind == "plan-meeting")
    talked = [
        one
        for case_id in _agenda(calling, held, state)
        if (one := await _talked(desk, staff, (first.kind, member), case_id, history))
    ]
    await _log(desk, staff, first.kind, talked)
    whole = held is not None and bool(talked) and all(one.open for one in talked)
    return MeetingFile(
        meeting_id=meeting_id,
        kind=first.kind,
        day=held.held_on if held else calling.planned_on if calling else desk.clock.today(),
        place=first.place,
        rules=first.rules,
        status="held" if held else calling.status if calling else "held",
        invited=members,
        accepted=sorted(state.accepted),
        cases=talked,
        proposals=await _proposals(desk, talked, members) if host and not held else [],
        actions=await _actions(desk, staff, meeting_id, talked, history),
        lacks=_lacks(desk, talked, history),
        off=[words.WHY_OFF[why] for why in calling.off] if calling and not held else [],  # type: ignore[index]  # the column holds what the event said
        mine=mine,
        sworn=oath,
        host=host,
        head=state.head if whole else None,
        edition=state.edition,
        written=_written(history) if whole else None,
    )


async def _found(
    desk: Desk, meeting_id: UUID
) -> tuple[Calling | None, MeetingRow | None, Calling | MeetingRow]:
    """As it was called, as it was held, and the later of the two."""
    calling = await calling_of(desk.db, meeting_id)
    held = await meeting_row(desk.db, meeting_id)
    first = held or calling
    if first is None:
        raise Refused("meeting-unknown")
    return calling, held, first


def _members(calling: Calling | None, held: MeetingRow | None) -> list[str]:
    return list(held.members if held else calling.invited if calling else [])


def _agenda(calling: Calling | None, held: MeetingRow | None, state: Meeting) -> list[UUID]:
    if held is None:
        return list(calling.cases) if calling else []
    return sorted(state.cases)


def _written(history: Iterable[MeetingEvent]) -> tuple[str, date] | None:
    heads = [one for one in history if isinstance(one, Held | MinutesCorrected)]
    if not heads:
        return None
    last = heads[-1]
    on = last.held_on if isinstance(last, Held) else last.corrected_on
    return last.written_by or "", on


async def _talked(
    desk: Desk,
    staff: Staff,
    sitting: tuple[str, bool],
    case_id: UUID,
    history: Iterable[MeetingEvent],
) -> Talked | None:
    row = await case_row(desk.db, case_id)
    if row is None:
        return None
    kind, member = sitting
    tie = Relation.MEMBER if member else Relation.NONE
    basis = Basis.SUPPORT_MEETING if kind == "support-meeting" else _consent(desk, row)
    as_member = decide(staff, MEETING, tie, basis, FieldClass.NARRATIVE).allowed
    about = [one for one in history if getattr(one, "case_id", None) == case_id]
    said = [one for one in about if isinstance(one, Discussed)]
    handed_on = any(isinstance(one, MaterialOpened) for one in about)
    opened = as_member or await _as_colleague(desk, staff, row, said)
    named = knows_person(staff, row) or as_member
    if not said or not opened:
        return Talked(row, named, open=opened, handed_on=handed_on)
    return Talked(row, named, opened, said[-1], handed_on=handed_on)


def _consent(desk: Desk, row: CaseRow) -> Basis:
    return Basis.CONSENT if holds(row, desk.clock.today()) else Basis.NONE


async def _as_colleague(desk: Desk, staff: Staff, row: CaseRow, said: list[Discussed]) -> bool:
    """Not a member, but in charge of the case: as the case's own page shows it."""
    if not said:
        return False
    held = await meeting_row(desk.db, said[-1].meeting_id, row.case_id)
    return held is not None and sees_material(staff, row, held, desk.clock.today())


async def _log(desk: Desk, staff: Staff, kind: str, talked: list[Talked]) -> None:
    shown = [one.row.case_id for one in talked if one.named or one.open]
    basis = Basis.SUPPORT_MEETING if kind == "support-meeting" else None
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
