"""How records of 地域づくり (様式) are counted: sums of what stands in them, and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from services.reporting.heard import ActivityCorrected, ActivityRecorded
from services.reporting.indicators.definition import Countable, Memory, Observe
from services.reporting.remembering import Activity, area_of, read_activity

Record: TypeAlias = ActivityRecorded | ActivityCorrected | Activity
NOTHING = Activity(date.min, "", {}, None)
"""What a correction takes away where the first record is not known."""


@dataclass(frozen=True)
class Sum:
    """One measure of one kind of record, and the parts under which it counts."""

    kind: str
    measure: str
    dims: tuple[str, ...] = ()
    whole: bool = True
    text: bool = False
    """The record's text goes with the number."""

    places: bool = False
    """It is told apart by 会場の地区."""

    def of(self, record: Record, area: str | None) -> Iterable[Countable]:
        dims = (*self.dims, f"area:{area or 'unknown'}") if self.places else self.dims
        number = record.counts.get(self.measure, 0)
        if record.kind == self.kind and (number or (self.text and record.story)):
            yield Countable(number, dims, record.story if self.text else None, whole=self.whole)


@dataclass(frozen=True)
class Texts:
    """The texts of one kind of record; each is one."""

    kind: str
    text: bool = True

    def of(self, record: Record, _area: str | None) -> Iterable[Countable]:
        if record.kind == self.kind and record.story:
            yield Countable(1, (), record.story)


def observing(*rules: Sum | Texts) -> dict[tuple[str, str], Observe]:
    """How these rules count a record, and a correction of it."""
    texts = any(rule.text for rule in rules)

    def counted(record: Record, area: str | None, **changed: Any) -> Iterator[Countable]:
        for one in chain.from_iterable(rule.of(record, area) for rule in rules):
            yield one._replace(**changed)

    def recorded(fact: ActivityRecorded, memory: Memory) -> Iterable[Countable]:
        area = area_of(memory.kept, fact.resource_id)
        return counted(fact, area, thing=fact.activity_id if texts else None)

    def corrected(fact: ActivityCorrected, memory: Memory) -> Iterable[Countable]:
        thing = fact.activity_id if texts else None
        kept = memory.kept.get(fact.activity_id)
        before = read_activity(kept) if kept else NOTHING
        for one in counted(before, before.area, note=None, day=before.day, thing=thing):
            yield one._replace(number=-one.number)
        yield from counted(fact, area_of(memory.kept, fact.resource_id), thing=thing)

    return {
        ("community", "ActivityRecorded"): recorded,
        ("community", "ActivityCorrected"): corrected,
    }
