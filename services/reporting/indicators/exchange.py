"""S-04: what counters, 多機関協働 and agencies ask of one another, for the surveys (N-16).

No indicator of the plan: L-01 and L-02 ask whether people consult one another without hesitation
and go on together; these rows say how often they did.
"""

from __future__ import annotations

from collections.abc import Iterable

from services.reporting.heard import (
    CaseEscalated,
    ConsultationReferred,
    InquiryAnswered,
    InquirySent,
)
from services.reporting.indicators.definition import Countable, Definition, Memory


def referred(fact: ConsultationReferred, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("between:referred", f"counter:{fact.counter}")),)


def escalated(fact: CaseEscalated, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("between:escalated", f"counter:{fact.counter}")),)


def asked(fact: InquirySent, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("between:asked", f"agency:{fact.agency}")),)


def answered(fact: InquiryAnswered, _memory: Memory) -> Iterable[Countable]:
    return (Countable(1, ("between:answered", f"agency:{fact.agency}")),)


EXCHANGE = Definition(
    id="S-04",
    version=1,
    title="部署・機関のあいだの相談と照会",
    unit="件",
    programme="計画の外の問い",
    counts=(
        "窓口から窓口への紹介、多機関協働への紹介、関係機関への照会とその回答を、それぞれ1件と数える。"
        "定性評価 (L-01、L-02) の答えの横に並べるためのもので、指標ではない。"
    ),
    observes={
        ("intake", "ConsultationReferred"): referred,
        ("intake", "CaseEscalated"): escalated,
        ("coordination", "InquirySent"): asked,
        ("coordination", "InquiryAnswered"): answered,
    },
    parts={"between": "やりとり", "counter": "どの窓口から", "agency": "どの機関と"},
    persons=True,
)
