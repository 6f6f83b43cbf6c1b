"""支援プラン on paper: PDF to be signed, Excel to go on with (S-03, 4.4)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request, Response

from services.coordination.access import sees_person
from services.coordination.desk import Desk
from services.coordination.plan_sheet import PlanSheet, plan_sheet
from services.coordination.planning import PLANS, open_plans
from services.coordination.work import person_of
from shared.paper.paper import Facts, Grid, Paper, Signature, Story
from shared.paper.sending import Kind, sent
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.pages import Pages

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
Round = Annotated[int, Path(ge=1, le=10_000)]

AGREED = (
    "この支援プランの説明を受け、内容と、支援に必要な範囲での関係機関との情報共有に同意します。"
)


def plan_paper(sheet: PlanSheet, person: tuple[tuple[str, str], ...], foot: str) -> Paper:
    """Everything of the agreed round in the order of the form, with the person's line to sign."""
    tasks = tuple(tuple(text or "–" for text in line) for line in sheet.tasks)
    return Paper(
        sheet.title,
        (
            Facts("ご本人", person),
            Story("長期目標（本人・家族が望む暮らし）", sheet.aim, lines=2),
            Grid("課題と目標（優先順）", ("順", "課題", "目標"), sheet.goals, (1, 7, 7)),
            Grid(
                "支援内容",
                ("課題", "だれが", "担当者・連絡先", "なにを", "頻度・いつまで"),
                tasks,
                (1.2, 3, 3, 5, 2.6),
            ),
            Grid("役割分担", ("だれが", "なにを"), sheet.roles, (3, 9)),
            Facts(
                "進め方",
                (
                    ("連絡の窓口", sheet.contact_desk),
                    ("主担当", sheet.lead_agency),
                    ("プラン期間", sheet.period),
                    ("参加支援", sheet.participation),
                    ("アウトリーチ", sheet.outreach),
                    ("次の見直し", sheet.review_on),
                    ("確認した会議", sheet.meeting),
                    ("情報共有の同意", sheet.consent),
                ),
            ),
            Story("緊急時の対応", sheet.emergency, lines=2),
            *([Facts("決裁", sheet.signatures)] if sheet.signatures else []),
            Signature("本人の同意", AGREED, ("氏名（自署）",)),
        ),
        above=(("番号", str(sheet.case_id)[:8].upper()), ("決めた日", sheet.agreed_on)),
        foot=foot,
    )


@pages.get("/cases/{case_id}/plans/rounds/{number}/paper.{kind}", rule=PLANS)
async def print_plan(
    request: Request, case_id: UUID, number: Round, kind: Kind, desk: DeskHere
) -> Response:
    staff: Staff = request.state.staff
    file = await open_plans(desk, staff, case_id)
    if not sees_person(staff, file.row):
        raise Refused("plan-unknown")
    sheet, person = await plan_sheet(desk, case_id, number), await person_of(desk, case_id)
    said = (
        ("ふりがな", person.kana or ""),
        ("生年月日", wareki(person.born_on) if person.born_on else ""),
        ("氏名", person.name or ""),
        ("住所", person.address or ""),
    )
    printed = f"印刷 {wareki(desk.clock.today())} {staff.name}"
    foot = f"個人情報・取扱注意　{desk.city.name}　{printed}"
    paper = plan_paper(sheet, said, foot)
    return await sent(paper, kind, f"支援プラン_{str(case_id)[:8].upper()}_{number}")
