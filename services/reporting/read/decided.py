"""Targets by year, and which years are closed (X-29, F-30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.reporting.domain.target import Targeted
from services.reporting.domain.year import YearClosed
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class Target:
    """What one indicator is to reach in one year, and where it stood before."""

    indicator: str
    baseline: float | None
    target: float | None
    set_on: date
    reason: str | None

    def progress(self, value: float) -> int | None:
        """How much of the way from the baseline to the target is done, in percent."""
        if self.target is None:
            return None
        start = self.baseline or 0.0
        way = self.target - start
        return None if way == 0 else round((value - start) / way * 100)


async def targets_of(db: Connection, fiscal_year: int, on: date | None = None) -> dict[str, Target]:
    """As they stand, or as they stood on a day: what was entered up to it."""
    rows = await db.fetch(_TARGETS, fiscal_year, on or date.max)
    return {row["indicator"]: Target(*row) for row in rows}


async def closed_years(db: Connection, on: date | None = None) -> dict[int, tuple[int, date]]:
    """Fiscal year → the newest edition (up to that day) and its day."""
    rows = await db.fetch(_EDITIONS, on or date.max)
    return {row[0]: (row[1], row[2]) for row in rows}


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order."""
    for entry in batch:
        match entry.event:
            case Targeted() as e:
                yield Write(_SET, [e.model_dump()])
            case YearClosed() as e:
                yield Write(
                    _CLOSED, [e.model_dump(include={"fiscal_year", "edition", "closed_on"})]
                )


_TARGETS = """
SELECT DISTINCT ON (indicator) indicator, baseline, target, set_on, reason FROM targets
WHERE fiscal_year = $1 AND set_on <= $2 ORDER BY indicator, set_on DESC
"""
_EDITIONS = """
SELECT DISTINCT ON (fiscal_year) fiscal_year, edition, closed_on FROM closed_years
WHERE closed_on <= $1 ORDER BY fiscal_year, edition DESC
"""
_SET = """
INSERT INTO targets (indicator, fiscal_year, baseline, target, set_on, reason)
SELECT n.* FROM json_to_recordset($1) AS n(
  indicator text, fiscal_year int, baseline double precision, target double precision, set_on date,
  reason text)
ON CONFLICT (indicator, fiscal_year, set_on) DO UPDATE SET baseline = excluded.baseline,
  target = excluded.target, reason = excluded.reason
"""
_CLOSED = """
INSERT INTO closed_years (fiscal_year, edition, closed_on)
SELECT n.* FROM json_to_recordset($1) AS n(fiscal_year int, edition int, closed_on date)
ON CONFLICT (fiscal_year, edition) DO UPDATE SET closed_on = excluded.closed_on
"""

decided = ReadModel("decided", ("targets", "closed_years"), project)
