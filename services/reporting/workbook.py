"""The year as Excel: the plan's table, native charts, breakdowns and texts on own sheets."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from services.reporting.read.figures import MONTHS, Figure
from services.reporting.read.labels import code_label, title_of
from services.reporting.report import Year
from shared.vocabulary.wareki import wareki

HEADS = (
    *("番号", "事業", "指標", "単位", "前年度", "今年度"),
    *(f"{month}月" for month in MONTHS),
    "目標",
)
_FIRST_MONTH = 6
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
    sheet = book.add_worksheet("指標一覧")
    fill(sheet, HEADS, _overview(year), head, text, widths=(7, 22, 44, 8, 9, 9, *[7] * 12, 10))
    _charts(book, year, book.add_worksheet("グラフ"))
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
    """A column chart for each indicator that is a number, reading from the first sheet."""
    shown = 0
    for row, (figure, _, _) in enumerate(year.tables(), 1):
        if figure.definition.kind == "text":
            continue
        chart = book.add_chart({"type": "column"})
        last = _FIRST_MONTH + len(MONTHS) - 1
        chart.add_series(
            {
                "name": year.label,
                "categories": ["指標一覧", 0, _FIRST_MONTH, 0, last],
                "values": ["指標一覧", row, _FIRST_MONTH, row, last],
                "fill": {"color": "#B9C6FF"},
                "border": {"color": "#0017C1"},
                "data_labels": {"value": True},
            }
        )
        title = f"{figure.definition.id} {title_of(year.city, figure.definition)}"
        chart.set_title({"name": title, "name_font": {"size": 10}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"name": figure.definition.unit, "num_format": "#,##0.##"})
        line, place = divmod(shown, _PER_LINE)
        sheet.insert_chart(line * _CHART_ROWS, place * 8, chart, {"description": title})
        shown += 1


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
