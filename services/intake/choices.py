"""What staff choose from: the city's codes that hold on a day, with their labels."""

from __future__ import annotations

from datetime import date

from shared.vocabulary.city import City


def options(city: City, kind: str, on: date) -> list[tuple[str, str]]:
    """(code, label) in the city's order."""
    return [(code, city.label(kind, code)) for code in city.codes(kind, on)]


def labels(city: City, kind: str, codes: list[str] | tuple[str, ...]) -> str:
    """Several codes as one text."""
    return "、".join(city.label(kind, code) for code in codes)


def programme_of(city: City, counter: str, on: date) -> str | None:
    """The programme of the law that runs this counter (106条の4第2項)."""
    found = (entry for entry in city.counters if entry.code == counter and entry.holds(on))
    return next((entry.programme for entry in found), None)
