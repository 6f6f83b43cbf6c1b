"""経過: what happened in a case, in the words of staff, across all teams (T-01 … T-10, F-31)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TypeAlias

from services.coordination import words
from services.coordination.desk import Desk
from services.coordination.domain import events as e
from services.coordination.domain.minuted import Discussed
from services.coordination.read.callings import TaskRow
from services.coordination.read.inquiries import InquiryRow
from shared.casefile.noting import note_lines
from shared.casefile.progress import Noted
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


def entry(desk: Desk, recorded: Recorded[e.CaseEvent], *, sees: bool) -> Entry:
    """A stored event as a line of the timeline; what people told only for those who may read it."""
    on, title, open_lines, told = _said(desk, recorded.event)
    lines = [*open_lines, *(told if sees else ())]
    return Entry(on, title, [(t, x) for t, x in lines if x], recorded.origin.actor)


def _said(desk: Desk, event: e.CaseEvent) -> tuple[date, str, Lines, Lines]:
    match event:
        case e.Escalated() | e.Accepted() | e.Returned() | e.NurseAssigned() | e.KeeperNamed():
            return _arrival(desk, event)
        case e.CameBack() | e.CameBackByMistake() | e.Consulted():
            return _came(desk, event)
        case e.ApplicationReceived():
            by = desk.city.label("application_writers", event.filled_by)
            return event.applied_on, "相談受付・申込票を受け付けました", [("書いた人", by)], []
        case e.ConsentGiven() | e.ConsentRefused() | e.ConsentWithdrawn():
            return _consent(desk, event)
        case e.PlanAgreed():
            return _plan(desk, event)
        case e.SupportRequested() | e.SupportReported() | e.GroundLost() | e.GroundRenewed():
            return _support(desk, event)
        case e.Closed() | e.Reopened() | e.ResumptionDeclined():
            return _end(desk, event)


def _arrival(
    desk: Desk, event: e.Escalated | e.Accepted | e.Returned | e.NurseAssigned | e.KeeperNamed
) -> tuple[date, str, Lines, Lines]:
    match event:
        case e.Escalated():
            counter = desk.city.label("agencies", event.counter)
            basis: Lines = [("根拠", words.BASES.get(event.basis, event.basis))]
            return event.escalated_on, f"{counter}から紹介を受けました", basis, []
        case e.NurseAssigned():
            whose: Lines = [("地区", desk.city.label("nurse_districts", event.nurse_district))]
            return event.assigned_on, "担当の保健師を決めました", whose, [("メモ", event.note)]
        case e.KeeperNamed():
            who: Lines = [("担当者", event.keeper_name)]
            return event.named_on, "担当者を決めました", who, [("メモ", event.note)]
        case e.Accepted():
            return event.accepted_on, "多機関協働で受け付けました", [], [("メモ", event.note)]
        case e.Returned():
            why = desk.city.label("return_reasons", event.reason)
            counter = desk.city.label("agencies", event.counter)
            again = wareki(event.look_on) if event.look_on else None
            public: Lines = [("理由", why), ("様子を聞く日", again)]
            told: Lines = [("今後の連携", event.link_note)]
            return event.returned_on, f"{counter}へ戻しました", public, told


def _came(
    desk: Desk, event: e.CameBack | e.CameBackByMistake | e.Consulted
) -> tuple[date, str, Lines, Lines]:
    if isinstance(event, e.CameBackByMistake):
        return event.mistaken_on, "終結のあとの相談は、別の方のものでした", [], []
    at: Lines = [("窓口", desk.city.label("agencies", event.counter) if event.counter else None)]
    if isinstance(event, e.CameBack):
        return event.came_on, "終結のあと、また相談がありました", at, []
    return event.consulted_on, "窓口で相談がありました", at, []


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
    desk: Desk, event: e.SupportRequested | e.SupportReported | e.GroundLost | e.GroundRenewed
) -> tuple[date, str, Lines, Lines]:
    if isinstance(event, e.GroundLost | e.GroundRenewed):
        return _ground(event)
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


def _ground(event: e.GroundLost | e.GroundRenewed) -> tuple[date, str, Lines, Lines]:
    team = words.TEAMS[event.team]
    if isinstance(event, e.GroundLost):
        why: Lines = [("理由", words.WHY_LOST[event.why])]
        return event.lost_on, f"{team}の依頼の根拠がなくなりました", why, []
    basis: Lines = [("根拠", words.BASES.get(event.basis, event.basis))]
    return event.renewed_on, f"{team}の依頼を続けると決めました", basis, [("理由", event.note)]


def _closure(desk: Desk, event: e.Closed) -> tuple[date, str, Lines, Lines]:
    public: Lines = [
        ("主担当", desk.city.label("agencies", event.lead_agency)),
        ("理由", desk.city.label("closure_reasons", event.reason)),
        ("終結後の連絡", desk.city.label("contact_intervals", event.contact_every)),
        ("連絡はいつまで", wareki(event.contact_until) if event.contact_until else None),
    ]
    return event.closed_on, "一旦終結しました", public, [("再開の目安", event.resume_when)]


def _end(
    desk: Desk, event: e.Closed | e.Reopened | e.ResumptionDeclined
) -> tuple[date, str, Lines, Lines]:
    if isinstance(event, e.Closed):
        return _closure(desk, event)
    if isinstance(event, e.ResumptionDeclined):
        return event.declined_on, "再開しないと決めました", [], [("理由", event.reason)]
    why = desk.city.label("resumption_reasons", event.reason)
    return event.reopened_on, "支援を再開しました", [("理由", why)], [("メモ", event.note)]


def noted(desk: Desk, history: Sequence[Recorded[Noted]]) -> Iterator[Entry]:
    """支援経過, for those who may read what was told."""
    for recorded in history:
        event = recorded.event
        kind = desk.city.label("progress_kinds", event.kind)
        lines = note_lines(desk.city, event)
        yield Entry(event.noted_on, f"支援経過：{kind}", lines, recorded.origin.actor)


def asked(desk: Desk, rows: Sequence[InquiryRow]) -> Iterator[Entry]:
    """照会 and its answer, without what was said: that is on its own page."""
    for row in rows:
        who = desk.city.label("agencies", row.agency)
        what = [("種類", words.INQUIRY_KINDS[row.kind])]
        yield Entry(row.asked_on, f"{who}に照会しました", what, "")
        if row.answered_on:
            yield Entry(row.answered_on, f"{who}が照会に回答しました", what, "")


def actions(desk: Desk, rows: Sequence[TaskRow]) -> Iterator[Entry]:
    """今後のアクション that were done."""
    for row in rows:
        if row.done_on:
            who = desk.city.label("agencies", row.agency)
            yield Entry(row.done_on, f"{who}が、会議で決めたアクションを済ませました", [], "")


def plan_roles(desk: Desk, plan: e.PlanAgreed) -> list[list[str | None]]:
    """役割分担: 誰が, 何を, いつまで."""
    rows = zip_longest(plan.agencies, plan.tasks or (), plan.until or ())
    return [
        [desk.city.label("agencies", agency), task, until or None]
        for agency, task, until in rows
        if agency
    ]


def lines_of(talk: Discussed) -> list[tuple[str, str]]:
    """What was said of a case under its headings, as far as something was."""
    told = (
        ("本人の参加", "" if talk.present is None else "あり" if talk.present else "なし"),
        ("提出資料", talk.papers),
        ("報告", talk.report),
        ("意見", talk.opinion),
        ("決まったこと", talk.outcome),
    )
    return [(term, text) for term, text in told if text]
