"""Facts told by intake (包括的相談支援, 106条の4第2項第1号). Edited by the intake team only."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.fact import AgeBand, CaseFact, Code

BasisKind = Literal["consent", "support-meeting", "other-law", "urgency", "support-meeting-asked"]
"""support-meeting-asked: none yet; no personal part follows until there is one (T-03)."""


class ConsultationReceived(CaseFact):
    """相談を受け止めた (K-01, K-02, K-04). One approach to a counter; for Q-02, Q-03."""

    team: ClassVar[str] = "intake"
    consultation_id: UUID
    counter: Code
    programme: Code | None = None
    channel: Code
    source: Code
    age_band: AgeBand = "unknown"
    household_size: int | None = Field(default=None, ge=1, le=30)
    issues: tuple[Code, ...] = ()
    catchment: Code | None = None
    nurse_district: Code | None = None
    returning: bool = False
    beyond_field: bool = False
    """分野を超えた対応 by the rule of the day (X-24); for Q-01."""


class ConsultationCorrected(CaseFact):
    """票を直した (S-01): what `ConsultationReceived` said reads like this now; for Q-02 to Q-04.

    Told only when a code changed. `occurred_on`: the day of the consultation, for which it counts;
    `corrected_on`: when it was put right. What figures count is told as it was before, too.
    """

    team: ClassVar[str] = "intake"
    consultation_id: UUID
    counter: Code
    programme: Code | None = None
    channel: Code
    source: Code
    age_band: AgeBand = "unknown"
    household_size: int | None = Field(default=None, ge=1, le=30)
    issues: tuple[Code, ...] = ()
    catchment: Code | None = None
    nurse_district: Code | None = None
    former_channel: Code
    former_source: Code
    former_age_band: AgeBand = "unknown"
    former_issues: tuple[Code, ...] = ()
    former_catchment: Code | None = None
    former_nurse_district: Code | None = None
    corrected_on: date


class BeyondFieldReviewed(CaseFact):
    """分野を超えた対応かどうかが変わった (X-24): told only when it is no longer what was told last.

    `occurred_on` is the day of the consultation, for which it counts (Q-01); `reviewed_on` the day
    on which it was found out.
    """

    team: ClassVar[str] = "intake"
    consultation_id: UUID
    counter: Code
    programme: Code
    beyond: bool
    by: Literal["rule", "staff"]
    reviewed_on: date
    nurse_district: Code | None = None
    """As it was when the consultation was received: there it was counted."""


class ConsultationAttached(CaseFact):
    """相談を既知のケースに合わせた (F-20). `case_id` is the case it now belongs to."""

    team: ClassVar[str] = "intake"
    consultation_id: UUID
    former_case_id: UUID
    unlinked: bool = False
    """True: it was somebody else's consultation, and has a case of its own (again)."""


class CaseEscalated(CaseFact):
    """多機関協働へつないだ (K-03, T-01). The personal part follows sealed, on this basis;
    where a 支援会議 is asked for, when that has been called.
    """

    team: ClassVar[str] = "intake"
    escalation_id: UUID
    consultation_id: UUID
    counter: Code
    reasons: tuple[Code, ...]
    age_band: AgeBand = "unknown"
    household_size: int | None = Field(default=None, ge=1, le=30)
    issues: tuple[Code, ...] = ()
    catchment: Code | None = None
    nurse_district: Code | None = None
    handover_id: UUID
    basis: BasisKind


class HandoverReceived(CaseFact):
    """引継ぎを受け取った: the sender erases its copy (architecture 6)."""

    team: ClassVar[str] = "intake"
    handover_id: UUID


class ConsultationReferred(CaseFact):
    """別の窓口に紹介した (K-01, K-02): from counter to counter, inside 包括的相談支援."""

    team: ClassVar[str] = "intake"
    referral_id: UUID
    consultation_id: UUID
    counter: Code
    to_counter: Code


class ReferralAnswered(CaseFact):
    """紹介に返事があった (K-02): taken, or sent back with a reason."""

    team: ClassVar[str] = "intake"
    referral_id: UUID
    consultation_id: UUID
    to_counter: Code
    answer: Literal["taken", "sent-back"]
    reason: Code | None = None


class ReferralEnded(CaseFact):
    """紹介された対応が終わった (K-02): the sender heard the end of it."""

    team: ClassVar[str] = "intake"
    referral_id: UUID
    consultation_id: UUID
    to_counter: Code
    outcome: Code
