"""One case opened: how it stands, who it is, and what happened, as this reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TypeAlias
from uuid import UUID

from services.coordination import words
from services.coordination.access import CASE, knows_person, sees_material, sees_person
from services.coordination.desk import Desk
from services.coordination.domain import events as e
from services.coordination.domain.meeting import Discussed
from services.coordination.domain.person import NOBODY, Person
from services.coordination.read.cases import CaseRow, EscalationRow, case_row, escalations_of
from services.coordination.read.inquiries import InquiryRow, inquiries_of
from services.coordination.read.meetings import MeetingRow, meetings_of
from services.coordination.read.requests import RequestRow, requests_of
from services.coordination.work import person_of
from shared.privacy.access import Basis, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.wareki import wareki

Lines: TypeAlias = list[tuple[str, str | None]]


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, as staff read it."""

    on: date
    title: str
    lines: list[tuple[str, str]]
    actor: str


@dataclass(frozen=True)
class File:
    """What is shown of one case."""

    row: CaseRow
    knows_person: bool
    """Whose case it is may be shown."""
    sees_person: bool
    """What they told may be shown."""
    person: Person
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
    """Open a case for somebody, and note in the access log that they look at it."""
    row = await case_row(desk.db, case_id)
    if row is None:
        raise Refused("case-unknown")
    knows, sees = knows_person(staff, row), sees_person(staff, row)
    if knows or sees:
        await saw(desk.db, staff, [case_id], CASE.name)
    sittings = await meetings_of(desk.db, case_id)
    history = await desk.cases.history(case_id)
    held = [await _meeting(desk, staff, row, sitting) for sitting in sittings]
    entries = [
        *(entry(desk, one, sees=sees or _agreed_with(staff, one.event)) for one in history),
        *held,
    ]
    entries.sort(key=lambda one: one.on)
    return File(
        row,
        knows,
        sees,
        await person_of(desk, case_id) if sees else NOBODY,
        entries[::-1],
        sittings,
        await requests_of(desk.db, case_id),
        await inquiries_of(desk.db, case_id),
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


def plan_roles(desk: Desk, plan: e.PlanAgreed) -> list[list[str | None]]:
    """役割分担: 誰が, 何を, いつまで."""
    rows = zip_longest(plan.agencies, plan.tasks or (), plan.until or ())
    return [
        [desk.city.label("agencies", agency), task, until or None]
        for agency, task, until in rows
        if agency
    ]


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


def entry(desk: Desk, recorded: Recorded[e.CaseEvent], *, sees: bool) -> Entry:
    """A stored event as a line of the timeline; what people told only for those who may read it."""
    on, title, open_lines, told = _said(desk, recorded.event)
    lines = [*open_lines, *(told if sees else ())]
    return Entry(on, title, [(t, x) for t, x in lines if x], recorded.origin.actor)


def _said(desk: Desk, event: e.CaseEvent) -> tuple[date, str, Lines, Lines]:
    match event:
        case e.Escalated() | e.CameBack() | e.Accepted() | e.Returned():
            return _arrival(desk, event)
        case e.ApplicationReceived():
            by = desk.city.label("application_writers", event.filled_by)
            return event.applied_on, "相談受付・申込票を受け付けました", [("書いた人", by)], []
        case e.ConsentGiven() | e.ConsentRefused() | e.ConsentWithdrawn():
            return _consent(desk, event)
        case e.PlanAgreed():
            return _plan(desk, event)
        case e.SupportRequested() | e.SupportReported():
            return _support(desk, event)
        case e.Closed():
            return _closure(desk, event)
        case e.Reopened():
            why = desk.city.label("resumption_reasons", event.reason)
            return event.reopened_on, "支援を再開しました", [("理由", why)], [("メモ", event.note)]


def _arrival(
    desk: Desk, event: e.Escalated | e.CameBack | e.Accepted | e.Returned
) -> tuple[date, str, Lines, Lines]:
    match event:
        case e.Escalated():
            counter = desk.city.label("agencies", event.counter)
            basis: Lines = [("根拠", words.BASES.get(event.basis, event.basis))]
            return event.escalated_on, f"{counter}から紹介を受けました", basis, []
        case e.CameBack():
            where = desk.city.label("agencies", event.counter) if event.counter else None
            at: Lines = [("窓口", where)]
            return event.came_on, "終結のあと、また相談がありました", at, []
        case e.Accepted():
            return event.accepted_on, "多機関協働で受け付けました", [], [("メモ", event.note)]
        case e.Returned():
            why = desk.city.label("return_reasons", event.reason)
            counter = desk.city.label("agencies", event.counter)
            told: Lines = [("今後の連携", event.link_note)]
            return event.returned_on, f"{counter}へ戻しました", [("理由", why)], told


def _names(desk: Desk, codes: Sequence[str]) -> str:
    return "、".join(desk.city.label("agencies", code) for code in codes)


def _consent(
    desk: Desk, event: e.ConsentGiven | e.ConsentRefused | e.ConsentWithdrawn
) -> tuple[date, str, Lines, Lines]:
    match event:
        case e.ConsentGiven():
            how = desk.city.label("consent_methods", event.method)
            scope: Lines = [
                ("目的", "、".join(words.PURPOSES[one] for one in event.purposes) or "すべて"),
                ("共有先", _names(desk, event.recipients) or "関わる機関すべて"),
                ("期限", wareki(event.expires_on) if event.expires_on else None),
            ]
            said: Lines = [("方法", how), *scope]
            return event.consented_on, "本人の同意を得ました", said, [("条件", event.scope)]
        case e.ConsentRefused():
            told: Lines = [("本人の話", event.note)]
            return event.refused_on, "同意は得られませんでした（支援会議へ）", [], told
        case e.ConsentWithdrawn():
            return event.withdrawn_on, "同意が取り下げられました", [], [("本人の話", event.note)]


def _plan(desk: Desk, event: e.PlanAgreed) -> tuple[date, str, Lines, Lines]:
    desk_name = desk.city.label("agencies", event.contact_desk)
    public: Lines = [("相談窓口", desk_name), ("次の見直し", wareki(event.review_on))]
    roles: Lines = [
        (str(agency), f"{task}（{until}）" if until else task)
        for agency, task, until in plan_roles(desk, event)
    ]
    told: Lines = [("解決したい課題", event.problems), ("目標", event.goal), *roles]
    return event.agreed_on, f"支援プラン（第{event.round}回）を決めました", public, told


def _support(
    desk: Desk, event: e.SupportRequested | e.SupportReported
) -> tuple[date, str, Lines, Lines]:
    if isinstance(event, e.SupportRequested):
        basis = words.BASES.get(event.basis, event.basis)
        told: Lines = [("お願いしたこと", event.errand)]
        title = f"{words.TEAMS[event.team]}を依頼しました"
        return event.requested_on, title, [("根拠", basis)], told
    code = event.code
    if event.step == "linked" and code:
        code = desk.city.label("agencies", code)
    if event.step == "ended" and code:
        both = ("participation_outcomes", "outreach_outcomes")
        code = next(
            (desk.city.label(one, code) for one in both if code in desk.city.codes(one)), code
        )
    lines: Lines = [("内容", words.MET.get(code, code) if code else None)]
    return event.happened_on, words.REPORTS[event.step], lines, []


def _closure(desk: Desk, event: e.Closed) -> tuple[date, str, Lines, Lines]:
    public: Lines = [
        ("主担当", desk.city.label("agencies", event.lead_agency)),
        ("理由", desk.city.label("closure_reasons", event.reason)),
        ("終結後の連絡", desk.city.label("contact_intervals", event.contact_every)),
        ("連絡はいつまで", wareki(event.contact_until) if event.contact_until else None),
    ]
    return event.closed_on, "一旦終結しました", public, [("再開の目安", event.resume_when)]


async def _meeting(desk: Desk, staff: Staff, row: CaseRow, sitting: MeetingRow) -> Entry:
    members = "、".join(desk.city.label("agencies", code) for code in sitting.members)
    lines = [("場所", sitting.place), ("出席", members)]
    if sitting.cases > 1:
        lines.append(("扱ったケース", f"{sitting.cases}件"))
    if sitting.opened:
        lines.append(("資料", "本人の同意により、重層的支援会議へ引き継がれました"))
    if sees_material(staff, row, sitting) and sitting.kind == "support-meeting":
        basis = Basis.SUPPORT_MEETING
        await saw(desk.db, staff, [row.case_id], "支援会議の資料", basis)
    history = await desk.meetings.history(sitting.meeting_id)
    if sees_material(staff, row, sitting):
        for recorded in history:
            said = recorded.event
            if isinstance(said, Discussed) and said.case_id == row.case_id:
                told = (("報告・意見", said.report), ("決まったこと", said.outcome))
                lines.extend((term, text) for term, text in told if text)
    elif sitting.kind == "support-meeting":
        lines.append(("内容", "出席した機関だけが見られます（社会福祉法第106条の6）"))
    title = desk.city.label("meeting_kinds", sitting.kind)
    actor = history[0].origin.actor if history else ""
    return Entry(sitting.held_on, f"{title}を開きました", lines, actor)
