"""The kinds of words a city has: each a dated entry with a code that never changes its meaning."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Field_

from shared.vocabulary.ages import AgeBand
from shared.vocabulary.text import search_key

LONGEST = 64
"""As the facts have it (`shared/contracts/fact.py`): a code of the city can be told."""


class Entry(BaseModel):
    """One word of one list. A code stays for good; what it is called may change with time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field_(min_length=1, max_length=LONGEST)
    label: str
    aliases: tuple[str, ...] = ()
    """Other spellings that mean the same (X-04)."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day. Old records keep the word; forms stop offering it."""
    plan: str | None = None
    """Where the city's plan or the domain notes name it: X-25 …"""
    note: str | None = None

    @model_validator(mode="after")
    def _period(self) -> Entry:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until が valid_from より前です")
        return self

    def holds(self, on: date) -> bool:
        """Is the entry in force on that day?"""
        return (self.valid_from or date.min) <= on <= (self.valid_until or date.max)

    def spellings(self) -> frozenset[str]:
        """Everything the entry may be called, as search keys."""
        return frozenset(search_key(name) for name in (self.code, self.label, *self.aliases))


class Section(Entry):
    """A section of the city hall; also an agency."""


class Counter(Entry):
    """窓口: where people come to; also an agency."""

    section: str | None = None
    operator: str | None = None
    """委託, 直営 or both."""
    place: str | None = None
    programmes: tuple[str, ...] = ()
    for_whom: str | None = None
    resource: str | None = None
    """It is a place where people gather, too: what it is in the directory (`resource_kinds`)."""

    @property
    def programme(self) -> str | None:
        """The one programme it runs; None for the catch-all desk, which runs four."""
        return self.programmes[0] if len(self.programmes) == 1 else None


class Agency(Entry):
    """支援関係機関: a counter, a section or one outside, as lead agency (主担当) or receiver."""

    section: str | None = None
    operator: str | None = None
    signs_in: bool = True
    """False: outside the city hall (A-05). What they say, staff who heard it write down."""


class Issue(Entry):
    """課題の種類 (Q-03, domain 4.2). A local issue names the standard one it is counted under."""

    parent: str | None = None


class Field(Entry):
    """分野: what the counters of one programme are for. Serves 「どの窓口？」 (K-02) and X-24."""

    programmes: tuple[str, ...]
    age_bands: tuple[AgeBand, ...] = ()
    """Ages that speak for this field."""
    issues: tuple[str, ...] = ()
    """課題 that speak for this field; a local issue counts with the standard one above it."""


class Source(Entry):
    """相談経路: who brought the consultation."""

    community: bool = False
    """It came from the community and counts for Q-28 (X-25)."""
    welfare: bool = True
    """False: from outside the field of welfare (L-03)."""


class Interval(Entry):
    """How often 主担当 and we talk after the end (T-10)."""

    days: int | None = Field_(None, ge=1, le=1000)
    """None: when it is needed, so no day is ever missed."""


class Programme(Entry):
    """A programme of 社会福祉法 106条の4 第2項 (P-05)."""

    article: str
    statute: str | None = None
    section: str | None = None


class Area(Entry):
    """A catchment of a 地域包括支援センター, or the district of a nurse."""

    counter: str | None = None


class Town(Entry):
    """町名 (41), with the two partitions that do not nest (G-2)."""

    catchment: str
    nurse_district: str | None = None
    """None: no nurse's district names it (G-3)."""


class Venue(Entry):
    """会場: a place of the city's plan for the directory. Its area is not a town (V-1)."""

    kind: str
    """What it is in the directory (`resource_kinds`)."""
    programme: str | None = None
    area: str = Field_(min_length=1, max_length=LONGEST)
    half: str | None = None
    """A larger part of the city, where the plan has such parts."""
    town: str | None = None
    """The town whose name the area bears; None: unmapped, or more than one."""
    towns: tuple[str, ...] = ()
    """An area that joins towns."""
    city_half_follow: bool = False
    """Serves a whole half of the city (V-4)."""


