"""The office of the demonstration: meetings held and to come, a draft, a round, a closed year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import httpx2

from deploy.demo_people import Household
from deploy.demo_stage import Stage
from shared.runtime.clock import Clock

HERE = "/coordination/api/meetings"


async def meetings(web: httpx2.AsyncClient, tokens: Mapping[str, str]) -> None:
    """Meetings with two cases each whose persons consented, and their referrers as members; a plan
    that is being written, a round that is planned, and the year before closed.
    """
    today = Clock().today()
    stage = Stage(web, tokens, Household("会議", "", "C-08", today, "", 1, (), "", 0))
    listed = await stage.there("/coordination/api/cases?status=open")
    cases = sorted(
        (one for one in listed if one["consent"] == "given"), key=lambda one: one["case_id"]
    )
    held = await _called(stage, cases[:2], today.isoformat())
    ids = [one["case_id"] for one in cases[:2]]
    agency = cases[0]["counter"]
    await stage.post(
        f"{HERE}/{held}/minutes",
        on=today.isoformat(),
        place="市役所3階 会議室",
        members=["C-08", agency],
        cases=[
            {"case_id": ids[0], "report": "週に一度は話せている", "outcome": "食事の支援を探す"},
            {"case_id": ids[1], "report": "家計の表ができた", "outcome": "今の体制を続ける"},
        ],
        actions=[
            {
                "case_id": ids[0],
                "agency": agency,
                "what": "子ども食堂を一緒に見に行く",
                "due_on": (today + timedelta(days=14)).isoformat(),
            }
        ],
        missing=[{"case_id": ids[0], "resource": "food", "note": "夕方に歩いて行ける所がない"}],
    )
    await _called(stage, cases[2:4], (today + timedelta(days=7)).isoformat())
    sheet = {
        "aim": "母と落ち着いて暮らす",
        "goals": [{"problem": "日中の居場所", "goal": "週に一度は集いの場へ行く"}],
        "tasks": [{"who": agency, "what": "集いの場に一緒に行く", "problem": 1}],
        "contact_desk": "C-08",
    }
    draft = f"/coordination/api/cases/{ids[0]}/plans/draft"
    await stage.post(draft, version=0, sheet=sheet)
    planned = (today + timedelta(days=3)).isoformat()
    await stage.post("/outreach/api/rounds/plan", on=planned, place="ふれあいサロン")
    year = today.year - (1 if today.month >= 4 else 2)
    await stage.post(f"/reporting/api/years/{year}/closing")


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
