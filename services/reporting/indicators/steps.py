"""S-01: the steps of every case, for the questions beyond the plan (N-05, N-06; `beyond.py`).

No indicator of the plan: one row per step, so that days between two steps can be counted, as of any
day, with the facts behind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.reporting.indicators.definition import Countable, Definition, Memory, Observe


def _step(name: str, thing: str = "", code: str = "") -> Observe:
    """A step, the id of what it belongs to, and a code that it is told apart by."""

    def observe(fact: Any, _memory: Memory) -> Iterable[Countable]:
        dims = [f"step:{name}"]
        if code:
            dims.append(f"code:{getattr(fact, code)}")
        return (Countable(1, tuple(dims), thing=getattr(fact, thing) if thing else None),)

    return observe


def _came_back(fact: Any, memory: Memory) -> Iterable[Countable]:
    return _step("came-back")(fact, memory) if fact.returning else ()


STEPS = Definition(
    id="S-01",
    version=2,
    title="ケースの歩み",
    unit="件",
    programme="計画の外の問い",
    counts="紹介、受付、差戻し、プラン、依頼、開始、終結、再相談、再開の一件ごと。指標ではない。",
    observes={
        ("intake", "ConsultationReceived"): _came_back,
        ("intake", "CaseEscalated"): _step("escalated", "escalation_id"),
        # A need that outreach found and proposed is an escalation, too; its proposal is what is
        # accepted or returned.
        ("outreach", "LatentNeedProposed"): _step("escalated", "proposal_id"),
        ("coordination", "EscalationAccepted"): _step("accepted", "escalation_id"),
        ("coordination", "EscalationReturned"): _step("returned", "escalation_id"),
        ("coordination", "PlanAgreed"): _step("planned"),
        ("coordination", "OutreachRequested"): _step("requested", "request_id"),
        ("coordination", "ParticipationRequested"): _step("requested", "request_id"),
        ("outreach", "OutreachStarted"): _step("started", "request_id"),
        ("participation", "ParticipationStarted"): _step("started", "request_id"),
        ("coordination", "CaseClosed"): _step("closed", "", "lead_agency"),
        ("coordination", "CaseReopened"): _step("reopened"),
        ("coordination", "ResourceMissed"): _step("missed", "missed_id", "resource"),
        ("community", "GapNoted"): _step("gap-noted", "gap_id", "resource"),
        ("community", "GapFilled"): _step("gap-filled", "gap_id"),
        ("community", "GapClosed"): _step("gap-closed", "gap_id"),
    },
    parts={"step": "歩み"},
    persons=True,
)
