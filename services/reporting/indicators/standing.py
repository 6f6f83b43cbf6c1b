"""S-03: what the quality of the data asks of a case (F-29): consent, the day of the next review,
the nurse's district.

No indicator of the plan. One row per fact that changes an answer; `quality.py` reads them together
with the steps of the case (S-01).
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import (
    CaseEscalated,
    ConsentGiven,
    ConsentWithdrawn,
    LatentNeedProposed,
    OutreachRequested,
    ParticipationRequested,
    PlanAgreed,
)
from services.reporting.indicators.definition import Countable, Definition, Memory


def consented(fact: ConsentGiven, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("standing:consented",), thing=fact.consent_id),)


def withdrawn(fact: ConsentWithdrawn, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("standing:withdrawn",), thing=fact.consent_id),)


def planned(fact: PlanAgreed, _memory: Memory) -> Iterable[Countable]:
    """`note` is the day of the next review."""
    dims = ("standing:planned",)
    return (Countable(1, dims, fact.review_on.isoformat(), thing=fact.plan_id),)


def arrived(fact: CaseEscalated | LatentNeedProposed, _memory: Memory) -> Iterable[Countable]:
    standing = "placed" if fact.nurse_district else "unplaced"
    return (Countable(1, (f"standing:{standing}",)),)


def requested(
    fact: OutreachRequested | ParticipationRequested, _memory: Memory
) -> Iterable[Countable]:
    """A request may know a district that the case came without; that it names none says nothing."""
    return (Countable(1, ("standing:placed",)),) if fact.nurse_district else ()


STANDING = Definition(
    id="S-03",
    version=1,
    title="ケースの記録の状態",
    unit="件",
    programme="計画の外の問い",
    counts="同意、同意の取下げ、プランと次の見直しの日、担当地区の一件ごと。指標ではない。",
    observes={
        ("coordination", "ConsentGiven"): consented,
        ("coordination", "ConsentWithdrawn"): withdrawn,
        ("coordination", "PlanAgreed"): planned,
        ("intake", "CaseEscalated"): arrived,
        ("outreach", "LatentNeedProposed"): arrived,
        ("coordination", "OutreachRequested"): requested,
        ("coordination", "ParticipationRequested"): requested,
    },
    parts={"standing": "記録の状態"},
    persons=True,
)
