"""What is kept of a fact because a later one names only the thing it corrects or ends.

A correction takes away what was counted before it adds what is right, so both stand in the list of
facts behind a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from services.reporting.heard import (
    ActivityCorrected,
    ActivityRecorded,
    ResourceCorrected,
    ResourceRegistered,
    ResourceRetired,
)

Kept: TypeAlias = tuple[UUID, str]
AllKept: TypeAlias = Mapping[UUID, str]


class Activity(msgspec.Struct, frozen=True, gc=False):
    """An activity as it was last told."""

    day: date
    kind: str
    counts: dict[str, int]
    story: str | None
    area: str | None = None
    """Of the place where it was held, as the directory had it then."""


def _resource(fact: ResourceRegistered | ResourceCorrected, _day: date, _kept: AllKept) -> Kept:
    area = (fact.area or "").translate(_APART)
    return fact.resource_id, f"{fact.kind}\t{area}" if area else fact.kind


def _activity(fact: ActivityRecorded | ActivityCorrected, day: date, kept: AllKept) -> Kept:
    told = Activity(day, fact.kind, fact.counts, fact.story, area_of(kept, fact.resource_id))
    return fact.activity_id, msgspec.json.encode(told).decode()


_APART = str.maketrans({"\t": " ", ",": "、"})
"""An area is the directory's own word, not a code: tabs and commas stand between codes."""


def kind_of(kept: AllKept, resource: UUID) -> str:
    """Of a place as it was last told."""
    return kept.get(resource, "unknown").partition("\t")[0]


def area_of(kept: AllKept, resource: UUID | None) -> str | None:
    """会場の地区 of a place, if the directory says it (V-1)."""
    return kept.get(resource, "").partition("\t")[2] or None if resource else None


KEEP: dict[tuple[str, str], Callable[[Any, date, AllKept], Kept]] = {
    ("community", "ResourceRegistered"): _resource,
    ("community", "ResourceCorrected"): _resource,
    ("community", "ActivityRecorded"): _activity,
    ("community", "ActivityCorrected"): _activity,
}
"""(team, fact) → what to remember of it once it has been counted."""

read_activity = msgspec.json.Decoder(Activity).decode
_read_resource = msgspec.json.Decoder(ResourceRetired).decode
_read_record = msgspec.json.Decoder(ActivityRecorded).decode


def _place(data: bytes) -> tuple[UUID, ...]:
    return (_read_resource(data).resource_id,)


def _held(data: bytes) -> tuple[UUID, ...]:
    record = _read_record(data)
    return (record.activity_id, record.resource_id) if record.resource_id else (record.activity_id,)


NAMED: dict[tuple[str, str], Callable[[bytes], tuple[UUID, ...]]] = {
    ("community", "ResourceCorrected"): _place,
    ("community", "ResourceRetired"): _place,
    ("community", "ActivityRecorded"): _held,
    ("community", "ActivityCorrected"): _held,
}
"""(team, fact) → the things it names, which must be remembered before it can be counted."""
