"""What is kept of a fact because a later one names only the thing it corrects or ends.

A correction takes away what was counted before it adds what is right, so both stand in the list of
facts behind a figure.
"""

from __future__ import annotations

from collections.abc import Callable
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


class Activity(msgspec.Struct, frozen=True, gc=False):
    """An activity as it was last told."""

    day: date
    kind: str
    counts: dict[str, int]
    story: str | None


def _resource(fact: ResourceRegistered | ResourceCorrected, _day: date) -> Kept:
    return fact.resource_id, fact.kind


def _activity(fact: ActivityRecorded | ActivityCorrected, day: date) -> Kept:
    told = Activity(day, fact.kind, fact.counts, fact.story)
    return fact.activity_id, msgspec.json.encode(told).decode()


KEEP: dict[tuple[str, str], Callable[[Any, date], Kept]] = {
    ("community", "ResourceRegistered"): _resource,
    ("community", "ResourceCorrected"): _resource,
    ("community", "ActivityRecorded"): _activity,
    ("community", "ActivityCorrected"): _activity,
}
"""(team, fact) → what to remember of it once it has been counted."""

read_activity = msgspec.json.Decoder(Activity).decode
_read_resource = msgspec.json.Decoder(ResourceRetired).decode
_read_correction = msgspec.json.Decoder(ActivityCorrected).decode

NAMED: dict[tuple[str, str], Callable[[bytes], UUID]] = {
    ("community", "ResourceCorrected"): lambda data: _read_resource(data).resource_id,
    ("community", "ResourceRetired"): lambda data: _read_resource(data).resource_id,
    ("community", "ActivityCorrected"): lambda data: _read_correction(data).activity_id,
}
"""(team, fact) → the thing it names, which must be remembered before it can be counted."""
