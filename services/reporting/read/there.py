"""What makes a stock: the things that are there on a day, whichever year they came in (G9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import Definition
from services.reporting.read.behind import Asked, days_of, dims_of
from shared.sourcing.log import Connection

PAGE = 50


@dataclass(frozen=True)
class There:
    """One thing, since when it is there, and what was said when it came."""

    thing: UUID
    since: date
    note: str | None


@dataclass(frozen=True)
class ThereOn:
    """One screen of what is there at the end of a month or year, and how many there are."""

    things: tuple[There, ...] = ()
    count: int = 0
    start: int = 0

    @property
    def next_start(self) -> int | None:
        """Where the next screen begins; None after the last thing."""
        end = self.start + len(self.things)
        return end if end < self.count else None


async def there_on(
    db: Connection, definition: Definition, asked: Asked, start: int = 0, limit: int = PAGE
) -> ThereOn:
    """At the end of the month or year that is asked for, in the order in which they came."""
    if not definition.stock:
        return ThereOn()
    _, until = days_of(asked)
    scope = definition.id, definition.version, until, dims_of(asked.dim), asked.known
    count = await db.fetchval(_COUNT, *scope) or 0
    rows = await db.fetch(_PAGE, *scope, start, limit)
    return ThereOn(tuple(There(*row) for row in rows), count, start)


_THERE = """
FROM observations
WHERE indicator = $1 AND version = $2 AND day < $3 AND thing IS NOT NULL
  AND CASE WHEN $4::text[] = '{}' THEN whole ELSE dims && $4 END AND fact_id <= $5
GROUP BY thing HAVING sum(number) > 0
"""
_COUNT = f"SELECT count(*) OVER () {_THERE} LIMIT 1"
# A thing that left and came again is there since it came again.
_PAGE = f"""
SELECT thing, max(day) FILTER (WHERE number > 0) AS since,
       (array_agg(note ORDER BY position) FILTER (WHERE number > 0))[1] AS note {_THERE}
ORDER BY since, thing OFFSET $6 LIMIT $7
"""
