"""One case opened: how it stands, who it is, and what happened, as this reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.coordination.access import CASE, knows_person, sees_material, sees_person
from services.coordination.desk import Desk
from services.coordination.domain import events as e
from services.coordination.domain.minuted import Discussed
from services.coordination.domain.person import NOBODY, Person
from services.coordination.file.counter import counter_file_of
from services.coordination.noting import notes_for
from services.coordination.read.callings import tasks_of
from services.coordination.read.cases import CaseRow, EscalationRow, case_row, escalations_of
from services.coordination.read.inquiries import InquiryRow, inquiries_of
from services.coordination.read.meetings import MeetingRow, meeting_row, meetings_of
from services.coordination.read.requests import RequestRow, requests_of
from services.coordination.timeline import Entry, actions, asked, entry, lines_of, noted
from services.coordination.work import person_of
from shared.privacy.access import Basis, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.counter_file import CounterFile
from shared.vocabulary.wareki import wareki


@dataclass(frozen=True)
class File:
    """What is shown of one case."""

    row: CaseRow
    knows_person: bool
    """Whose case it is may be shown."""
    sees_person: bool
    """What they told may be shown."""
    person: Person
    counter: CounterFile | None
    """窓口の記録 that was handed on with them."""
    entries: list[Entry]
    """Newest first."""
    meetings: list[MeetingRow]
    requests: list[RequestRow]
    inquiries: list[InquiryRow]
    deciding: EscalationRow | None
    """What acceptance and return are about: the oldest that waits, else the accepted."""
    plan: e.PlanAgreed | None
    """支援プラン that holds now."""


async def open_case(desk: Desk, staff: Staff, case_id: UUID) -> File:
    """Open a case for somebody, and note in the access log that they look at it.

    On a desk of a past day the case as it stands now says who may read.
    """
    row = await case_row(desk.db, case_id)
    if row is None:
        raise Refused("case-unknown")
    rights = await case_row(desk.rights.db, case_id) or row
    knows, sees = knows_person(staff, rights), sees_person(staff, rights)
    if knows or sees:
        await saw(desk.db, staff, [case_id], CASE.name)
    sittings = await meetings_of(desk.db, case_id)
    history = await desk.cases.history(case_id)
    held = [await _meeting(desk, staff, rights, sitting) for sitting in sittings]
    inquiries, tasks = await inquiries_of(desk.db, case_id), await tasks_of(desk.db, case_id)
    entries = [
        *(entry(desk, one, sees=sees or _agreed_with(staff, one.event)) for one in history),
        *held,
        *noted(desk, await notes_for(desk, staff, rights)),
        *asked(desk, inquiries),
        *actions(desk, tasks),
    ]
    entries.sort(key=lambda one: one.on)
    return File(
        row,
        knows,
        sees,
        await person_of(desk, case_id) if sees else NOBODY,
        await counter_file_of(desk, case_id) if sees else None,
        entries[::-1],
        sittings,
        await requests_of(desk.db, case_id),
        inquiries,
        deciding(await escalations_of(desk.db, case_id)),
        plan_of(history) if sees else None,
    )


def deciding(rows: Sequence[EscalationRow]) -> EscalationRow | None:
    """Waiting before accepted, oldest first."""
    by_need = sorted(
        (row for row in rows if row.status in {"waiting", "accepted"}),
        key=lambda row: row.status == "accepted",
    )
    return next(iter(by_need), None)


def plan_of(history: Sequence[Recorded[e.CaseEvent]]) -> e.PlanAgreed | None:
    """The newest round."""
    plans = (recorded.event for recorded in history if isinstance(recorded.event, e.PlanAgreed))
    return max(plans, key=lambda plan: plan.round, default=None)


def _agreed_with(staff: Staff, event: e.CaseEvent) -> bool:
    """T-02x: how to stay in touch was agreed with the referrer, who reads it too."""
    return isinstance(event, e.Returned) and event.counter == staff.agency


def person_lines(person: Person) -> list[tuple[str, str]]:
    """The personal part with its headings."""
    born = wareki(person.born_on) if person.born_on else None
    shown = (
        ("氏名", person.name),
        ("ふりがな", person.kana),
        ("生年月日", born),
        ("住所", person.address),
        ("電話", person.phone),
        ("世帯", person.household),
        ("経過・状況", person.narrative),
        ("困っていること・希望", person.wishes),
    )
    return [(term, text) for term, text in shown if text]


async def _meeting(desk: Desk, staff: Staff, row: CaseRow, sitting: MeetingRow) -> Entry:
    members = "、".join(desk.city.label("agencies", code) for code in sitting.members)
    lines = [("場所", sitting.place), ("出席", members)]
    if sitting.cases > 1:
        lines.append(("扱ったケース", f"{sitting.cases}件"))
    if sitting.opened:
        lines.append(("資料", "本人の同意により、重層的支援会議へ引き継がれました"))
    now = await meeting_row(desk.rights.db, sitting.meeting_id, row.case_id)
    sees = now is not None and sees_material(staff, row, now, desk.rights.clock.today())
    if sees and sitting.kind == "support-meeting":
        basis = Basis.SUPPORT_MEETING
        await saw(desk.db, staff, [row.case_id], "支援会議の資料", basis)
    history = await desk.meetings.history(sitting.meeting_id)
    if sees:
        talk: Discussed | None = None
        for recorded in history:
            said = recorded.event
            if isinstance(said, Discussed) and said.case_id == row.case_id:
                talk = said
        lines += lines_of(talk) if talk else []
    elif sitting.kind == "support-meeting":
        lines.append(
            ("内容", "出席し、守秘義務を確認した人だけが見られます（社会福祉法第106条の6）")
        )
    title = desk.city.label("meeting_kinds", sitting.kind)
    actor = history[0].origin.actor if history else ""
    return Entry(sitting.held_on, f"{title}を開きました", lines, actor)
