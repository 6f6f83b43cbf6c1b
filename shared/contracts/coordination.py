"""Facts told by coordination (多機関協働, 第5号; 支援プラン, 第6号). Edited by the coordination
team only.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.fact import CaseFact, Code, Fact

MeetingKind = Literal["plan-meeting", "support-meeting"]
"""plan-meeting: 重層的支援会議 (consent needed). support-meeting: 支援会議 (106条の6, no consent
needed).
"""

BasisKind = Literal["consent", "support-meeting", "other-law", "urgency"]


class HandoverReceived(CaseFact):
    """引継ぎを受け取った: the sender erases its copy (architecture 6)."""

    team: ClassVar[str] = "coordination"
    handover_id: UUID


class EscalationAccepted(CaseFact):
    """多機関協働で受けた (T-01)."""

    team: ClassVar[str] = "coordination"
    escalation_id: UUID


class EscalationReturned(CaseFact):
    """紹介元に戻した、連携は続ける (T-02x)."""

    team: ClassVar[str] = "coordination"
    escalation_id: UUID
    counter: Code
    reason: Code


class ApplicationReceived(CaseFact):
    """相談受付・申込票を受け付けた (T-02). Counted by Q-29, by whom the case came from
    (`counter`) and where the person lives.
    """

    team: ClassVar[str] = "coordination"
    application_id: UUID
    counter: Code | None = None
    nurse_district: Code | None = None


class ConsentGiven(CaseFact):
    """本人が情報共有に同意した (T-03, T-05)."""

    team: ClassVar[str] = "coordination"
    consent_id: UUID


class ConsentWithdrawn(CaseFact):
    """本人が同意を取り下げた (T-03)."""

    team: ClassVar[str] = "coordination"
    consent_id: UUID


class MeetingHeld(Fact):
    """会議を開いた (seed 6; T-03, T-05). One sitting is one, whatever the number of cases (X-26).
    Counted by Q-30.
    """

    team: ClassVar[str] = "coordination"
    meeting_id: UUID
    kind: MeetingKind
    cases: int = Field(default=1, ge=1)


class SupportMeetingCalled(CaseFact):
    """紹介元を支援会議に呼んだ (T-03, 106条の6): on its ground the counter may hand over the person
    of an escalation that came without a ground. `call_id`: of this call, once.
    """

    team: ClassVar[str] = "coordination"
    escalation_id: UUID
    meeting_id: UUID
    call_id: UUID
    counter: Code


class SupportMeetingCalledOff(CaseFact):
    """支援会議は開かれない、またはケースか紹介元が外れた (T-03): nothing goes over on it."""

    team: ClassVar[str] = "coordination"
    escalation_id: UUID
    meeting_id: UUID
    call_id: UUID


class ResourceMissed(Fact):
    """会議で、足りない社会資源を見つけた (N-07). About no person: which kind (`missing_resources`)
    is missing, and in which catchment if that is known. Community makes an item of it to work on.
    """

    team: ClassVar[str] = "coordination"
    missed_id: UUID
    resource: Code
    catchment: Code | None = None


class PlanAgreed(CaseFact):
    """支援プランを決めた (T-05, T-07). `round` 1 is the first plan, 2 and on are re-plans. Counted
    by Q-31.
    """

    team: ClassVar[str] = "coordination"
    plan_id: UUID
    round: int = Field(ge=1)
    review_on: date
    agencies: tuple[Code, ...]
    participation: bool = False
    outreach: bool = False
    counter: Code | None = None
    """From which counter the case came."""
    nurse_district: Code | None = None


class ParticipationRequested(CaseFact):
    """参加支援が必要と判断した (T-20)."""

    team: ClassVar[str] = "coordination"
    request_id: UUID
    plan_id: UUID | None = None
    nurse_district: Code | None = None
    handover_id: UUID
    basis: BasisKind


class OutreachRequested(CaseFact):
    """アウトリーチ等が必要と判断した (T-20)."""

    team: ClassVar[str] = "coordination"
    request_id: UUID
    plan_id: UUID | None = None
    nurse_district: Code | None = None
    handover_id: UUID
    basis: BasisKind


class GroundLost(CaseFact):
    """依頼の根拠にしていた同意が、取り下げ・期限切れ・範囲の変更でなくなった (F-03). The team that
    was asked shows it until people decide.
    """

    team: ClassVar[str] = "coordination"
    request_id: UUID
    to_team: Literal["participation", "outreach"]
    why: Literal["withdrawn", "expired", "narrowed"]


class GroundRenewed(CaseFact):
    """依頼を、別の根拠で続けると決めた (F-03)."""

    team: ClassVar[str] = "coordination"
    request_id: UUID
    to_team: Literal["participation", "outreach"]
    basis: BasisKind


class CaseClosed(CaseFact):
    """一旦終結、主担当を決めた (T-08)."""

    team: ClassVar[str] = "coordination"
    closure_id: UUID
    lead_agency: Code
    reason: Code
    handover_id: UUID | None = None


class CaseReopened(CaseFact):
    """支援を再開した (T-09). Names the closure it undoes."""

    team: ClassVar[str] = "coordination"
    resumption_id: UUID
    closure_id: UUID
    reason: Code


class InquirySent(CaseFact):
    """支援関係機関に照会した (T-04, T-07): what was asked of whom, not what it says."""

    team: ClassVar[str] = "coordination"
    inquiry_id: UUID
    kind: Literal["assessment", "report"]
    agency: Code


class InquiryAnswered(CaseFact):
    """照会に回答があった (T-04, T-07)."""

    team: ClassVar[str] = "coordination"
    inquiry_id: UUID
    kind: Literal["assessment", "report"]
    agency: Code
