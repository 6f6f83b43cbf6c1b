"""Which facts changed a figure that people may have read already: what came after the month it
counts in was over, and what put right an earlier fact.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

_DAY_MS = 24 * 60 * 60 * 1000
_EPOCH = date(1970, 1, 1).toordinal()


def recorded_on(fact_id: UUID) -> date | None:
    """The day that a fact's id bears (ADR 0007; UTC); None: the id bears none."""
    number = fact_id.int
    return _day(number >> 80) if number >> 76 & 0xF == 7 else None


@lru_cache(maxsize=20_000)
def _day(millis: int) -> date | None:
    days = _EPOCH + millis // _DAY_MS
    return date.fromordinal(days) if days <= date.max.toordinal() else None


def is_late(recorded: date | None, day: date) -> bool:
    """Recorded when the month it counts in was over."""
    return recorded is not None and (recorded.year, recorded.month) > (day.year, day.month)
