"""計画の指標表 as a sheet: 事業, 構成事業, 指標 as the plan sets them, with the values beside them.

Order and groups are the city's (`indicators.toml`, `programmes`): neighbours that serve the same
programmes share a cell, as on the plan's page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from services.reporting.indicators import counted_of
from services.reporting.publishing import Table
from services.reporting.read.figures import Figure
from services.reporting.read.labels import title_of
from services.reporting.report import Year, about, kept_by, plan_of
from shared.vocabulary.city import City
from shared.vocabulary.entries import Indicator, Programme
from shared.vocabulary.wareki import wareki

NAME = "計画の指標表"
HEADS = ("事業", "構成事業", "指標", "値", "前年度", "基準値", "目標", "単位", "番号")
WIDTHS = (20, 30, 48, 10, 10, 10, 10, 9, 8)
_HEAD_ROWS = 6
"""The head block, and an empty line."""
_PILLAR = re.compile(r"第\d+号")


class Line(NamedTuple):
    """One indicator in its groups."""

    pillar: str
    """第1号 … 第6号 of the law: the plan's 事業."""
    programmes: tuple[str, ...]
    figure: Figure
    now: Table
    before: Table


def lines_of(year: Year) -> list[Line]:
    """As the city lists them; a row of the plan that is a part follows its whole."""
    entries = [one for one in year.city.entries("indicators") if isinstance(one, Indicator)]
    places = {one.code: n for n, one in enumerate(entries)}
    articles = {
        one.code: one.article
        for one in year.city.entries("programmes")
        if isinstance(one, Programme)
    }
    found = []
    for figure, now, before in year.tables():
        entry = entries[places[counted_of(figure.definition).id]]
        served = tuple(dict.fromkeys(entry.programmes))
        pillar = _pillar(articles.get(served[0], "")) if served else ""
        found.append(Line(pillar, served, figure, now, before))
    return sorted(found, key=lambda one: places[counted_of(one.figure.definition).id])


def add_plan_table(book: Any, year: Year) -> None:
    """The first sheet: what the committee turns to."""
    sheet = book.add_worksheet(NAME)
    lines = lines_of(year)
    for n, width in enumerate(WIDTHS):
        sheet.set_column(n, n, width)
    _head(book, sheet, year)
    ruled = {"border": 1, "valign": "top", "text_wrap": True}
    head = book.add_format({**ruled, "bold": True, "bg_color": "#F0F1F4"})
    text, number = book.add_format(ruled), book.add_format({**ruled, "num_format": "#,##0.##"})
    mark = book.add_format({**ruled, "align": "right"})
    sheet.write_row(_HEAD_ROWS, 0, HEADS, head)
    first = _HEAD_ROWS + 1
    for column, key, said in _GROUPS:
        for at, group in _runs(lines, key):
            _merge(sheet, first + at, column, len(group), said(year.city, group[0]), text)
    for at, line in enumerate(lines, first):
        for column, value in enumerate(_cells(year, line), 2):
            if isinstance(value, str):
                sheet.write_string(at, column, value, mark if 3 <= column <= 6 else text)
            elif value is None:
                sheet.write_blank(at, column, None, text)
            else:
                sheet.write_number(at, column, value, number if value % 1 else text)
    sheet.freeze_panes(first, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROWS)


def _head(book: Any, sheet: Any, year: Year) -> None:
    """市, 年度, 時点, and for whom: a sheet is passed on without the mail it came with."""
    sheet.write_string(0, 0, plan_of(year.city), book.add_format({"bold": True, "font_size": 14}))
    rows = (
        ("市", year.city.name),
        ("年度", year.label),
        ("時点", f"{wareki(year.today)}現在"),
        ("取扱い", kept_by(year)),
    )
    bold = book.add_format({"bold": True})
    for at, (heading, value) in enumerate(rows, 1):
        sheet.write_string(at, 0, heading, bold)
        sheet.write_string(at, 1, value)
    sheet.write_string(_HEAD_ROWS - 1, 0, about(year))


def _cells(year: Year, line: Line) -> tuple[str | float | None, ...]:
    definition = line.figure.definition
    aims = year.targets.get(definition.id)
    return (
        title_of(year.city, definition),
        line.now.total,
        line.before.total,
        aims.baseline if aims else None,
        aims.target if aims else None,
        definition.unit,
        definition.id,
    )


def _pillar(article: str) -> str:
    found = _PILLAR.match(article)
    return found[0] if found else article


_Key: TypeAlias = Callable[[Line], object]


def _runs(lines: Sequence[Line], key: _Key) -> Iterator[tuple[int, list[Line]]]:
    """Neighbours that agree, and where they begin."""
    at = 0
    for _, group in groupby(lines, key):
        found = list(group)
        yield at, found
        at += len(found)


def _merge(sheet: Any, row: int, column: int, count: int, said: str, text: Any) -> None:
    if count == 1:
        sheet.write_string(row, column, said, text)
    else:
        sheet.merge_range(row, column, row + count - 1, column, said, text)


def _served(city: City, line: Line) -> str:
    return "\n".join(city.label("programmes", code) for code in line.programmes)


_GROUPS: tuple[tuple[int, _Key, Callable[[City, Line], str]], ...] = (
    (0, lambda one: one.pillar, lambda _city, one: one.figure.definition.programme),
    (1, lambda one: one.programmes, _served),
)
