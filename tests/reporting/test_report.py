"""The year on paper and as a workbook; what is published tells of nobody (F-15)."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.indicators import by_id
from services.reporting.publishing import HIDDEN, covered, published, whole
from services.reporting.read.figures import Figure, Series
from tests.paper.reading import cells_of_book, words_of_pdf
from tests.reporting.conftest import Client


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 12, 30], [0, 12, 30]),
        ([3, 12, 30], [HIDDEN, HIDDEN, 30]),
        ([1, 2, 30], [HIDDEN, HIDDEN, HIDDEN]),
        ([3, 4, 30, None], [HIDDEN, HIDDEN, 30, None]),
        ([2], [HIDDEN]),
    ],
)
def test_a_small_number_takes_the_next_one_along(values: list[Any], expected: list[Any]) -> None:
    assert covered(values, 5) == expected


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(0, 10))
def test_what_is_hidden_cannot_be_computed_from_the_sum(values: list[int], smallest: int) -> None:
    shown = covered(values, smallest)
    hidden = [value for value, seen in zip(values, shown, strict=True) if seen == HIDDEN]
    assert not [seen for seen in shown if isinstance(seen, int) and 0 < seen < smallest]
    if hidden and len([value for value in values if value]) > 1:
        assert len(hidden) > 1
        assert sum(hidden) >= smallest or len(hidden) == len([one for one in values if one])


def figure(indicator: str, total: float, parts: dict[str, dict[str, int]] | None = None) -> Figure:
    definition = by_id(indicator)
    assert definition
    months = (total, *(0,) * 11)
    series = {
        part: {code: Series((n, *(0,) * 11), n) for code, n in codes.items()}
        for part, codes in (parts or {}).items()
    }
    return Figure(definition, 2026, Series(months, total), series)


def test_a_small_total_hides_everything_below_it() -> None:
    table = published(figure("Q-27", 3), 5)
    assert table.total == HIDDEN
    assert set(table.months) == {HIDDEN}, "when it was would tell, too"


def test_parts_are_hidden_beside_a_large_total() -> None:
    shown = published(figure("Q-03", 40, {"issue": {"care": 30, "debt": 8, "food": 2}}), 5)
    assert shown.total == 40
    assert shown.parts["issue"] == {"care": 30, "debt": HIDDEN, "food": HIDDEN}


def test_places_and_sessions_are_no_persons() -> None:
    assert published(figure("Q-05", 2), 5) == whole(figure("Q-05", 2))


def test_an_average_of_few_persons_is_hidden() -> None:
    few = published(figure("Q-04", 1.5, {"issues": {"1": 2, "2": 2}}), 5)
    assert few.total == HIDDEN
    many = published(figure("Q-04", 1.5, {"issues": {"1": 8, "2": 8}}), 5)
    assert (many.total, many.months[0]) == (1.5, HIDDEN)


async def test_the_report_shows_the_plan_s_table_charts_and_texts(client: Client) -> None:
    answer = await client.get("/reporting/report.pdf?fiscal_year=2026")
    assert answer.status_code == 200, answer.text
    words = words_of_pdf(answer.content)
    for said in (
        "令和8年度定量評価報告書",
        "庁内用・取扱注意",
        "支援プランの作成件数",
        "園芸で近所と交流した",
    ):
        assert said in words
    assert b"/StructTreeRoot" in answer.content, "tagged for screen readers"
    for_all = words_of_pdf((await client.get("/reporting/report.pdf?use=public")).content)
    assert "公表用" in for_all
    assert HIDDEN in for_all


async def test_the_workbook_has_native_charts(client: Client) -> None:
    answer = await client.get("/reporting/report.xlsx?fiscal_year=2026")
    assert answer.status_code == 200, answer.text
    cells = cells_of_book(answer.content)
    assert {"番号", "Q-02", "支援プランの作成件数", "園芸で近所と交流した"} <= set(cells)
    with ZipFile(BytesIO(answer.content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) > 20
    hidden = cells_of_book((await client.get("/reporting/report.xlsx?use=public")).content)
    assert HIDDEN in hidden
    assert (await client.get("/reporting/report.doc")).status_code in (404, 422)


async def test_the_first_sheet_is_the_plan_s_own_table(client: Client) -> None:
    content = (await client.get("/reporting/report.xlsx?fiscal_year=2026")).content
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows[1:5]] == [
        "あきる野市",
        "令和8年度",
        "令和8年11月23日現在",
        "庁内用・取扱注意",
    ]
    heads = ("事業", "構成事業", "指標", "値", "前年度", "基準値", "目標", "単位", "番号")
    assert rows[6] == heads
    body = rows[7:]
    assert [row[0] for row in body if row[0]] == [
        "属性を問わない相談支援",
        "参加支援",
        "地域づくりに向けた支援",
        "アウトリーチ等を通じた継続的支援",
        "多機関協働",
        "支援プランの作成",
    ]
    assert [row[1] for row in body if row[1]][1:4] == [
        "参加支援事業",
        "地域介護予防活動支援事業",
        "生活支援体制整備事業",
    ]
    assert [row[8] for row in body][:6] == ["Q-01", "Q-01a", "Q-01b", "Q-01c", "Q-01d", "Q-02"]
    assert body[-1][8] == "Q-31"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A8:A15", "B8:B15", "B18:B25"} <= merged, "a group is one cell, as in the plan"


async def test_a_chart_stands_only_where_no_month_is_hidden(client: Client) -> None:
    inside, public = [
        openpyxl.load_workbook(
            BytesIO((await client.get(f"/reporting/report.xlsx?fiscal_year=2026{use}")).content)
        )
        for use in ("", "&use=public")
    ]
    assert public.worksheets[0]["B5"].value == "公表用"
    values = {row[8]: row[3] for row in public.worksheets[0].iter_rows(8, values_only=True)}
    assert values["Q-31"] == HIDDEN
    months = list(public["指標一覧"].iter_rows(2, values_only=True))
    texts = {"Q-16", "Q-19", "Q-20", "Q-22", "Q-25"}
    open_rows = [row for row in months if row[0] not in texts and HIDDEN not in row[6:18]]
    assert len(_charts(public)) == len(open_rows) < len(_charts(inside))
    assert {len(chart.series) for chart in _charts(inside)} == {2}, "with the year before"


def _charts(book: Any) -> list[Any]:
    return list(book["グラフ"]._charts)
