"""The figures of a fiscal year as CSV that Excel opens: one line an indicator, one a part."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from services.reporting.read.decided import Target
from services.reporting.read.figures import MONTHS, Figure, Series
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
) -> bytes:
    """UTF-8 with BOM, else Excel reads 文字化け."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEAD)
    for figure in figures:
        rows.writerows(
            _lines(
                city, figure, texts.get(figure.definition.id, []), targets.get(figure.definition.id)
            )
        )
    return written.getvalue().encode("utf-8-sig")


def _lines(
    city: City, figure: Figure, texts: list[Text], target: Target | None
) -> Iterator[list[str | float]]:
    one = figure.definition
    about = [one.id, title_of(city, one), one.programme]
    said = "\n".join(f"{wareki(text.day)} {harmless(text.text)}" for text in texts)
    yield [*about, "計", one.unit, *_numbers(figure.series), *_aims(target), said]
    for part, codes in figure.parts.items():
        for code, series in codes.items():
            label = f"{one.parts[part]}: {code_label(city, part, code)}"
            yield [*about, label, one.unit, *_numbers(series), "", "", ""]


def _aims(target: Target | None) -> list[str | float]:
    """基準値 and 目標, where the city decided them (X-29)."""
    aims = (target.baseline, target.target) if target else (None, None)
    return ["" if value is None else value for value in aims]


def _numbers(series: Series) -> list[str | float]:
    return [series.total, *("" if value is None else value for value in series.months)]


def harmless(text: str) -> str:
    """Excel must not take what somebody wrote for a formula."""
    return f"'{text}" if text[:1] in "=@+-\t\r" else text
