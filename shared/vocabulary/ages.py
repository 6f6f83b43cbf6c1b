"""年齢層: the only thing about a birth date that leaves a counter."""

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


def age_on(born_on: date, on: date) -> int:
    """Full years. Born on 29 February: a year older on 1 March of a common year."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def age_band(born_on: date | None, on: date) -> AgeBand:
    """The band on that day; unknown without a birth date or with one after the day."""
    if born_on is None or born_on > on:
        return "unknown"
    age = age_on(born_on, on)
    return next((band for limit, band in _UNTIL if age < limit), "75+")
