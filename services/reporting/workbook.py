"""The year as Excel: the plan's table, months, native charts, breakdowns, texts: a sheet each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from services.reporting.plan_table import add_plan_table
from services.reporting.publishing import HIDDEN
from services.reporting.read.figures import MONTHS, Figure
from services.reporting.read.labels import code_label, title_of
from services.reporting.report import Year
from shared.vocabulary.wareki import wareki

HEADS = (
    *("番号", "事業", "指標", "単位", "前年度", "今年度"),
    *(f"{month}月" for month in MONTHS),
    "目標",
)
HEADS_BEFORE = ("番号", "指標", "単位", *(f"{month}月" for month in MONTHS))
_NOW, _BEFORE = "指標一覧", "前年度の月別"
_FIRST_MONTH = 6
_FIRST_MONTH_BEFORE = 3
_CHART_ROWS = 15
_PER_LINE = 2


async def workbook_of(year: Year) -> bytes:
    """Beside the event loop."""
    return await asyncio.to_thread(_written, year)


def _written(year: Year) -> bytes:
    import xlsxwriter

    memory = BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"計画の指標 {year.label}"})
    head = book.add_format({"bold": True, "bg_color": "#F0F1F4", "border": 1, "text_wrap": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    add_plan_table(book, year)
    sheet = book.add_worksheet(_NOW)
    fill(sheet, HEADS, _overview(year), head, text, widths=(7, 22, 44, 8, 9, 9, *[7] * 12, 10))
    _charts(book, year, book.add_worksheet("グラフ"))
    fill(
        book.add_worksheet(_BEFORE), HEADS_BEFORE, _before(year), head, text, (7, 44, 8, *[7] * 12)
    )
    parts = ("番号", "指標", "内訳", "区分", "単位", "今年度")
    fill(book.add_worksheet("内訳"), parts, _parts(year), head, text, (7, 44, 18, 34, 8, 9))
    texts = ("番号", "指標", "日", "内容")
    fill(book.add_worksheet("文章"), texts, _texts(year), head, text, (7, 44, 18, 80))
    book.close()
    return memory.getvalue()


def _overview(year: Year) -> list[tuple[Any, ...]]:
    return [
        (
            figure.definition.id,
            figure.definition.programme,
            title_of(year.city, figure.definition),
            figure.definition.unit,
            former.total,
            table.total,
            *table.months,
            _aim(year, figure),
        )
        for figure, table, former in year.tables()
    ]


def _before(year: Year) -> list[tuple[Any, ...]]:
    """What the charts set beside the year; in the same rows as the first list."""
    return [
        (
            figure.definition.id,
            title_of(year.city, figure.definition),
            figure.definition.unit,
            *former.months,
        )
        for figure, _, former in year.tables()
    ]


def _aim(year: Year, figure: Figure) -> float | None:
    """目標, where the city entered one (X-29)."""
    target = year.targets.get(figure.definition.id)
    return target.target if target else None


def _parts(year: Year) -> list[tuple[Any, ...]]:
    return [
        (
            figure.definition.id,
            title_of(year.city, figure.definition),
            figure.definition.parts[part],
            code_label(year.city, part, code),
            figure.definition.unit,
            value,
        )
        for figure, table, _ in year.tables()
        for part, codes in table.parts.items()
        for code, value in codes.items()
    ]


def _texts(year: Year) -> list[tuple[Any, ...]]:
    return [
        (figure.definition.id, title_of(year.city, figure.definition), wareki(one.day), one.text)
        for figure in year.figures
        for one in year.texts.get(figure.definition.id, [])
    ]


def _charts(book: Any, year: Year, sheet: Any) -> None:
    """A column chart for each indicator that is a number. A mark is no number: Excel would draw it
    as none, so where one stands there is no chart.
    """
    shown = 0
    for row, (figure, table, former) in enumerate(year.tables(), 1):
        if figure.definition.kind == "text" or HIDDEN in table.months:
            continue
        title = f"{figure.definition.id} {title_of(year.city, figure.definition)}"
        chart = _chart(book, title, figure.definition.unit)
        if HIDDEN not in former.months:
            chart.add_series(_series("前年度", _BEFORE, row, _FIRST_MONTH_BEFORE, _HATCHED))
        chart.add_series(_series(year.label, _NOW, row, _FIRST_MONTH, _FILLED))
        line, place = divmod(shown, _PER_LINE)
        sheet.insert_chart(line * _CHART_ROWS, place * 8, chart, {"description": title})
        shown += 1


def _chart(book: Any, title: str, unit: str) -> Any:
    chart = book.add_chart({"type": "column"})
    chart.set_title({"name": title, "name_font": {"size": 10}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"name": unit, "num_format": "#,##0.##"})
    return chart


_FILLED = {
    "fill": {"color": "#B9C6FF"},
    "border": {"color": "#0017C1"},
    "data_labels": {"value": True},
}
_HATCHED = {
    "pattern": {"pattern": "wide_upward_diagonal", "fg_color": "#626264", "bg_color": "#FFFFFF"},
    "border": {"color": "#626264"},
}
"""Told apart in black and white, too."""


def _series(name: str, sheet: str, row: int, first: int, look: dict[str, Any]) -> dict[str, Any]:
    last = first + len(MONTHS) - 1
    return {
        "name": name,
        "categories": [sheet, 0, first, 0, last],
        "values": [sheet, row, first, row, last],
        **look,
    }


def fill(
    sheet: Any,
    heads: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
    head: Any,
    text: Any,
    widths: Sequence[float],
) -> None:
    """A table that scrolls under its head and prints on one page's width."""
    for n, width in enumerate(widths):
        sheet.set_column(n, n, width)
    sheet.write_row(0, 0, heads, head)
    for at, row in enumerate(rows, 1):
        for n, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, n, value, text)
            elif value is not None:
                sheet.write_number(at, n, value)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
