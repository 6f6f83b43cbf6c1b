"""The figures of a fiscal year: per month, per part, a stock where the indicator is one (Q-05)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from services.reporting.indicators import Definition, counted_of
from services.reporting.read.known import NOW
from shared.sourcing.days import FIRST_DAY
from shared.sourcing.log import Connection

MONTHS: tuple[int, ...] = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
LAST_YEAR = 2100
"""No later fiscal year can be asked for."""
"""The months of a fiscal year in their order."""


Number: TypeAlias = int | float
"""A count; an average (`Definition.per`) has two decimals."""


@dataclass(frozen=True)
class Series:
    """Twelve monthly values, April first; None for months that have not begun."""

    months: tuple[Number | None, ...]
    total: Number
    """The year's sum; for a stock what is there at the end (or today)."""


@dataclass(frozen=True)
class Figure:
    """One indicator in one fiscal year."""

    definition: Definition
    fiscal_year: int
    series: Series
    parts: dict[str, dict[str, Series]]
    """Part → code → its series: {"issue": {"i05": …}}."""
    whole: Figure | None = None
    """Of which it is a part (`Definition.within`)."""


async def figures_of(
    db: Connection,
    fiscal_year: int,
    today: date,
    definitions: Sequence[Definition],
    known: UUID = NOW,
) -> list[Figure]:
    """These indicators in that year, in two statements; with `known` counted anew from what had
    been told then.
    """
    names = [one.within.indicator if one.within else one.id for one in definitions]
    stocks = [definition.id for definition in definitions if definition.stock]
    if known == NOW:
        within = await db.fetch(_WITHIN, names, fiscal_year)
        before = await db.fetch(_BEFORE, stocks, fiscal_year)
    else:
        within = await db.fetch(_WITHIN_THEN, names, fiscal_year, known)
        before = await db.fetch(_BEFORE_THEN, stocks, fiscal_year, known)
    return collected(definitions, fiscal_year, today, within, before)


def collected(
    definitions: Sequence[Definition],
    fiscal_year: int,
    today: date,
    within: Iterable[Any],
    before: Iterable[Any],
) -> list[Figure]:
    """From sums by month (indicator, version, dim, month, number), and for stocks what was there
    before the year (without month).
    """
    flows: dict[tuple[str, int, str], dict[int, int]] = {}
    for indicator, version, dim, month, value in within:
        flows.setdefault((indicator, version, dim), {})[month] = value
    opening: dict[tuple[str, int, str], int] = {}
    for indicator, version, dim, value in before:
        opening[indicator, version, dim] = value
        flows.setdefault((indicator, version, dim), {})
    begun = months_begun(fiscal_year, today)
    return [
        _part(one, _figure(counted_of(one), fiscal_year, flows, opening, begun))
        for one in definitions
    ]


async def fiscal_years(db: Connection, today: date) -> list[int]:
    """Every year that has figures, and the running one; newest first. A day whose year somebody
    mistyped makes no year of figures.
    """
    running = today.year if today.month >= 4 else today.year - 1
    rows = await db.fetch(_YEARS, FIRST_DAY.year, LAST_YEAR)
    return sorted({running, *(row[0] for row in rows)}, reverse=True)


def months_begun(fiscal_year: int, today: date) -> int:
    """How many months of that fiscal year have begun: 0 to 12."""
    return max(0, min(12, (today.year - fiscal_year) * 12 + today.month - 3))


def _figure(
    definition: Definition,
    fiscal_year: int,
    flows: dict[tuple[str, int, str], dict[int, int]],
    opening: dict[tuple[str, int, str], int],
    begun: int,
) -> Figure:
    parts: dict[str, dict[str, Series]] = {part: {} for part in definition.parts}
    whole = Series(tuple(0 if n < begun else None for n in range(12)), 0)
    for key in sorted(flows):
        indicator, version, dim = key
        if (indicator, version) != (definition.id, definition.version):
            continue
        series = _series(flows[key], opening.get(key, 0), begun, stock=definition.stock)
        part, _, code = dim.partition(":")
        if not dim:
            whole = series
        elif part in parts:
            parts[part][code] = series
    if definition.per:
        whole = _average(whole, list(parts[definition.per].values()))
    return Figure(definition, fiscal_year, whole, parts)


def _part(definition: Definition, whole: Figure) -> Figure:
    if definition.within is None:
        return whole
    none = Series(tuple(value and 0 for value in whole.series.months), 0)
    series = whole.parts[definition.within.part].get(definition.within.code, none)
    return Figure(definition, whole.fiscal_year, series, {}, whole)


def _average(whole: Series, parts: Sequence[Series]) -> Series:
    """Divided month by month; a month in which there is nothing to divide by counts nothing."""
    by = [sum(part.months[n] or 0 for part in parts) for n in range(12)]
    months = tuple(
        value if value is None else _divided(value, by[n]) for n, value in enumerate(whole.months)
    )
    return Series(months, _divided(whole.total, sum(by)))


def _divided(number: Number, by: Number) -> float:
    return round(number / by, 2) if by else 0.0


def _series(flow: dict[int, int], opening: int, begun: int, *, stock: bool) -> Series:
    """A fact dated in a month to come still counts in the year: nothing told is hidden."""
    seen = [n for n, month in enumerate(MONTHS) if month in flow]
    shown = max([begun, *(n + 1 for n in seen)])
    months: list[Number | None] = []
    level = opening
    for n, month in enumerate(MONTHS):
        level += flow.get(month, 0)
        value = level if stock else flow.get(month, 0)
        months.append(value if n < shown else None)
    return Series(tuple(months), level if stock else sum(flow.values()))


_YEARS = """
SELECT DISTINCT fiscal_year FROM indicator_values WHERE fiscal_year BETWEEN $1 AND $2
"""
_WITHIN = """
SELECT indicator, version, dim, month, value FROM indicator_values
WHERE indicator = ANY($1::text[]) AND fiscal_year = $2
"""
_WITHIN_THEN = """
SELECT indicator, version, dim, extract(month FROM day)::int, sum(number)::bigint
FROM observations, unnest(CASE WHEN whole THEN dims || '{""}'::text[] ELSE dims END) AS dim
WHERE indicator = ANY($1::text[]) AND fiscal_year = $2 AND fact_id <= $3 GROUP BY 1, 2, 3, 4
"""
_BEFORE_THEN = """
SELECT indicator, version, dim, sum(number)::bigint
FROM observations, unnest(CASE WHEN whole THEN dims || '{""}'::text[] ELSE dims END) AS dim
WHERE indicator = ANY($1::text[]) AND fiscal_year < $2 AND fact_id <= $3 GROUP BY 1, 2, 3
"""
_BEFORE = """
SELECT indicator, version, dim, sum(value)::bigint FROM indicator_values
WHERE indicator = ANY($1::text[]) AND fiscal_year < $2 GROUP BY indicator, version, dim
"""