class EcomapTie(Entry):
    """つながりの強さ in the エコマップ (F-02)."""

    style: Literal["strong", "plain", "weak", "strained", "broken"] = "plain"
    """How its line is drawn."""


class Target(Entry):
    """対象 of a place (F-09)."""

    everybody: bool = False
    """A place for these is one for every other target as well."""


class CapacityState(Entry):
    """空き of a place (F-09)."""

    accepts: bool = True
    """False: nobody new can come now."""


class ActivityKind(Entry):
    """活動の記録の様式: what is written down about one kind of activity (B-01 … B-06, 4.9)."""

    programmes: tuple[str, ...]
    measures: tuple[str, ...] = ()
    """What is counted (`activity_measures`)."""
    story: Literal["none", "may", "must"] = "none"
    """Whether a text for publication goes with it (X-28)."""
    place: Literal["may", "must"] = "may"
    """Whether it needs a place of the directory: a group is one."""
    each: str | None = None
    """A month is expected of every open place of this kind (`resource_kinds`): a row for each."""


class AssessmentItem(Entry):
    """A question of the インテーク・アセスメントシート (S-02)."""

    section: str
    """見出し under which it stands; neighbours with the same one belong together."""
    lines: int = Field_(1, ge=1, le=12)
    """How high its box is."""


class Indicator(Entry):
    """An indicator of the plan (Q-01 … Q-31)."""

    kind: Literal["number", "text", "number+text"]
    programmes: tuple[str, ...] = ()
    unit: str | None = None


class Offices(BaseModel):
    """Which counter does what is not a counter's ordinary work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coordination: str
    """多機関協働 (第5号): host of both meetings, and whose consultations Q-02 counts."""
    nurses: str
    """地区担当保健師."""
    community: str
    """地域づくり."""
    counter: str
    """窓口 of the first account that signs in as a counter."""


class Deadlines(BaseModel):
    """Days after which something is late. The plan names none (X-31): the city decides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    referral_answer: int = Field_(7, ge=1, le=90)
    """Until a counter answers another counter's referral."""
    inquiry_answer: int = Field_(14, ge=1, le=90)
    """Until an agency answers what 多機関協働 asks it (T-04, T-07)."""
    escalation_decision: int = Field_(7, ge=1, le=90)
    """Until 多機関協働 accepts or returns an escalation (T-01)."""
    directory_check: int = Field_(365, ge=1, le=1000)
    """Until an entry of the directory asks to be checked again (F-09)."""
    gap: int = Field_(60, ge=1, le=1000)
    """Until something is done about a resource that is missing, when no day was agreed (N-07)."""
    next_step: int = Field_(14, ge=1, le=366)
    """Until an open case takes its next step (T-02 … T-05)."""
    consent: int = Field_(30, ge=1, le=366)
    """Until a case that was taken on has a consent, or the data is held to lack one (F-29)."""
    plan: int = Field_(60, ge=1, le=366)
    """Until it has a plan (F-29)."""
    resumption: int = Field_(1, ge=0, le=90)
    """Until it is decided whether a case that came back is resumed: promptly (T-09)."""
    followup: int = Field_(30, ge=1, le=366)
    """Between two follow-ups of 参加支援 when no day was agreed (T-23)."""
    silence: int = Field_(30, ge=1, le=366)
    """Until a request to another team of which nothing is heard counts as silent (N-04)."""


class Retention(BaseModel):
    """How long is kept what may come to nothing. The city decides (N-08)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    leads: int = Field_(90, ge=1, le=1000)
    """Days after the last contact with somebody noticed before there is a case."""


class Publication(BaseModel):
    """What is hidden in what the city publishes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    smallest: int = Field_(5, ge=0, le=100)
    """Numbers of persons from 1 to below this are hidden; 0 or 1 hides nothing."""


class PlanVersion(BaseModel):
    """策定・改訂 (P-02, X-36)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    month: str


class Plan(BaseModel):
    """The plan the city works by (P-01, P-02)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    starts: date
    ends: date
    basis: str
    versions: tuple[PlanVersion, ...] = ()
