"""会議録 on paper: cases by number, and who has to keep it (4.7, M-1)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination.access import MEETING
from services.coordination.desk import Desk
from services.coordination.domain.meeting import Head
from services.coordination.file.meeting import MeetingFile, Talked, open_meeting
from services.coordination.timeline import lines_of
from shared.paper.paper import Block, Facts, Grid, Paper, Section, Story
from shared.paper.sending import Kind, sent
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.pages import Pages

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]

SECRECY = (
    "この会議録は、社会福祉法第106条の6の支援会議の資料です。出席した機関の、守秘義務を確認した人だけが"
    "見られます。会議で知ったことは、会議を離れたあとも漏らしてはいけません（同条第5項。違反には罰則が"
    "あります）。写しを作らず、使い終わったら主催の係に返してください。"
)


def minutes_paper(desk: Desk, file: MeetingFile, head: Head, foot: str) -> Paper:
    """Everything of the minutes in the order of the form."""
    sealed = file.needs_secrecy
    writer, on = file.written or ("", file.day)
    people = tuple(
        (desk.city.label("agencies", one.agency), one.post, one.name, one.part)
        for one in head.attendees
    )
    return Paper(
        f"会議録（{desk.city.label('meeting_kinds', file.kind)}）",
        (
            *((Story("取扱い", SECRECY, lines=1),) if sealed else ()),
            Facts("会議", _sitting(desk, file, head)),
            Grid("出席者", ("所属", "職", "氏名", "役割"), people, (4, 3, 3, 2)),
            *(block for one in file.cases for block in _case(one)),
            Section("決まったこと"),
            Grid("今後のアクション", ("事例", "担当", "すること", "期限"), _tasks(desk, file)),
            Grid("不足する社会資源", ("種類", "ようす"), tuple(file.lacks), (3, 9)),
            Facts("次回・作成", (("次回", head.following), ("作成者", writer))),
        ),
        above=(("作成日", wareki(on)), ("版", str(file.edition))),
        foot=foot,
    )


def _sitting(desk: Desk, file: MeetingFile, head: Head) -> tuple[tuple[str, str], ...]:
    times = f"{head.begins_at}〜{head.ends_at}" if head.begins_at or head.ends_at else ""
    law = "社会福祉法第106条の6・" if file.needs_secrecy else ""
    return (
        ("根拠", f"{law}{file.rules}"),
        ("日時", f"{wareki(file.day)} {times}".strip()),
        ("場所・方法", head.place),
        ("主催", desk.city.label("agencies", desk.city.offices.coordination)),
        ("出席した機関", "、".join(desk.city.label("agencies", one) for one in head.members)),
        *((("守秘義務", "出席者に確認済み"),) if file.needs_secrecy else ()),
    )


def _case(one: Talked) -> list[Block]:
    number = str(one.row.case_id)[:8].upper()
    told = lines_of(one.said) if one.said else []
    return [Section(f"事例 {number}"), *(Story(term, text, lines=1) for term, text in told)]


def _tasks(desk: Desk, file: MeetingFile) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(one.row.case_id)[:8].upper(),
            desk.city.label("agencies", one.row.agency),
            one.what,
            wareki(one.row.due_on),
        )
        for one in file.actions
    )


@pages.get("/meetings/{meeting_id}/minutes/paper.{kind}", rule=MEETING)
async def print_minutes(request: Request, meeting_id: UUID, kind: Kind, desk: DeskHere) -> Response:
    """For who may read them as a whole; opening it stands in the access log."""
    staff = request.state.staff
    file = await open_meeting(desk, staff, meeting_id)
    if file.head is None:
        raise Refused("meeting-hidden")
    printed = f"印刷 {wareki(desk.clock.today())} {staff.name}"
    care = "守秘義務・持出禁止" if file.needs_secrecy else "個人情報・取扱注意"
    paper = minutes_paper(desk, file, file.head, f"{care}　{desk.city.name}　{printed}")
    return await sent(paper, kind, f"会議録_{str(meeting_id)[:8].upper()}")
