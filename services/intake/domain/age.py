"""年齢層: the only thing about a birth date that other teams may hear."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

AgeBand: TypeAlias = Literal["0-5", "6-14", "15-17", "18-39", "40-64", "65-74", "75+", "unknown"]

_UNTIL: tuple[tuple[int, AgeBand], ...] = (
    (6, "0-5"),
    (15, "6-14"),
    (18, "15-17"),
    (40, "18-39"),
    (65, "40-64"),
    (75, "65-74"),
)


def age_on(born_on: date, day: date) -> int:
    """Full years. Somebody born on 29 February becomes a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_band(born_on: date | None, day: date) -> AgeBand:
    """The band on the day of the consultation; it is never computed again."""
    if born_on is None or born_on > day:
        return "unknown"
    age = age_on(born_on, day)
    return next((band for limit, band in _UNTIL if age < limit), "75+")
