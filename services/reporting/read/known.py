"""What had been told up to a day: facts bear the day of their recording in their id (ADR 0007)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

NOW = UUID(int=2**128 - 1)
"""Everything told so far."""


def known_on(day: date) -> UUID:
    """No id of that day or before is larger. Ids count their days in UTC, nine hours behind Japan:
    what is recorded between midnight and nine in the morning counts as the day before.
    """
    after = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    return UUID(int=(int(after.timestamp() * 1000) << 80) - 1)
