"""情報を渡す根拠: the legal basis on which a personal part may leave (architecture 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from shared.sourcing.decider import Refused

BasisKind: TypeAlias = Literal["consent", "support-meeting", "other-law", "urgency"]
Asked: TypeAlias = Literal["support-meeting-asked"]
ASKED: Asked = "support-meeting-asked"
"""None yet: 支援会議を求める (T-03). The case goes on by its codes, the person stays with us."""


@dataclass(frozen=True)
class Ground:
    """The kind, and what makes it one: the day of consent, why it is urgent, which article of
    another law, or which 支援会議 (106条の6).
    """

    kind: BasisKind | Asked | None
    reference: str


def firm(ground: Ground, on: date) -> tuple[BasisKind, str]:
    """The ground if it holds on that day. Without one nothing may be passed on."""
    reference = ground.reference.strip()
    if ground.kind is None or ground.kind == ASKED or not reference:
        raise Refused("basis-missing")
    if ground.kind == "consent" and _consented(reference) > on:
        raise Refused("consent-in-future")
    return ground.kind, reference


def _consented(reference: str) -> date:
    try:
        return date.fromisoformat(reference)
    except ValueError:
        raise Refused("consent-day-missing") from None
