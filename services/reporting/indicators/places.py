"""Where somebody lives, as far as facts say it: 担当地区 and 日常生活圏域, never the town."""

from __future__ import annotations

from services.reporting.heard import ConsultationReceived, TipReceived

PLACES = {"district": "担当地区", "catchment": "日常生活圏域"}
"""Parts and their headings."""


def places_of(fact: ConsultationReceived | TipReceived) -> tuple[str, str]:
    """Each counted thing has a place in both, so that they add up: what is not known is unknown."""
    return (
        f"district:{fact.nurse_district or 'unknown'}",
        f"catchment:{fact.catchment or 'unknown'}",
    )
