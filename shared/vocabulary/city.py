"""The city: its lists of words and places, read once from a folder of TOML files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shared.vocabulary.entries import (
    ActivityKind,
    Agency,
    Area,
    Counter,
    Deadlines,
    Entry,
    Field,
    Indicator,
    Issue,
    Plan,
    Programme,
    Section,
    Source,
    Town,
    Venue,
)
from shared.vocabulary.files import CITY_FIELDS, CityError, read_folder
from shared.vocabulary.places import Gazetteer, Location
from shared.vocabulary.text import search_key

__all__ = ["City", "CityError", "Counter", "Entry", "Location", "Town", "Venue"]


class City(BaseModel):
    """One municipality. Another city is another folder, and no line of code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    plan: Plan | None = None
    deadlines: Deadlines = Deadlines()
    general_desk: str | None = None
    """The counter to which goes what fits no field, or several (K-02)."""
    address_prefixes: tuple[str, ...] = ()
    """What may stand before the town in an address."""

    counters: tuple[Counter, ...]
    sections: tuple[Section, ...]
    issues: tuple[Issue, ...]
    fields: tuple[Field, ...] = ()
    """分野 of the counters (K-02, X-24)."""
    channels: tuple[Entry, ...]
    sources: tuple[Source, ...]
    programmes: tuple[Programme, ...]
    reasons: tuple[Entry, ...]
    """Why a consultation goes on to 多機関協働 (K-03)."""
    return_reasons: tuple[Entry, ...] = ()
    referral_returns: tuple[Entry, ...] = ()
    """Why a counter sends a referral back."""
    referral_outcomes: tuple[Entry, ...] = ()
    """How a referral ended at the counter that took it."""
    closure_reasons: tuple[Entry, ...] = ()
    resumption_reasons: tuple[Entry, ...] = ()
    visit_methods: tuple[Entry, ...] = ()
    outreach_outcomes: tuple[Entry, ...] = ()
    participation_outcomes: tuple[Entry, ...] = ()
    resource_kinds: tuple[Entry, ...] = ()
    activity_kinds: tuple[ActivityKind, ...] = ()
    activity_measures: tuple[Entry, ...] = ()
    meeting_kinds: tuple[Entry, ...] = ()
    catchments: tuple[Area, ...] = ()
    nurse_districts: tuple[Area, ...] = ()
    towns: tuple[Town, ...] = ()
    venues: tuple[Venue, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @classmethod
    def load(cls, folder: Path) -> City:
        """The city of this folder; CityError names file, entry and fault."""
        return read_folder(cls, folder)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Every counter, then every section: who can lead a case (A-06)."""
        common = set(Entry.model_fields)
        return (
            *(
                Agency(**one.model_dump(include=common | {"section", "operator"}))
                for one in self.counters
            ),
            *(Agency(**one.model_dump(include=common), section=one.code) for one in self.sections),
        )

    def entries(self, kind: str, on: date | None = None) -> tuple[Entry, ...]:
        """A list of the city in its own order; only what holds on a day, if one is given."""
        found = self._lists[kind]
        return found if on is None else tuple(entry for entry in found if entry.holds(on))

    def codes(self, kind: str, on: date | None = None) -> tuple[str, ...]:
        """The codes of a list, each once."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries(kind, on)))

    def label(self, kind: str, code: str) -> str:
        """A code in words, as it is called now; an unknown code stays as it is, visible."""
        return self._labels[kind].get(code, code)

    def find(self, kind: str, text: str) -> str | None:
        """The code of what somebody wrote: a code, a label or an alias, however spelled."""
        return self._spellings[kind].get(search_key(text))

    def locate(self, text: str, on: date) -> Location:
        """Town, catchment and nurse district of an address (G-1). Never refuses (G-4)."""
        return self._gazetteer.locate(text, on)

    @cached_property
    def _lists(self) -> Mapping[str, tuple[Entry, ...]]:
        named = (name for name in type(self).model_fields if name not in CITY_FIELDS)
        return {name: getattr(self, name) for name in named} | {"agencies": self.agencies}

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {kind: _named(found) for kind, found in self._lists.items()}

    @cached_property
    def _spellings(self) -> Mapping[str, Mapping[str, str]]:
        return {kind: _spelled(found) for kind, found in self._lists.items()}

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(self.name, self.address_prefixes, self.towns, self.venues)


def _named(entries: Iterable[Entry]) -> dict[str, str]:
    by_age = sorted(entries, key=lambda entry: entry.valid_from or date.min)
    return {entry.code: entry.label for entry in by_age}


def _spelled(entries: Iterable[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for spelling in entry.spellings():
            found.setdefault(spelling, entry.code)
    return found
