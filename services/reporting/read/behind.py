"""The facts behind a figure: every number opens to what was told, by whom, on which day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.reporting.changes import is_late, recorded_on
from services.reporting.indicators import Definition, counted_of
from services.reporting.read.known import NOW
from shared.sourcing.decider import Refused
from shared.sourcing.log import Connection

PAGE = 50


@dataclass(frozen=True)
class Behind:
    """One counted thing and the fact that told it."""

    day: date
    source: str
    position: int
    item: int
    fact_id: UUID
    case_id: UUID | None
    dims: tuple[str, ...]
    number: int
    note: str | None
    whole: bool
    corrects: bool
    """It puts right what an earlier fact said."""

    @property
    def recorded_on(self) -> date | None:
        return recorded_on(self.fact_id)

    @property
    def late(self) -> bool:
        """It was recorded when the month it counts in was over."""
        return not self.corrects and is_late(self.recorded_on, self.day)


@dataclass(frozen=True)
class Asked:
    """Which figure is opened: the whole year, one month of it, one part of it."""

    fiscal_year: int
    month: int | None = None
    dim: str = ""
    """`issue:i05`, or several codes of one part: `issue:i05,i31`."""
    known: UUID = NOW
    """Facts with a larger id are left out (`read/known.py`)."""


@dataclass(frozen=True)
class BehindPage:
    """One page of facts. `next_after` goes on where this page ends; None on the last one."""

    rows: tuple[Behind, ...]
    count: int
    total: int
    """Sum of `number` over all pages: the figure itself (for a stock: the change within the time
    asked).
    """
    next_after: str | None


async def facts_behind(
    db: Connection, definition: Definition, asked: Asked, after: str = "", limit: int = PAGE
) -> BehindPage:
    """The facts behind a figure in order of day, source and position. `after` is a page's
    `next_after`.
    """
    if definition.within is not None:  # a part is opened where it is counted
        asked = replace(asked, dim=definition.within.dim)
        return await facts_behind(db, counted_of(definition), asked, after, limit)
    since, until = days_of(asked)
    scope = (
        definition.id,
        definition.version,
        asked.fiscal_year,
        since,
        until,
        dims_of(asked.dim),
        asked.known,
    )
    if asked.known == NOW and "," not in asked.dim:
        within = asked.month and [asked.month]
        counted = *scope[:3], within or list(range(1, 13)), asked.dim
        count, total = await db.fetchrow(_SUMS, *counted) or (0, 0)
    else:
        count, total = await db.fetchrow(_COUNT, *scope) or (0, 0)
    rows = await db.fetch(_PAGE, *scope, *_place(after), limit + 1)
    found = tuple(Behind(**{**row, "dims": tuple(row["dims"])}) for row in map(dict, rows[:limit]))
    more = len(rows) > limit
    return BehindPage(found, count, total, _mark(found[-1]) if more else None)


def dims_of(dim: str) -> list[str]:
    """`issue:i05,i31` → each as it stands on a row."""
    part, _, codes = dim.partition(":")
    return [f"{part}:{code}" for code in codes.split(",")] if dim else []


def _mark(row: Behind) -> str:
    return f"{row.day.isoformat()}.{row.source}.{row.position}.{row.item}"


def _place(after: str) -> tuple[date, str, int, int]:
    if not after:
        return date.min, "", 0, 0
    try:
        day, source, position, item = after.split(".")
        place = date.fromisoformat(day), source, int(position), int(item)
    except ValueError:
        raise Refused("place-unknown") from None
    if not (0 <= place[2] < 2**63 and 0 <= place[3] < 2**15):
        raise Refused("place-unknown")
    return place


def days_of(asked: Asked) -> tuple[date, date]:
    """First day and the day after the last one."""
    year = asked.fiscal_year
    if asked.month is None:
        return date(year, 4, 1), date(year + 1, 4, 1)
    year += asked.month < 4
    return date(year, asked.month, 1), date(year + asked.month // 12, asked.month % 12 + 1, 1)


_SCOPE = """
FROM observations
WHERE indicator = $1 AND version = $2 AND fiscal_year = $3 AND day >= $4 AND day < $5
  AND CASE WHEN $6::text[] = '{}' THEN whole ELSE dims && $6 END AND fact_id <= $7
"""
# What is known now lies summed up beside the rows; what was known then has to be counted.
_SUMS = """
SELECT coalesce(sum(facts), 0)::bigint, coalesce(sum(value), 0)::bigint FROM indicator_values
WHERE indicator = $1 AND version = $2 AND fiscal_year = $3 AND month = ANY($4::smallint[])
  AND dim = $5
"""
_COUNT = f"SELECT count(*), coalesce(sum(number), 0)::bigint {_SCOPE}"
_PAGE = f"""
SELECT day, source, position, item, fact_id, case_id, dims, number, note, whole, corrects
{_SCOPE}
  AND (day, source, position, item) > ($8, $9, $10, $11)
ORDER BY day, source, position, item LIMIT $12
"""
