"""The city: its lists of words and places, read once from a folder of TOML files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Field_

from shared.sourcing.decider import Refused
from shared.vocabulary.approvals import Approval
from shared.vocabulary.entries import (
    ActivityKind,
    Agency,
    Area,
    AssessmentItem,
    CapacityState,
    Counter,
    Deadlines,
    EcomapTie,
    Entry,
    Field,
    Indicator,
    Interval,
    Issue,
    Offices,
    Plan,
    Programme,
    Publication,
    Retention,
    Section,
    Source,
    Target,
    Town,
    Venue,
)
from shared.vocabulary.files import CITY_FIELDS, CityError, read_folder
from shared.vocabulary.notices import Notices
from shared.vocabulary.places import Gazetteer, Location
from shared.vocabulary.returns import ReturnRow
from shared.vocabulary.text import search_key

Words: TypeAlias = Annotated[tuple[Entry, ...], Field_(min_length=1)]
"""A list that a form chooses from: every city has one."""

__all__ = ["City", "CityError", "Counter", "Entry", "Location", "Town", "Venue"]


class City(BaseModel):
    """One municipality. Another city is another folder, and no line of code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    prefecture: str = ""
    """都道府県名, for open data."""
    government_code: str = ""
    """全国地方公共団体コード, six digits, for open data."""
    plan: Plan | None = None
    deadlines: Deadlines = Deadlines()
    publication: Publication = Publication()
    retention: Retention = Retention()
    notices: Notices = Notices()
    general_desk: str | None = None
    """The counter to which goes what fits no field, or several (K-02)."""
    address_prefixes: tuple[str, ...] = ()
    """What may stand before the town in an address."""
    offices: Offices

    counters: tuple[Counter, ...]
    sections: tuple[Section, ...]
    outside_agencies: tuple[Entry, ...] = ()
    """支援関係機関 outside the city hall (A-05): hospital, school …; they do not sign in."""
    issues: tuple[Issue, ...]
    fields: tuple[Field, ...] = ()
    """分野 of the counters (K-02, X-24)."""
    channels: Words
    topics: Words
    """相談内容: what the consultation is about (S-01)."""
    urgencies: Words
    screenings: Words
    assessment_items: tuple[AssessmentItem, ...] = ()
    ecomap_ties: Annotated[tuple[EcomapTie, ...], Field_(min_length=1)]
    """How strong a tie of the household is (F-02)."""
    sources: tuple[Source, ...]
    programmes: tuple[Programme, ...]
    reasons: Words
    """Why a consultation goes on to 多機関協働 (K-03)."""
    approvals: tuple[Approval, ...] = ()
    """決裁: what the office signs before it holds (F-08); none: nothing."""
    return_reasons: Words
    referral_returns: Words
    """Why a counter sends a referral back."""
    referral_outcomes: Words
    """How a referral ended at the counter that took it."""
    application_writers: Words
    consent_methods: Words
    meeting_kinds: Words
    closure_reasons: Words
    contact_intervals: Annotated[tuple[Interval, ...], Field_(min_length=1)]
    resumption_reasons: Words
    outcome_changes: Words
    """見られた変化 of an evaluation (4.5)."""
    progress_kinds: Words
    """How something was done or heard, in the 支援経過 (4.3)."""
    visit_methods: Words
    outreach_outcomes: Words
    trust_stages: Words
    """How far trust has come, from the first (T-31)."""
    tie_kinds: Words
    """What is built between a person and the neighbourhood (T-33)."""
    participation_menu: Words
    trial_results: Words
    """What came of a look or a trial at a place (T-22)."""
    participation_relations: Words
    followup_methods: Words
    participation_outcomes: Words
    resource_kinds: Words
    resource_targets: Annotated[tuple[Target, ...], Field_(min_length=1)]
    resource_cares: Words
    capacity_states: Annotated[tuple[CapacityState, ...], Field_(min_length=1)]
    missing_resources: Words
    survey_items: Words
    """What agencies are asked at the start and the end of a year (L-01 … L-03)."""
    retirement_reasons: Words
    activity_kinds: tuple[ActivityKind, ...] = ()
    activity_measures: tuple[Entry, ...] = ()
    catchments: tuple[Area, ...] = ()
    nurse_districts: tuple[Area, ...] = ()
    towns: tuple[Town, ...] = ()
    venues: tuple[Venue, ...] = ()
    indicators: Annotated[tuple[Indicator, ...], Field_(min_length=1)]
    """By what the plan is evaluated: definitions of reporting, as this city calls them."""
    national_return: tuple[ReturnRow, ...] = ()
    """国への実績報告 (F-16), row by row; none: the layout is not known yet."""

    @classmethod
    def load(cls, folder: Path) -> City:
        """The city of this folder; CityError names file, entry and fault."""
        return read_folder(cls, folder)

    @cached_property
    def agencies(self) -> tuple[Agency, ...]:
        """Every counter, every section, then those outside: who can lead a case (A-05, A-06)."""
        common = set(Entry.model_fields)
        return (
            *(
                Agency(**one.model_dump(include=common | {"section", "operator"}))
                for one in self.counters
            ),
            *(Agency(**one.model_dump(include=common), section=one.code) for one in self.sections),
            *(
                Agency(**one.model_dump(include=common), signs_in=False)
                for one in self.outside_agencies
            ),
        )

    def entries(self, kind: str, on: date | None = None) -> tuple[Entry, ...]:
        """A list of the city in its own order; only what holds on a day, if one is given."""
        found = self._lists[kind]
        return found if on is None else tuple(entry for entry in found if entry.holds(on))

    def codes(self, kind: str, on: date | None = None) -> tuple[str, ...]:
        """The codes of a list, each once."""
        return tuple(dict.fromkeys(entry.code for entry in self.entries(kind, on)))

    def choices(self, kind: str, on: date) -> list[tuple[str, str]]:
        """What staff choose from on that day, in the city's order: (code, label)."""
        return [(code, self.label(kind, code)) for code in self.codes(kind, on)]

    def first(self, kind: str) -> str:
        """What is meant when nothing is said: the first of a list."""
        return self.entries(kind)[0].code

    def listed(self, kind: str, code: str, field: str, on: date | None = None) -> str:
        """The code, if the city's list has it (on that day); else a refusal that names the field.

        Without a day, words of the past count: what happened then is called as it was then.
        """
        if code not in self.codes(kind, on):
            raise Refused("code-not-listed", field=field)
        return code

    def signs_in(self, agency: str) -> bool:
        """Does anybody of this agency use つなぐ? An unknown one might."""
        return all(one.signs_in for one in self.agencies if one.code == agency)

    def require(self, words: Mapping[str, tuple[str, ...]]) -> None:
        """Raises CityError if a list lacks a code that a rule branches on."""
        for kind, codes in words.items():
            for code in codes:
                if code not in self.codes(kind):
                    raise CityError(f"{kind}.toml: 規則が使うコード {code} がありません")

    @property
    def coordination_office(self) -> str:
        """What the counter that does 多機関協働 is called."""
        return self.label("counters", self.offices.coordination)

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
