"""What データの質 reads: standings of cases, what consultations lack, what came late (F-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import COMPUTED
from services.reporting.indicators.everywhere import EVERYWHERE
from services.reporting.indicators.standing import STANDING
from services.reporting.indicators.steps import STEPS
from services.reporting.quality import NAMES, Step
from services.reporting.read.known import NOW, known_on
from shared.sourcing.log import Connection

SHOWN = 200
"""Late facts in one list."""


async def standings_of(db: Connection, known: UUID = NOW) -> list[Step]:
    """Of every case. A plan is read once, where it names the day of its review (S-03)."""
    steps = [f"step:{name}" for name in NAMES if name != "planned"]
    asked = STEPS.id, STEPS.version, STANDING.id, STANDING.version
    rows = await db.fetch(_STANDINGS, *asked, steps, known)
    return [
        Step(
            row["case_id"],
            row["day"],
            row["source"],
            row["position"],
            row["dims"][0].partition(":")[2],
            row["thing"],
            date.fromisoformat(row["note"]) if row["note"] else None,
        )
        for row in rows
    ]


async def oldest_lacking(
    db: Connection, fiscal_year: int, known: UUID = NOW
) -> dict[str, tuple[int, date]]:
    """What consultations of the year lack → how many, and the day of the oldest."""
    asked = EVERYWHERE.id, EVERYWHERE.version, fiscal_year
    if known == NOW:
        rows = await db.fetch(_LACKING, *asked)
    else:
        rows = await db.fetch(_LACKING_THEN, *asked, known)
    return {row["lack"]: (row["count"], row["oldest"]) for row in rows}


@dataclass(frozen=True)
class Late:
    """One counted thing that was told after its year had been closed."""

    indicator: str
    day: date
    source: str
    position: int
    case_id: UUID | None
    number: int
    note: str | None


async def late_of(
    db: Connection, fiscal_year: int, heads: Mapping[str, int], closed_on: date
) -> tuple[int, list[Late]]:
    """How many there are, and the newest of them. `heads`: how far each team had told then; of a
    team that was not heard of, the day of recording decides.
    """
    plan = [one.id for one in COMPUTED], [one.version for one in COMPUTED]
    asked = *plan, fiscal_year, list(heads), list(heads.values()), known_on(closed_on)
    count = await db.fetchval(f"SELECT count(*) {_LATE}", *asked)
    rows = await db.fetch(
        f"SELECT indicator, day, source, position, case_id, number, note {_LATE} "
        "ORDER BY o.fact_id DESC, indicator, item LIMIT $7",
        *asked,
        SHOWN,
    )
    return count, [Late(*row) for row in rows]


_STANDINGS = """
SELECT case_id, day, source, position, dims, thing,
       CASE WHEN indicator = $3 THEN note END AS note
FROM observations
WHERE ((indicator = $1 AND version = $2 AND dims[1] = ANY($5::text[]))
       OR (indicator = $3 AND version = $4))
  AND case_id IS NOT NULL AND fact_id <= $6
"""
# What is known now lies summed up beside the rows, and their key finds the oldest; what was known
# then has to be counted.
_LACKING = """
SELECT split_part(dim, ':', 2) AS lack, sum(facts)::bigint AS count,
       (SELECT day FROM observations o
        WHERE (o.indicator, o.version, o.fiscal_year) = ($1, $2, $3) AND o.dims @> ARRAY[v.dim]
        ORDER BY day LIMIT 1) AS oldest
FROM indicator_values v
WHERE indicator = $1 AND version = $2 AND fiscal_year = $3 AND dim LIKE 'lacks:%'
GROUP BY dim
"""
_LACKING_THEN = """
SELECT split_part(dim, ':', 2) AS lack, count(*), min(day) AS oldest
FROM observations, unnest(dims) AS dim
WHERE indicator = $1 AND version = $2 AND fiscal_year = $3 AND fact_id <= $4
  AND dim LIKE 'lacks:%'
GROUP BY 1
"""
_LATE = """
FROM observations o
JOIN unnest($1::text[], $2::int[]) AS plan(indicator, version) USING (indicator, version)
LEFT JOIN unnest($4::text[], $5::bigint[]) AS heads(source, head) USING (source)
WHERE o.fiscal_year = $3
  AND CASE WHEN heads.head IS NULL THEN o.fact_id > $6 ELSE o.position > heads.head END
"""
