"""潜在的な支援ニーズ: a lead is proposed to 多機関協働 as a case, and its answer (T-30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.domain.lead import (
    Answered,
    BasisKind,
    Lead,
    LeadEvent,
    Proposed,
    kept_until,
    known,
)
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Proposal:
    """What 多機関協働 is told: on which ground, why, and what is known."""

    case_id: UUID
    handover_id: UUID
    counter: str
    reasons: tuple[str, ...]
    basis: BasisKind
    reference: str | None
    address: str | None
    story: str | None


def propose(
    state: Lead, *, proposal_id: UUID, proposal: Proposal, on: date, today: date
) -> list[LeadEvent]:
    """Nothing of a person is passed on without a legal basis (architecture 6)."""
    if proposal_id in state.proposals:
        return []
    noticed = known(state)
    if state.joined is not None or (state.proposed is not None and state.answer is not False):
        raise Refused("already-proposed")
    if not proposal.reasons:
        raise Refused("reasons-missing")
    if not proposal.reference:
        raise Refused("basis-missing")
    day_between(on, today, since=noticed.noticed_on, otherwise="before-notice")
    return [
        Proposed(
            lead_id=noticed.lead_id,
            case_id=state.proposed.case_id if state.proposed else proposal.case_id,
            proposal_id=proposal_id,
            handover_id=proposal.handover_id,
            counter=proposal.counter,
            reasons=proposal.reasons,
            catchment=noticed.catchment,
            nurse_district=noticed.nurse_district,
            basis=proposal.basis,
            basis_reference=proposal.reference,
            proposed_on=on,
            name=state.name,
            address=proposal.address,
            story=proposal.story,
        )
    ]


def note_answer(
    state: Lead, *, proposal_id: UUID, accepted: bool, on: date, days: int
) -> list[LeadEvent]:
    """Taken, or given back, perhaps after it was taken. An answer to an older one is late."""
    if state.noticed is None or state.proposed is None or state.expired_on is not None:
        return []
    if state.proposed.proposal_id != proposal_id or state.answer in (False, accepted):
        return []
    return [
        Answered(
            lead_id=state.noticed.lead_id,
            proposal_id=proposal_id,
            accepted=accepted,
            answered_on=on,
            keep_until=kept_until(on, days),
        )
    ]
