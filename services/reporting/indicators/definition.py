"""What an indicator is: its place in the plan, its sentence, and how a fact becomes countable
things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias
from uuid import UUID


@dataclass
class Memory:
    """What is known beside the fact: who does what in this city, and what was told before."""

    desk: str
    """The counter that does 多機関協働 (Q-02 … Q-04)."""
    community: frozenset[str] = frozenset()
    """相談経路 that count as from the community (Q-28, X-25)."""
    kept: dict[UUID, str] = field(default_factory=dict)
    """Resource id → its kind, activity id → its record: facts that correct or end a thing name only
    the thing (`services/reporting/remembering.py`)."""


class Countable(NamedTuple):
    """One thing to count: how much, under which parts, and a short note for the list of facts."""

    number: int
    dims: tuple[str, ...] = ()
    note: str | None = None
    day: date | None = None
    """Where a correction takes something away: the day it was counted on. Else the fact's own."""
    whole: bool = True
    """False: counts in its parts only, because another row counts the whole."""
    thing: UUID | None = None
    """What the text in `note` belongs to: its newest text is the one that holds."""


Observe: TypeAlias = Callable[[Any, Memory], Iterable[Countable]]


class Within(NamedTuple):
    """A row of the plan that is one code of a part of another indicator (Q-01a … d)."""

    indicator: str
    part: str
    code: str

    @property
    def dim(self) -> str:
        return f"{self.part}:{self.code}"


@dataclass(frozen=True)
class Definition:
    """One version of one indicator. A changed rule is a new version beside the old one."""

    id: str
    version: int
    title: str
    unit: str
    programme: str
    counts: str
    """What it counts, in words for the 推進会議."""
    observes: dict[tuple[str, str], Observe]
    leaves_out: str = ""
    """What it does not count, though one might think so."""
    term: str = ""
    """用語: the word it turns on, and what that means here."""
    parts: dict[str, str] = field(default_factory=dict)
    """Name of a part in `dims` → its heading: {"channel": "受付の方法"}."""
    kind: Literal["number", "text", "number+text"] = "number"
    """A text indicator shows what was written, and counts how many texts there are (X-28)."""
    stock: bool = False
    """True: a figure as of a day (what is there), not a flow (what happened in the year)."""
    persons: bool = False
    """It counts persons or their cases: small numbers are hidden in what is published."""
    per: str = ""
    """The figure is divided by what this part counts: an average, as Q-04 is. Its codes are
    numbers: how many things each of them adds to what is divided.
    """
    apart: frozenset[str] = frozenset()
    """Parts whose codes do not add up to the figure: published whole, or not at all where a number
    in them, or what is left of the figure, is small.
    """
    unpublished: frozenset[str] = frozenset()
    """Parts that would give away small numbers of another part or of another indicator."""
    within: Within | None = None
    """It counts nothing of its own: its figure is a part of another indicator's."""
    many: frozenset[str] = frozenset()
    """Parts of which one row may bear several codes: their sum counts such a row more than once."""

    @property
    def sentence(self) -> str:
        """Both in one breath, for paper and for other systems."""
        return self.counts + self.leaves_out
