"""The breakdowns of a figure: tables that open to facts, and the bars that are drawn of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.reporting.asking import View
from services.reporting.charts import MOST, Bars, parts_in_words
from services.reporting.desk import Desk
from services.reporting.indicators import Definition
from services.reporting.pages.figures import href_of
from services.reporting.read.figures import MONTHS, Figure, Series, figures_of
from services.reporting.read.labels import code_label


@dataclass(frozen=True)
class Cell:
    """A number that opens to its facts; no link where there is nothing to open."""

    value: float | None
    href: str | None


@dataclass(frozen=True)
class PartRow:
    """One code of a part over the year."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class PartTable:
    heading: str
    rows: list[PartRow]
    chart: str
    said: str
    """The chart in words."""
    height: int
    drawn: int
    """How many codes the chart has: the largest ones."""


async def parts_of(desk: Desk, figure: Figure, view: View) -> list[PartTable]:
    """Every part that counts anything, in the order of the definition."""
    bars = await bars_of(desk, figure.definition, view)
    return [
        _table(desk, figure, part, view, bars[part])
        for part in figure.definition.parts
        if figure.parts[part]
    ]


def cells(definition: Definition, view: View, series: Series, dim: str = "") -> list[Cell]:
    """Twelve months; each number opens to its facts."""
    return [
        Cell(value, f"{href_of(definition, view, month, dim)}#facts" if value else None)
        for month, value in zip(MONTHS, series.months, strict=True)
    ]


def _table(desk: Desk, figure: Figure, part: str, view: View, bars: Bars) -> PartTable:
    definition = figure.definition
    rows = []
    for code, series in _by_size(figure.parts[part]):
        dim = f"{part}:{code}"
        total = Cell(series.total, href_of(definition, view, dim=dim) + "#facts")
        label = code_label(desk.city, part, code)
        rows.append(PartRow(label, cells(definition, view, series, dim), total))
    chart = f"/reporting/indicators/{definition.id}/parts/{part}.svg?{urlencode(view.query)}"
    drawn = min(len(bars), MOST)
    said = parts_in_words(bars, definition.unit)
    return PartTable(definition.parts[part], rows, chart, said, 26 * drawn + 60, drawn)


def _by_size(codes: Mapping[str, Series]) -> list[tuple[str, Series]]:
    """The largest first."""
    return sorted(codes.items(), key=lambda item: -item[1].total)


async def bars_of(desk: Desk, definition: Definition, view: View) -> dict[str, Bars]:
    """Part → its codes in both years, as they are drawn; what only the year before had, last."""
    now, before = [
        (await figures_of(desk.db, year, view.today, [definition], view.known))[0]
        for year in (view.year, view.year - 1)
    ]
    return {
        part: _bars(desk, part, codes, before.parts.get(part, {}))
        for part, codes in now.parts.items()
    }


def _bars(desk: Desk, part: str, now: Mapping[str, Series], then: Mapping[str, Series]) -> Bars:
    none = Series((), 0)
    return tuple(
        (code_label(desk.city, part, code), series.total, then.get(code, none).total)
        for code, series in _by_size({**dict.fromkeys(then, none), **now})
    )
