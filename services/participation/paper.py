"""参加支援プラン and 支援メニュー on paper (S-04, S-05)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import REQUEST, desk_here
from services.participation.desk import Desk
from services.participation.domain.events import Planned
from services.participation.file import File, care_names, open_file
from services.participation.proposing import DAYS
from shared.paper.paper import Facts, Grid, Paper, Signature, Story
from shared.paper.sending import Kind, sent
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.pages import Pages

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]
AGREED = "このプランと支援メニューの説明を受け、受け入れ先と必要な情報を共有することに同意します。"


def plan_paper(desk: Desk, file: File, plan: Planned, foot: str) -> Paper:
    """What the person takes home: the aim, the menu, the place."""
    person, row = file.person, file.row
    offers = tuple((one.what, one.place, one.rhythm) for one in plan.offers or ())
    days = "・".join(DAYS[day] for day in DAYS if day in (plan.weekdays or ()))
    return Paper(
        "参加支援プラン・支援メニュー",
        (
            Facts(
                "ご本人",
                (
                    ("氏名", (person.name if person else None) or ""),
                    ("ふりがな", (person.kana if person else None) or ""),
                ),
            ),
            Story("本人の希望", plan.wishes or "", lines=3),
            Story("本人の強み・好きなこと", plan.strengths or "", lines=2),
            Story("課題（困っていること）", plan.issues or "", lines=2),
            Story("目標", plan.goal or "", lines=2),
            Grid("支援メニュー", ("内容", "場所・相手", "頻度"), offers, (5, 4, 3)),
            Facts(
                "すすめ方",
                (
                    ("メニューの種類", desk.city.label("participation_menu", plan.menu)),
                    ("通いたい曜日", days),
                    ("必要な配慮", "、".join(care_names(desk, plan))),
                    ("受け入れ先", row.place or "これから決めます"),
                ),
            ),
            Signature("本人の同意", AGREED, ("氏名（自署）",)),
        ),
        above=(("番号", str(row.request_id)[:8].upper()), ("作成日", wareki(plan.planned_on))),
        foot=foot,
    )


@pages.get("/requests/{request_id}/paper.{kind}", rule=REQUEST)
async def print_plan(request: Request, request_id: UUID, kind: Kind, desk: DeskHere) -> Response:
    staff = request.state.staff
    file = await open_file(desk, staff, request_id)
    if file.plan is None:
        raise Refused("plan-first")
    printed = f"印刷 {wareki(desk.clock.today())} {staff.name}"
    foot = f"個人情報・取扱注意　{desk.city.name}　{printed}"
    paper = plan_paper(desk, file, file.plan, foot)
    return await sent(paper, kind, f"参加支援プラン_{str(request_id)[:8].upper()}")
