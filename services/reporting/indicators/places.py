"""Where somebody lives, as far as facts say it: 担当地区 and 日常生活圏域, never the town."""

from __future__ import annotations

from typing import Protocol

from services.reporting.heard import ConsultationReceived, TipReceived

PLACES = {"district": "担当地区", "catchment": "日常生活圏域"}
"""Parts and their headings."""
DISTRICT = {"district": "担当地区"}
"""Where a fact knows no more."""


class InDistrict(Protocol):
    @property
    def nurse_district(self) -> str | None: ...


def district_of(fact: InDistrict) -> str:
    """Each counted thing has one, so that they add up: what is not known is unknown."""
    return f"district:{fact.nurse_district or 'unknown'}"


def places_of(fact: ConsultationReceived | TipReceived) -> tuple[str, str]:
    """Each counted thing has a place in both, so that they add up: what is not known is unknown."""
    return (
        district_of(fact),
        f"catchment:{fact.catchment or 'unknown'}",
    )
