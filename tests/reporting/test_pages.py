"""The pages and the API as people and systems get them, on a running service."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest

from services.reporting.indicators import COMPUTED
from services.reporting.sheet_csv import harmless
from shared.privacy.access import Role
from tests.reporting.conftest import Client
from tests.reporting.examples import CASE


async def page(client: Client, path: str, status: int = 200) -> str:
    response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    return response.text


async def test_the_year_shows_every_figure_with_chart_table_and_definition(
    client: Client,
) -> None:
    text = await page(client, "/reporting")
    assert "令和8年度" in text
    for one in COMPUTED:
        assert f"/reporting/indicators/{one.id}?fiscal_year=2026" in text
        assert one.counts in text
        assert one.leaves_out in text
    assert text.count('<details class="programme">') == len({one.programme for one in COMPUTED})
    charts = re.findall(r'<img src="([^"]*chart.svg[^"]*)"[^>]* alt="([^"]*)"', text)
    assert len(charts) == sum(one.kind != "text" for one in COMPUTED)
    assert all("月別: " in said for _, said in charts)
    assert "4月 1件、5月 1件、6月 0件" in text
    assert "未集計の指標" not in text, "every indicator of the plan is counted"
    assert "Q-28" in text
    assert "データの時点" in text
    assert 'aria-current="page"' in text


async def test_what_was_written_is_read_as_it_holds_now(client: Client) -> None:
    for path in ("/reporting", "/reporting/indicators/Q-19?fiscal_year=2026"):
        text = await page(client, path)
        assert "園芸で近所と交流した" in text
    assert "訂正により除く" in text
    assert text.count("園芸を一緒にした") == 1, "in the list of facts, no more among the texts"
    said = await get(client, "/reporting/api/indicators?fiscal_year=2026")
    [one] = [one for one in said["indicators"] if one["id"] == "Q-19"]
    assert (one["kind"], [text["text"] for text in one["texts"]]) == (
        "text",
        ["園芸で近所と交流した"],
    )


async def test_another_year_is_a_link_away(client: Client) -> None:
    text = await page(client, "/reporting?fiscal_year=2025")
    assert "令和7年度" in text
    assert "/reporting?fiscal_year=2026" in text


async def test_every_link_of_an_indicator_opens(client: Client) -> None:
    for name in ("Q-03", "Q-05", "Q-30"):
        text = await page(client, f"/reporting/indicators/{name}?fiscal_year=2026")
        links = set(re.findall(r'href="(/reporting/indicators/[^"#]+)', text))
        assert len(links) > 3
        for link in links:
            await page(client, link.replace("&amp;", "&"))


async def test_a_month_and_a_part_open_to_their_facts(client: Client) -> None:
    text = await page(client, "/reporting/indicators/Q-02?fiscal_year=2026&month=5")
    assert "1 件の記録、合計 1 件" in text
    assert str(CASE) in text
    assert "包括的相談支援" in text
    text = await page(client, "/reporting/indicators/Q-30?dim=meeting:plan-meeting")
    assert "議題 4 ケース" in text
    assert "議題 2 ケース" not in text
    text = await page(client, "/reporting/indicators/Q-06?fiscal_year=2024")
    assert "この範囲の記録はまだありません" in text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reporting/indicators/Q-99", 404),
        ("/reporting/indicators/Q-32", 404),
        ("/reporting?fiscal_year=soon", 422),
        ("/reporting?fiscal_year=99999", 422),
        ("/reporting/indicators/Q-02?month=13", 422),
        ("/reporting/indicators/Q-02?after=nowhere", 404),
        ("/reporting/api/indicators?fiscal_year=x", 422),
        ("/reporting/api/indicators/Q-02/facts?limit=0", 422),
        ("/reporting/api/indicators/Q-99/facts", 404),
    ],
)
async def test_a_wrong_question_gets_a_calm_answer(client: Client, path: str, status: int) -> None:
    await page(client, path, status)


async def test_a_stranger_is_not_let_in(client: Client) -> None:
    response = await client.get("/reporting/api/indicators", headers={"Authorization": ""})
    assert response.status_code == 401


async def get(client: Client, path: str) -> Any:
    response = await client.get(path)
    assert response.status_code == 200, response.text
    return response.json()


async def test_the_api_says_the_same_as_the_page(client: Client) -> None:
    said = await get(client, "/reporting/api/indicators?fiscal_year=2026")
    totals = {one["id"]: one["total"] for one in said["indicators"]}
    assert {name: total for name, total in totals.items() if total} == {
        "Q-02": 2,
        "Q-03": 2,
        "Q-04": 1.0,
        "Q-05": 2,
        "Q-06": 1,
        "Q-19": 1,
        "Q-27": 1,
        "Q-29": 1,
        "Q-30": 2,
        "Q-31": 2,
    }
    assert said["label"] == "令和8年度"
    assert said["not_yet"] == []
    assert "Q-28" in totals
    assert [one["team"] for one in said["as_of"]][:2] == ["intake", "coordination"]
    [q02] = [one for one in said["indicators"] if one["id"] == "Q-02"]
    first = q02["months"]
    assert first[0] == {"month": 4, "value": 1, "hidden": False}
    assert first[-1] == {"month": 3, "value": None, "hidden": False}


async def test_the_api_pages_through_the_facts(client: Client) -> None:
    path = "/reporting/api/indicators/Q-03/facts?fiscal_year=2026&limit=1"
    one = await get(client, path)
    assert (one["count"], one["total"], len(one["facts"])) == (2, 2, 1)
    two = await get(client, f"{path}&after={one['next_after']}")
    assert two["next_after"] is None
    assert {fact["dims"][0] for fact in one["facts"] + two["facts"]} == {"issue:i05", "issue:i09"}


async def test_a_chart_shows_its_numbers_and_is_asked_for_once(client: Client) -> None:
    path = "/reporting/indicators/Q-02/chart.svg?fiscal_year=2026"
    answer = await client.get(path)
    assert answer.headers["content-type"] == "image/svg+xml"
    svg = ElementTree.fromstring(answer.content)
    words = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"4月", "3月", "1", "件", "棒 令和8年度　点線 令和7年度"} <= set(words)
    again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert (await client.get("/reporting/indicators/Q-99/chart.svg")).status_code == 404


async def test_the_year_is_saved_for_excel(client: Client) -> None:
    answer = await client.get("/reporting/indicators.csv?fiscal_year=2026")
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:7] == ["番号", "指標", "事業", "内訳", "単位", "年度", "4月"]
    wholes = {line[0]: line for line in lines if line[3] == "計"}
    assert set(wholes) == {one.id for one in COMPUTED}
    assert wholes["Q-02"][5:8] == ["2", "1", "1"]
    assert wholes["Q-19"][-1] == "令和8年5月7日 園芸で近所と交流した"
    assert ["Q-02", "受付の方法: 来所"] in [[line[0], line[3]] for line in lines]


def test_no_text_becomes_a_formula() -> None:
    assert harmless('=HYPERLINK("x")') == '\'=HYPERLINK("x")'
    assert harmless("折り紙") == "折り紙"


async def test_a_year_is_shown_as_it_was_known_on_a_day(client: Client) -> None:
    then = "/reporting?fiscal_year=2026&on=2026-11-01"
    text = await page(client, then)
    assert "令和8年11月1日までに記録されたものだけによる" in text
    assert "on=2026-11-01" in text, "links stay on that day"
    assert "過去のある日の時点で見る" in await page(client, "/reporting")
    for path in (
        "/reporting/indicators/Q-02",
        "/reporting/report.pdf",
        "/reporting/indicators.csv",
    ):
        assert (await client.get(f"{path}?fiscal_year=2026&on=R8.11.1")).status_code == 200
    wrong = await client.get("/reporting?on=soon", headers={"Accept": "text/html"})
    assert 400 <= wrong.status_code < 500
    assert "日付として読めません" in wrong.text


async def test_an_indicator_says_what_it_is_made_of(client: Client) -> None:
    text = await page(client, "/reporting/indicators/Q-28?fiscal_year=2026")
    for said in (
        *("もとになる知らせ", "アウトリーチ等 TipReceived", "包括的相談支援 ConsultationReceived"),
        *("計画の番号", "定義は市に確認する", "第1版"),
    ):
        assert said in text
    assert "計画の番号" not in await page(client, "/reporting/indicators/S-02?fiscal_year=2026")


async def test_a_stock_opens_to_what_is_there_whichever_year_it_came_in(
    client: Client, sign_in: Callable[[Client, Role], None]
) -> None:
    """1 came the year before, 3 in May; 2 is gone since June. Who may not write has no link."""
    assert "/community/resources/" not in await page(client, "/reporting/indicators/Q-05")
    sign_in(client, Role.COORDINATOR)
    first, gone, third = (f"/community/resources/{UUID(int=number)}" for number in (1, 2, 3))
    text = await page(client, "/reporting/indicators/Q-05?fiscal_year=2026")
    there = text[text.index('id="there"') : text.index('id="facts"')]
    assert (first in there, gone in there, third in there) == (True, False, True)
    assert "登録 ふれあいサロン" in there
    assert "2 か所" in there
    april = await page(client, "/reporting/indicators/Q-05?fiscal_year=2026&month=4")
    there = april[april.index('id="there"') : april.index('id="facts"')]
    assert "4月末にあるもの" in there
    assert (first in there, gone in there, third in there) == (True, True, False)
    kind = await page(client, "/reporting/indicators/Q-05?fiscal_year=2026&dim=kind:gathering")
    there = kind[kind.index('id="there"') : kind.index('id="facts"')]
    assert (first in there, third in there) == (False, True), "1 is an ibasho now"
    assert 'id="there"' not in await page(client, "/reporting/indicators/Q-02")


async def test_an_average_opens_to_both_of_its_numbers(client: Client) -> None:
    """One consultation without issues is divided by, and is not divided."""
    text = await page(client, "/reporting/indicators/Q-04?fiscal_year=2026")
    above, besides = text[text.index('id="facts"') :].split('id="besides"')
    assert "割る数の記録" in besides
    assert besides.count("<tr>") == 3, besides
    assert "課題の数ごとの相談: 0" not in above


async def test_a_part_is_drawn_beside_its_table(client: Client) -> None:
    """Both years by code, in words too; a part that is not there is refused."""
    text = await page(client, "/reporting/indicators/Q-02?fiscal_year=2026")
    [(src, said)] = re.findall(r'<img src="([^"]*parts/channel.svg[^"]*)"[^>]* alt="([^"]*)"', text)
    assert 'loading="lazy"' in text
    assert "来所 2件（前年度 0件）、電話 0件（前年度 1件）" in said
    drawn = await client.get(src.replace("&amp;", "&"))
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert "来所" in drawn.text
    assert "令和7年度" in drawn.text, "the year before stands beside it"
    assert (await client.get("/reporting/indicators/Q-02/parts/issue.svg")).status_code == 404
