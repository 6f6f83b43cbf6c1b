"""The office of the demonstration: meetings, drafts, rounds and tips, a closed year, a survey."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import httpx2

from deploy.demo.people import Household
from deploy.demo.stage import CHIEF, Stage

HERE = "/coordination/api/meetings"


async def office_work(web: httpx2.AsyncClient, tokens: Mapping[str, str], today: date) -> None:
    """Meetings, drafts of plans, a round that is planned, the year before closed, a survey."""
    office = Household("会議", "", "C-08", today, "", 1, (), "", 0)
    stage = Stage(web, tokens, office, today)
    listed = await stage.there("/coordination/api/cases?status=open")
    cases = sorted(
        (one for one in listed if one["consent"] == "given"), key=lambda one: one["case_id"]
    )
    await _held(stage, cases[:2], today)
    await _called(stage, cases[2:4], (today + timedelta(days=7)).isoformat())
    for case in cases:
        draft = f"/coordination/api/cases/{case['case_id']}/plans/draft"
        await stage.post(draft, version=0, sheet=_sheet(case["counter"]))
    await _signed(stage, [case["case_id"] for case in cases[:2]])
    planned = (today + timedelta(days=3)).isoformat()
    await stage.post("/outreach/api/rounds/plan", on=planned, place="ふれあいサロン")
    await _years(stage, today)
    voices = Household("地域の声", "", "C-08", today, "", 1, (), "", 0)
    await _noticed(Stage(web, tokens, voices, today))


async def _noticed(stage: Stage) -> None:
    """Two tips before there is a case: one visited in vain, one without a name (T-30)."""
    on = stage.day - timedelta(days=20)
    tip = await stage.post(
        "/outreach/api/leads",
        on=on.isoformat(),
        source="commissioner",
        story="半年ほど前から姿を見ない。雨戸が閉まったまま。",
        town="kusabana",
        place="公園の北側の平屋",
    )
    await stage.post(
        f"/outreach/api/leads/{tip['id']}/contacts",
        on=(on + timedelta(days=6)).isoformat(),
        method="home-visit",
        met=False,
        reaction="返事はない。洗濯物は出ている。",
    )
    await stage.post(
        "/outreach/api/leads",
        on=(on + timedelta(days=9)).isoformat(),
        source="shop",
        story="毎日のように来て、長い時間話していく。食べ物に困っているようだ。",
    )


async def _held(stage: Stage, cases: list[dict[str, str]], today: date) -> None:
    """Two cases with consent, a task and something that is missing."""
    held = await _called(stage, cases, today.isoformat())
    first, second = (one["case_id"] for one in cases)
    action = {
        "case_id": first,
        "agency": cases[0]["counter"],
        "what": "子ども食堂を一緒に見に行く",
        "due_on": (today + timedelta(days=14)).isoformat(),
    }
    await stage.post(
        f"{HERE}/{held}/minutes",
        on=today.isoformat(),
        place="市役所3階 会議室",
        members=["C-08", cases[0]["counter"]],
        cases=[
            {"case_id": first, "report": "週に一度は話せている", "outcome": "食事の支援を探す"},
            {"case_id": second, "report": "家計の表ができた", "outcome": "今の体制を続ける"},
        ],
        actions=[action],
        missing=[{"case_id": first, "resource": "food", "note": "夕方に歩いて行ける所がない"}],
    )


async def _signed(stage: Stage, cases: list[str]) -> None:
    """Two drafts go round; the chief has signed the first."""
    for nth, case in enumerate(cases):
        here = f"/coordination/api/cases/{case}/approvals"
        made = await stage.post(f"{here}/plan", version=1, note="次の会議までにお願いします")
        if nth == 0:
            await stage.post(
                f"{here}/{made['id']}/signature", by=CHIEF, step="chief", note="よいと思います"
            )


def _sheet(agency: str) -> dict[str, Any]:
    """What is written of the next plan so far."""
    return {
        "aim": "母と落ち着いて暮らす",
        "goals": [{"problem": "日中の居場所", "goal": "週に一度は集いの場へ行く"}],
        "tasks": [{"who": agency, "what": "集いの場に一緒に行く", "problem": 1}],
        "contact_desk": "C-08",
    }


async def _years(stage: Stage, today: date) -> None:
    year = today.year - (1 if today.month >= 4 else 2)
    await stage.post(f"/reporting/api/years/{year}/closing")
    closes = (today + timedelta(days=60)).isoformat()
    survey = f"/reporting/api/surveys/{year + 1}/start"
    await stage.post(survey, closes_on=closes, agencies=["C-01", "C-07"])


async def _called(stage: Stage, cases: list[dict[str, str]], planned_on: str) -> str:
    made = await stage.post(
        HERE,
        kind="plan-meeting",
        planned_on=planned_on,
        place="市役所3階 会議室",
        cases=[one["case_id"] for one in cases],
    )
    agencies = sorted({one["counter"] for one in cases} - {"C-08"})
    await stage.post(f"{HERE}/{made['id']}/members", agencies=agencies)
    return str(made["id"])
