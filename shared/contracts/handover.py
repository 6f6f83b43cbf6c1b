"""The personal part of a case on its way from one team to another, and the ground on which it may
travel.

Never part of a fact: it is sealed to the receiving service's public key and erased after the
receipt (architecture 6).
"""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.vocabulary.counter_file import CounterFile

ERASED = "erased"
"""Stands for a reference or a ground that was erased with its person."""


class LegalBasis(BaseModel):
    """Why personal data may be passed on: 同意, 支援会議 (106条の6), another law, urgency."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["consent", "support-meeting", "other-law", "urgency"]
    reference: str = Field(min_length=1, max_length=200)
    """Consent id, meeting id, article of the law, or the reason of the urgency."""


class PersonalPart(BaseModel):
    """What the receiving team needs to go on with the person."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    address: str | None = None
    phone: str | None = None
    household: str | None = None
    narrative: str | None = None
    wishes: str | None = None
    file: CounterFile | None = None
    """窓口の記録, from a counter to 多機関協働."""


class Handover(BaseModel):
    """One sealed message: `handover.<city>.<to_team>.<case_id>`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    handover_id: UUID
    from_team: str
    to_team: str
    case_id: UUID
    occurred_on: date
    basis: LegalBasis
    personal: PersonalPart

    def emptied(self) -> Handover:
        """That it came, and nothing of the person: all that may be kept of a forgotten one."""
        basis = LegalBasis(kind=self.basis.kind, reference=ERASED)
        return self.model_copy(update={"personal": PersonalPart(), "basis": basis})
