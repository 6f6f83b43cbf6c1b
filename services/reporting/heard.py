"""What reporting reads of the facts it hears: only the fields that are counted, decoded at once.

The contracts in `shared/contracts` decide the names; a test compares them. msgspec instead of
pydantic, because a rebuild decodes every fact ever told.
"""

from __future__ import annotations

from datetime import date
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
    returning: bool = False
    catchment: str | None = None
    nurse_district: str | None = None


class ConsultationCorrected(msgspec.Struct, frozen=True, gc=False):
    counter: str
    channel: str
    source: str
    former_channel: str
    former_source: str
    age_band: str = "unknown"
    issues: tuple[str, ...] = ()
    catchment: str | None = None
    nurse_district: str | None = None
    former_age_band: str = "unknown"
    former_issues: tuple[str, ...] = ()
    former_catchment: str | None = None
    former_nurse_district: str | None = None


class BeyondFieldReviewed(msgspec.Struct, frozen=True, gc=False):
    counter: str
    programme: str
    beyond: bool
    by: str
    nurse_district: str | None = None


class ResourceRegistered(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID
    kind: str
    name: str
    area: str | None = None


class ResourceCorrected(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID
    kind: str
    name: str
    area: str | None = None


class ResourceRetired(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID


class ResourceReopened(msgspec.Struct, frozen=True, gc=False):
    resource_id: UUID
    kind: str


class ActivityRecorded(msgspec.Struct, frozen=True, gc=False):
    activity_id: UUID
    kind: str
    counts: dict[str, int] = {}
    story: str | None = None
    resource_id: UUID | None = None


class ActivityCorrected(msgspec.Struct, frozen=True, gc=False):
    activity_id: UUID
    kind: str
    counts: dict[str, int] = {}
    story: str | None = None
    resource_id: UUID | None = None


class PlaceMatched(msgspec.Struct, frozen=True, gc=False):
    match_id: UUID
    nurse_district: str | None = None


class MatchWithdrawn(msgspec.Struct, frozen=True, gc=False):
    match_id: UUID
    matched_on: date
    nurse_district: str | None = None


class ConsultationReferred(msgspec.Struct, frozen=True, gc=False):
    counter: str


class InquirySent(msgspec.Struct, frozen=True, gc=False):
    agency: str


class InquiryAnswered(msgspec.Struct, frozen=True, gc=False):
    agency: str


class CaseEscalated(msgspec.Struct, frozen=True, gc=False):
    escalation_id: UUID
    counter: str
    nurse_district: str | None = None


class EscalationAccepted(msgspec.Struct, frozen=True, gc=False):
    escalation_id: UUID


class EscalationReturned(msgspec.Struct, frozen=True, gc=False):
    escalation_id: UUID


class OutreachRequested(msgspec.Struct, frozen=True, gc=False):
    request_id: UUID
    nurse_district: str | None = None


class ParticipationRequested(msgspec.Struct, frozen=True, gc=False):
    request_id: UUID
    nurse_district: str | None = None


class ParticipationStarted(msgspec.Struct, frozen=True, gc=False):
    request_id: UUID


class CaseClosed(msgspec.Struct, frozen=True, gc=False):
    lead_agency: str


class CaseReopened(msgspec.Struct, frozen=True, gc=False):
    resumption_id: UUID


class GapNoted(msgspec.Struct, frozen=True, gc=False):
    gap_id: UUID
    resource: str


class GapFilled(msgspec.Struct, frozen=True, gc=False):
    gap_id: UUID


class GapClosed(msgspec.Struct, frozen=True, gc=False):
    gap_id: UUID


class ResourceMissed(msgspec.Struct, frozen=True, gc=False):
    missed_id: UUID
    resource: str


class OutreachStarted(msgspec.Struct, frozen=True, gc=False):
    request_id: UUID
    nurse_district: str | None = None


class TipReceived(msgspec.Struct, frozen=True, gc=False):
    source: str
    catchment: str | None = None
    nurse_district: str | None = None


class ApplicationReceived(msgspec.Struct, frozen=True, gc=False):
    application_id: UUID
    counter: str | None = None
    nurse_district: str | None = None


class MeetingHeld(msgspec.Struct, frozen=True, gc=False):
    kind: str
    cases: int = 1


class ConsentGiven(msgspec.Struct, frozen=True, gc=False):
    consent_id: UUID


class ConsentWithdrawn(msgspec.Struct, frozen=True, gc=False):
    consent_id: UUID


class LatentNeedProposed(msgspec.Struct, frozen=True, gc=False):
    proposal_id: UUID
    nurse_district: str | None = None


class PlanAgreed(msgspec.Struct, frozen=True, gc=False):
    round: int
    plan_id: UUID
    review_on: date
    participation: bool = False
    outreach: bool = False
    counter: str | None = None
    nurse_district: str | None = None


HeardFact: TypeAlias = (
    ConsultationReceived
    | ConsultationCorrected
    | BeyondFieldReviewed
    | ResourceRegistered
    | ResourceCorrected
    | ResourceRetired
    | ResourceReopened
    | ActivityRecorded
    | ActivityCorrected
    | PlaceMatched
    | MatchWithdrawn
    | OutreachStarted
    | TipReceived
    | ApplicationReceived
    | MeetingHeld
    | PlanAgreed
    | CaseEscalated
    | EscalationAccepted
    | EscalationReturned
    | OutreachRequested
    | ParticipationRequested
    | ParticipationStarted
    | CaseClosed
    | CaseReopened
    | GapNoted
    | GapFilled
    | GapClosed
    | ResourceMissed
    | ConsentGiven
    | ConsentWithdrawn
    | LatentNeedProposed
    | ConsultationReferred
    | InquirySent
    | InquiryAnswered
)

HEARD: dict[tuple[str, str], type[Any]] = {
    ("intake", "ConsultationReceived"): ConsultationReceived,
    ("intake", "ConsultationCorrected"): ConsultationCorrected,
    ("intake", "BeyondFieldReviewed"): BeyondFieldReviewed,
    ("community", "ResourceRegistered"): ResourceRegistered,
    ("community", "ResourceCorrected"): ResourceCorrected,
    ("community", "ResourceRetired"): ResourceRetired,
    ("community", "ResourceReopened"): ResourceReopened,
    ("community", "ActivityRecorded"): ActivityRecorded,
    ("community", "ActivityCorrected"): ActivityCorrected,
    ("participation", "PlaceMatched"): PlaceMatched,
    ("participation", "MatchWithdrawn"): MatchWithdrawn,
    ("outreach", "OutreachStarted"): OutreachStarted,
    ("outreach", "TipReceived"): TipReceived,
    ("coordination", "ApplicationReceived"): ApplicationReceived,
    ("coordination", "MeetingHeld"): MeetingHeld,
    ("coordination", "PlanAgreed"): PlanAgreed,
    ("intake", "CaseEscalated"): CaseEscalated,
    ("coordination", "EscalationAccepted"): EscalationAccepted,
    ("coordination", "EscalationReturned"): EscalationReturned,
    ("coordination", "OutreachRequested"): OutreachRequested,
    ("coordination", "ParticipationRequested"): ParticipationRequested,
    ("participation", "ParticipationStarted"): ParticipationStarted,
    ("coordination", "CaseClosed"): CaseClosed,
    ("coordination", "CaseReopened"): CaseReopened,
    ("community", "GapNoted"): GapNoted,
    ("community", "GapFilled"): GapFilled,
    ("community", "GapClosed"): GapClosed,
    ("coordination", "ResourceMissed"): ResourceMissed,
    ("coordination", "ConsentGiven"): ConsentGiven,
    ("coordination", "ConsentWithdrawn"): ConsentWithdrawn,
    ("outreach", "LatentNeedProposed"): LatentNeedProposed,
    ("intake", "ConsultationReferred"): ConsultationReferred,
    ("coordination", "InquirySent"): InquirySent,
    ("coordination", "InquiryAnswered"): InquiryAnswered,
}
"""(team, fact) → what we read of it. All other facts are passed over."""

CORRECTING = frozenset(
    {
        ("intake", "ConsultationCorrected"),
        ("intake", "BeyondFieldReviewed"),
        ("community", "ResourceCorrected"),
        ("community", "ActivityCorrected"),
        ("participation", "MatchWithdrawn"),
    }
)
"""(team, fact) that puts right what an earlier one said."""
