"""The time of the city. Decisions get it as an argument; this is where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CITY_TIME = ZoneInfo("Asia/Tokyo")


def utc_now() -> datetime:
    """Now, for what records when it happened; a decision gets its time as an argument."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """`now` is aware and in the city's time; `today` is the city's day."""

    source: Callable[[], datetime] = utc_now
    zone: ZoneInfo = CITY_TIME

    def now(self) -> datetime:
        return self.source().astimezone(self.zone)

    def today(self) -> date:
        return self.now().date()
