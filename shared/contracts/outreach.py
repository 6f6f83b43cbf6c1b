"""Facts told by outreach (アウトリーチ等を通じた継続的支援, 第4号). Edited by the outreach team
only.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.contracts.fact import CaseFact, Code, Fact

BasisKind = Literal["consent", "support-meeting", "other-law", "urgency"]


class HandoverReceived(CaseFact):
    """引継ぎを受け取った: the sender erases its copy (architecture 6)."""

    team: ClassVar[str] = "outreach"
    handover_id: UUID


class OutreachStarted(CaseFact):
    """多機関協働の判断を受けて訪問等の支援を始めた (T-20, T-31). Counted by Q-27."""

    team: ClassVar[str] = "outreach"
    request_id: UUID
    nurse_district: Code | None = None


class VisitMade(CaseFact):
    """訪問・接触した (T-31). `met` says whether the person was met."""

    team: ClassVar[str] = "outreach"
    request_id: UUID
    visit_id: UUID
    method: Code
    met: bool


class CaseLinked(CaseFact):
    """必要な支援機関につないだ (T-32)."""

    team: ClassVar[str] = "outreach"
    request_id: UUID
    link_id: UUID
    agency: Code


class CaseLinkWithdrawn(CaseFact):
    """つないだという記録を取り消した (T-32): it was a mistake."""

    team: ClassVar[str] = "outreach"
    request_id: UUID
    link_id: UUID


class OutreachConcluded(CaseFact):
    """アウトリーチを終えた (T-32)."""

    team: ClassVar[str] = "outreach"
    request_id: UUID
    outcome: Code


class OutreachConclusionCorrected(CaseFact):
    """アウトリーチを終えた記録が直された (T-32): day or outcome is another than was told.

    `occurred_on` is the day on which it ended, as it is known now. Q-27 counts starts and does not
    change.
    """

    team: ClassVar[str] = "outreach"
    request_id: UUID
    outcome: Code
    former_on: date
    former_outcome: Code
    edition: int
    corrected_on: date


class TipReceived(Fact):
    """地域から気になる方の知らせがあった (T-30). Counted by Q-28 (X-25). Nobody's case yet: who
    it is about, what was told and the town stay with outreach.
    """

    team: ClassVar[str] = "outreach"
    tip_id: UUID
    source: Code
    catchment: Code | None = None
    nurse_district: Code | None = None


class LatentNeedProposed(CaseFact):
    """潜在的な支援ニーズを多機関協働へ伝えた (T-30): somebody who came to no counter. What is
    known follows sealed, on this basis. Answered like an escalation, under `proposal_id`.
    """

    team: ClassVar[str] = "outreach"
    proposal_id: UUID
    lead_id: UUID
    counter: Code
    reasons: tuple[Code, ...]
    catchment: Code | None = None
    nurse_district: Code | None = None
    handover_id: UUID
    basis: BasisKind
