"""What reporting reads of the facts it hears: only the fields that are counted, decoded at once.

The contracts in `shared/contracts` decide the names; a test compares them. msgspec instead of
pydantic, because a rebuild decodes every fact ever told.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from uuid import UUID

import msgspec


class ConsultationReceived(msgspec.Struct, frozen=True, gc=False):
    counter: str
    channel: str
    source: str
    age_band: str = "unknown"
    issues: tuple[str, ...] = ()
    programme: str | None = None
    beyond_field: bool = False


class BeyondFieldReviewed(msgspec.Struct, frozen=True, gc=False):
    counter: str
    programme: str
    beyond: bool
    by: str


class ResourceRegistered(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID
    kind: str


class ResourceCorrected(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID
    kind: str


class ResourceRetired(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID


class ActivityRecorded(msgspec.Struct, frozen=True, gc=False):
    activity_id: UUID
    kind: str
    counts: dict[str, int] = {}
    story: str | None = None


class ActivityCorrected(msgspec.Struct, frozen=True, gc=False):
    activity_id: UUID
    kind: str
    counts: dict[str, int] = {}
    story: str | None = None


class PlaceMatched(msgspec.Struct, frozen=True, gc=False):
    match_id: UUID


class OutreachStarted(msgspec.Struct, frozen=True, gc=False):
    request_id: UUID


class TipReceived(msgspec.Struct, frozen=True, gc=False):
    source: str


class ApplicationReceived(msgspec.Struct, frozen=True, gc=False):
    application_id: UUID


class MeetingHeld(msgspec.Struct, frozen=True, gc=False):
    kind: str
    cases: int = 1


class PlanAgreed(msgspec.Struct, frozen=True, gc=False):
    round: int
    participation: bool = False
    outreach: bool = False


HeardFact: TypeAlias = (
    ConsultationReceived
    | BeyondFieldReviewed
    | ResourceRegistered
    | ResourceCorrected
    | ResourceRetired
    | ActivityRecorded
    | ActivityCorrected
    | PlaceMatched
    | OutreachStarted
    | TipReceived
    | ApplicationReceived
    | MeetingHeld
    | PlanAgreed
)

HEARD: dict[tuple[str, str], type[Any]] = {
    ("intake", "ConsultationReceived"): ConsultationReceived,
    ("intake", "BeyondFieldReviewed"): BeyondFieldReviewed,
    ("community", "ResourceRegistered"): ResourceRegistered,
    ("community", "ResourceCorrected"): ResourceCorrected,
    ("community", "ResourceRetired"): ResourceRetired,
    ("community", "ActivityRecorded"): ActivityRecorded,
    ("community", "ActivityCorrected"): ActivityCorrected,
    ("participation", "PlaceMatched"): PlaceMatched,
    ("outreach", "OutreachStarted"): OutreachStarted,
    ("outreach", "TipReceived"): TipReceived,
    ("coordination", "ApplicationReceived"): ApplicationReceived,
    ("coordination", "MeetingHeld"): MeetingHeld,
    ("coordination", "PlanAgreed"): PlanAgreed,
}
"""(team, fact) → what we read of it. All other facts are passed over."""
