"""What the surveys say, beside what the facts show (N-16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from deploy.embedded import Servers
from shared.contracts import coordination, intake
from shared.runtime.settings import Settings
from tests.reporting.conftest import APRIL, NOVEMBER, Client, serving
from tests.reporting.examples import CASE, MAY, received, tell
from tests.reporting.test_indicators import sums
from tests.reporting.test_pages import page
from tests.reporting.test_surveys import answer

REFERRED = intake.ConsultationReferred(
    occurred_on=MAY,
    case_id=CASE,
    referral_id=UUID(int=21),
    consultation_id=UUID(int=22),
    counter="C-01",
    to_counter="C-04",
)
INQUIRY = coordination.InquirySent(
    occurred_on=MAY, case_id=CASE, inquiry_id=UUID(int=23), kind="report", agency="C-01"
)
FACTS = (
    received(source="shop"),
    received(counter="C-01", source="police"),
    received(source="self"),
    REFERRED,
    INQUIRY,
)


def test_s04_counts_what_counters_and_agencies_ask_of_one_another() -> None:
    assert sums("S-04", *FACTS) == {
        "": 2,
        "between:referred": 1,
        "counter:C-01": 1,
        "between:asked": 1,
        "agency:C-01": 1,
    }


async def test_each_question_stands_beside_its_facts_and_opens_to_them(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    async with serving(servers, settings_of("reporting"), NOVEMBER, tell(FACTS)) as client:
        text = await page(client, "/reporting/surveys/2026/start")
        for words in ("窓口から窓口への紹介", "関係機関への照会", "福祉のほかからの相談"):
            assert words in text
        shown = text.partition("福祉のほかからの相談")[2]
        assert "2件" in shown.partition("</tr>")[0]
        where = text.partition("福祉のほかからの相談")[0].rpartition('href="')[2].partition('"')[0]
        assert "2 件の記録、合計 2" in await page(client, where.replace("&amp;", "&"))
        earlier = await page(client, "/reporting/surveys/2025/start")
        assert "0件" in earlier.partition("福祉のほかからの相談")[2].partition("</tr>")[0]


async def test_the_start_stands_beside_the_end_of_the_year(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    settings = settings_of("reporting")
    async with serving(servers, settings, NOVEMBER) as client:
        await answered(client, "start", "4")
        await answered(client, "end", "3")
    async with serving(servers, settings, APRIL, ()) as client:
        text = await page(client, "/reporting/surveys/2026/end")
        both = text.partition("年度の初めと終わり</h3>")[2].partition("</table>")[0]
        assert both.count("年度の初め</td>") == both.count("年度の終わり</td>") == 3
        assert "＊" in both, "all said the same: everybody's answer would be known"


async def answered(client: Client, when: str, grade: str) -> None:
    asked = {
        "closes_on": date(2026, 12, 23).isoformat(),
        "agencies": [f"C-0{n}" for n in range(1, 8)],
    }
    opened = await client.post(f"/reporting/api/surveys/2026/{when}", json=asked)
    for link in opened.json()["links"].values():
        assert (await answer(client, link, grade_1=grade)).status_code == 200
