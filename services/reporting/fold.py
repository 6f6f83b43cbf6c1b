"""From facts to observations and monthly values: one fold, for what arrives now and for a rebuild.

Pure: the same facts in the same order give the same rows. `tables.py` stores them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from services.reporting.changes import is_late, recorded_on
from services.reporting.heard import CORRECTING, HEARD
from services.reporting.indicators import COUNTED, Countable, Memory
from services.reporting.indicators.definition import Observe
from services.reporting.remembering import KEEP, AllKept, Kept
from shared.bus.told import Told

Row: TypeAlias = tuple[
    str,
    int,
    int,
    date,
    str,
    int,
    int,
    UUID,
    UUID | None,
    tuple[str, ...],
    int,
    str | None,
    bool,
    UUID | None,
    bool,
]
"""One row of `observations`, in the order of its columns."""

COLUMNS = (
    "indicator",
    "version",
    "fiscal_year",
    "day",
    "source",
    "position",
    "item",
    "fact_id",
    "case_id",
    "dims",
    "number",
    "note",
    "whole",
    "thing",
    "corrects",
)
Month: TypeAlias = tuple[str, int, int, int]
"""indicator, version, fiscal year, calendar month."""

Year: TypeAlias = tuple[str, int, int]
"""indicator, version, fiscal year."""

Plan: TypeAlias = tuple[
    Callable[[bytes], Any],
    tuple[tuple[str, int, Observe], ...],
    Callable[[Any, date, AllKept], Kept] | None,
]
"""How a fact is read, who counts it (indicator, version, function), and what is kept of it."""


@dataclass
class Changes:
    """How many facts were late or corrected another, and when the last of them was recorded."""

    late: int = 0
    corrected: int = 0
    last_on: date | None = None


@dataclass
class Folded:
    """What some facts add to the tables."""

    rows: list[Row] = field(default_factory=list)
    months: defaultdict[Month, dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """Per month and part the sum and how many rows make it; part '' is the total."""
    last_days: dict[str, date] = field(default_factory=dict)
    """Team → the last day on which something counted was."""
    changes: dict[Year, Changes] = field(default_factory=dict)
    """What changed a year's figure after the month was over, or put it right."""
    unreadable: list[tuple[Told, str]] = field(default_factory=list)
    """Facts that do not read as their contract says, or at which an indicator stumbles, and why.
    They are parked, the others count.
    """

    def values(self) -> list[tuple[str, int, int, int, str, int, int]]:
        """Rows of `indicator_values`, sorted by key."""
        return sorted(
            (*month, dim, number, facts)
            for month, sums in self.months.items()
            for dim, (number, facts) in sums.items()
        )

    def changed(self) -> list[tuple[str, int, int, int, int, date | None]]:
        """Rows of `changed`, sorted by key."""
        return sorted(
            (*year, one.late, one.corrected, one.last_on) for year, one in self.changes.items()
        )


@lru_cache(maxsize=20_000)
def fiscal_month(day: date) -> tuple[int, int]:
    """Fiscal year (from April) and calendar month of a day."""
    return (day.year if day.month >= 4 else day.year - 1), day.month


def _plans() -> dict[tuple[str, str], Plan]:
    observers: dict[tuple[str, str], list[tuple[str, int, Observe]]] = {}
    for definition in COUNTED:
        for fact, observe in definition.observes.items():
            observers.setdefault(fact, []).append((definition.id, definition.version, observe))
    return {
        fact: (msgspec.json.Decoder(HEARD[fact]).decode, tuple(found), KEEP.get(fact))
        for fact, found in observers.items()
    }


PLANS = _plans()
MOST = 2**31 - 1
"""No one fact counts more: PostgreSQL's sums of such numbers stay within its integers, however many
facts there are. Without it a rebuild would break on one fact each time.
"""
_NUL = b"\\u0000"
"""PostgreSQL keeps none in a text: a rebuild would break on it each time."""


def fold(facts: Iterable[Told], memory: Memory, into: Folded) -> None:
    """Add what these facts count to `into`. Facts that no indicator counts are passed over."""
    for told in facts:
        plan = PLANS.get((told.team, told.type))
        if plan is not None:
            _observe(told, plan, memory, into)


def _count(sums: dict[str, list[int]], dims: tuple[str, ...], number: int) -> None:
    for dim in dims:
        if (sum_ := sums.get(dim)) is None:
            sums[dim] = [number, 1]
        else:
            sum_[0] += number
            sum_[1] += 1


def _observe(told: Told, plan: Plan, memory: Memory, into: Folded) -> None:
    """Count one fact as a whole or not at all: what stumbles is put aside, the others count."""
    decode, observers, keep = plan
    try:
        if _NUL in told.data:
            raise ValueError("NUL")
        fact = decode(told.data)
        counted = [
            (name, version, item, countable)
            for name, version, observe in observers
            for item, countable in enumerate(observe(fact, memory))
        ]
        if any(abs(countable.number) > MOST for *_, countable in counted):
            raise ValueError("a number beyond all counting")
        kept = keep(fact, told.occurred_on, memory.kept) if keep is not None else None
    except Exception as error:  # noqa: BLE001 - one fact may not stop the figures of all teams
        into.unreadable.append((told, f"{type(error).__name__}: {error}"))
        return
    for name, version, item, countable in counted:
        _add(told, name, version, item, countable, into)
    _note_changes(told, counted, into)
    if kept is not None:
        memory.kept[kept[0]] = kept[1]


def _note_changes(told: Told, counted: list[tuple[str, int, int, Countable]], into: Folded) -> None:
    """A fact is noted once per year of an indicator, however many things it counts there."""
    corrects, recorded = (told.team, told.type) in CORRECTING, recorded_on(told.fact_id)
    noted: set[Year] = set()
    for name, version, _item, countable in counted:
        day = countable.day or told.occurred_on
        year = name, version, fiscal_month(day)[0]
        if year in noted or not (corrects or is_late(recorded, day)):
            continue
        noted.add(year)
        one = into.changes.setdefault(year, Changes())
        one.corrected += corrects
        one.late += not corrects
        one.last_on = max(filter(None, (one.last_on, recorded)), default=None)


def _add(
    told: Told, name: str, version: int, item: int, countable: Countable, into: Folded
) -> None:
    number, dims, note, on, whole, thing = countable
    day = on or told.occurred_on
    year, month = fiscal_month(day)
    source, position, case_id = told.team, told.position, told.case_id
    into.rows.append(
        (
            name,
            version,
            year,
            day,
            source,
            position,
            item,
            told.fact_id,
            case_id,
            dims,
            number,
            note,
            whole,
            thing,
            (told.team, told.type) in CORRECTING,
        )
    )
    _count(into.months[name, version, year, month], ("", *dims) if whole else dims, number)
    if into.last_days.get(source, day) <= day:
        into.last_days[source] = day
