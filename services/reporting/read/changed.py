"""That a figure changed after people could read it: late facts, and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import COMPUTED, Definition, counted_of
from services.reporting.read.known import NOW
from shared.sourcing.log import Connection


@dataclass(frozen=True)
class Changed:
    """How many facts came after the end of their month or corrected another, and the last day."""

    late: int = 0
    corrected: int = 0
    last_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.late or self.corrected)


async def changed_of(
    db: Connection, definition: Definition, fiscal_year: int, known: UUID = NOW
) -> Changed:
    """What changed that year's figure, as it is known now or was known on a day."""
    whole = counted_of(definition)
    asked = whole.id, whole.version, fiscal_year
    if definition.within is None and known == NOW:
        row = await db.fetchrow(_CHANGED, *asked)
    else:  # a part of another indicator, or a past day: looked for among the facts
        dim = [definition.within.dim] if definition.within else []
        row = await db.fetchrow(_CHANGED_THEN, *asked, known, dim)
    return Changed(*row) if row else Changed()


async def changes_in(db: Connection, fiscal_year: int) -> dict[str, Changed]:
    """Indicator → what changed its figure of the year, where something did."""
    rows = await db.fetch(_ALL, fiscal_year)
    newest = {one.id: one.version for one in COMPUTED}
    return {
        row["indicator"]: Changed(row["late"], row["corrected"], row["last_on"])
        for row in rows
        if newest.get(row["indicator"]) == row["version"]
    }


_ALL = """
SELECT indicator, version, late, corrected, last_on FROM changed WHERE fiscal_year = $1
"""
_CHANGED = """
SELECT late, corrected, last_on FROM changed
WHERE indicator = $1 AND version = $2 AND fiscal_year = $3
"""
_CHANGED_THEN = """
SELECT count(DISTINCT fact_id) FILTER (WHERE NOT corrects),
       count(DISTINCT fact_id) FILTER (WHERE corrects),
       max(recorded::date)
FROM (SELECT *, uuid_extract_timestamp(fact_id) AT TIME ZONE 'UTC' AS recorded FROM observations
      WHERE indicator = $1 AND version = $2 AND fiscal_year = $3 AND fact_id <= $4
        AND ($5::text[] = '{}' OR dims && $5)) AS dated
WHERE corrects OR recorded >= date_trunc('month', day) + interval '1 month'
"""
