"""From an address to a town, and from the town to its two areas (G-1 … G-4)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from shared.vocabulary.entries import Town, Venue
from shared.vocabulary.text import search_key

_POST_CODE = re.compile(r"^〒?\d{3}-?\d{4}")
_ELSEWHERE = re.compile(r"(?:[^\d\W]{2,3}[都道府県])?[^\d\W]{1,5}?[市区郡]")


class Location(NamedTuple):
    """Where somebody lives, as codes; None where the city's lists do not say."""

    town: str | None = None
    catchment: str | None = None
    nurse_district: str | None = None
    notes: tuple[str, ...] = ()
    """`unassigned-nurse-district` (G-3), `town-unknown`, `area-unmapped` (V-1), `outside-city`."""


class Gazetteer:
    """The names of a city's places, longest first: 上町 is not 上."""

    def __init__(
        self, city: str, prefixes: Sequence[str], towns: Sequence[Town], venues: Sequence[Venue]
    ) -> None:
        self._prefixes = sorted({search_key(p) for p in (city, *prefixes)}, key=len, reverse=True)
        named = [(search_key(name), town) for town in towns for name in _names(town)]
        self._towns = sorted(named, key=lambda pair: len(pair[0]), reverse=True)
        self._areas = [
            search_key(venue.area)
            for venue in venues
            if not (venue.town or venue.towns or venue.city_half_follow)
        ]

    def locate(self, text: str, on: date) -> Location:
        """The town at the beginning of an address, with the areas it belongs to on that day."""
        whole = _POST_CODE.sub("", search_key(text), count=1)
        rest = self._after_city(whole)
        found = next(self._holding(rest, on), None)
        if found is None and rest == whole and _ELSEWHERE.match(whole):
            return Location(notes=("outside-city",))
        if any(rest.startswith(area) for area in self._areas if len(area) > (found or (0,))[0]):
            return Location(notes=("area-unmapped",))
        if found is None:
            return Location(notes=("town-unknown",))
        town = found[1]
        notes = () if town.nurse_district else ("unassigned-nurse-district",)
        return Location(town.code, town.catchment, town.nurse_district, notes)

    def _after_city(self, rest: str) -> str:
        for prefix in self._prefixes:
            if rest.startswith(prefix):
                return rest.removeprefix(prefix)
        return rest

    def _holding(self, rest: str, on: date) -> Iterator[tuple[int, Town]]:
        for name, town in self._towns:
            if rest.startswith(name) and town.holds(on):
                yield len(name), town


def _names(town: Town) -> tuple[str, ...]:
    return (town.label, *town.aliases)
