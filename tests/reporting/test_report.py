"""The year on paper and as a workbook; what is published tells of nobody (F-15)."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

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
