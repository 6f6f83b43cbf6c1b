"""Facts told by participation (参加支援, 第2号). Edited by the participation team only."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.fact import CaseFact, Code


class HandoverReceived(CaseFact):
    """引継ぎを受け取った: the sender erases its copy (architecture 6)."""

    team: ClassVar[str] = "participation"
    handover_id: UUID


class ParticipationStarted(CaseFact):
    """多機関協働の判断を受けて参加支援を始めた (T-20)."""

    team: ClassVar[str] = "participation"
    request_id: UUID


class ParticipationPlanned(CaseFact):
    """地区担当保健師が参加支援プランを作った (T-21)."""

    team: ClassVar[str] = "participation"
    request_id: UUID
    plan_id: UUID


class PlaceMatched(CaseFact):
    """受け入れ先とマッチングした (T-22). Counted by Q-06."""

    team: ClassVar[str] = "participation"
    request_id: UUID
    match_id: UUID
    resource_id: UUID
    nurse_district: Code | None = None


class MatchWithdrawn(CaseFact):
    """マッチングの記録を取り消した: it was a mistake, and Q-06 no longer counts it on its day."""

    team: ClassVar[str] = "participation"
    request_id: UUID
    match_id: UUID
    resource_id: UUID
    matched_on: date
    nurse_district: Code | None = None
    """As it was told with the match."""


class FollowedUp(CaseFact):
    """受け入れ先を訪ねてフォローアップした (T-23)."""

    team: ClassVar[str] = "participation"
    request_id: UUID
    followup_id: UUID
    match_id: UUID | None = None


class ParticipationConcluded(CaseFact):
    """関係が安定し参加支援を終えた (T-24)."""

    team: ClassVar[str] = "participation"
    request_id: UUID
    outcome: Code
