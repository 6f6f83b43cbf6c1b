"""The figures of a fiscal year as CSV that Excel opens: one line an indicator, one a part."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from services.reporting.publishing import Table, published, whole
from services.reporting.read.decided import Target
from services.reporting.read.figures import MONTHS, Figure, Number
from services.reporting.read.labels import code_label, title_of
from services.reporting.read.texts import Text
from shared.vocabulary.city import City
from shared.vocabulary.wareki import wareki

HEAD = (
    "番号",
    "指標",
    "事業",
    "内訳",
    "単位",
    "年度",
    *(f"{month}月" for month in MONTHS),
    "基準値",
    "目標",
    "文",
)


def csv_of(
    city: City,
    figures: Sequence[Figure],
    texts: dict[str, list[Text]],
    targets: Mapping[str, Target],
    *,
    public: bool = False,
) -> bytes:
    """UTF-8 with BOM, else Excel reads 文字化け. `public`: with a mark for what is hidden, and
    parts for the year alone, because parts by month are not published.
    """
    smallest = city.publication.smallest
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEAD)
    for figure in figures:
        name = figure.definition.id
        table = published(figure, smallest) if public else whole(figure)
        months = {} if public else _months_of(figure)
        rows.writerows(_lines(city, table, months, texts.get(name, []), targets.get(name)))
    return written.getvalue().encode("utf-8-sig")


_Months: TypeAlias = Mapping[tuple[str, str], Sequence[Number | None]]
"""(part, code) → its months."""


def _months_of(figure: Figure) -> _Months:
    return {
        (part, code): series.months
        for part, codes in figure.parts.items()
        for code, series in codes.items()
    }


def _lines(
    city: City, table: Table, months: _Months, texts: list[Text], target: Target | None
) -> Iterator[list[str | float]]:
    one = table.definition
    about = [one.id, title_of(city, one), one.programme]
    said = "\n".join(f"{wareki(text.day)} {harmless(text.text)}" for text in texts)
    yield [*about, "計", one.unit, *_numbers(table.total, table.months), *_aims(target), said]
    for part, codes in table.parts.items():
        for code, value in codes.items():
            label = f"{one.parts[part]}: {code_label(city, part, code)}"
            numbers = _numbers(value, months.get((part, code), (None,) * len(MONTHS)))
            yield [*about, label, one.unit, *numbers, "", "", ""]


def _aims(target: Target | None) -> list[str | float]:
    """基準値 and 目標, where the city decided them (X-29)."""
    aims = (target.baseline, target.target) if target else (None, None)
    return ["" if value is None else value for value in aims]


def _numbers(total: Number | str, months: Sequence[Number | str | None]) -> list[str | float]:
    return [total, *("" if value is None else value for value in months)]


def harmless(text: str) -> str:
    """Excel must not take what somebody wrote for a formula."""
    return f"'{text}" if text[:1] in "=@+-\t\r" else text
