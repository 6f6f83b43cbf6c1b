"""What outreach does with the facts of coordination, and with the personal part handed to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.ground import lose_ground, renew_ground
from services.outreach.domain.lead import join
from services.outreach.domain.proposing import note_answer
from services.outreach.domain.request import ask
from services.outreach.read.leads import lead_of_proposal, leads_of_case
from shared.bus.reactions import Reactions
from shared.casefile.hearing import note_closure, note_resumption
from shared.contracts.coordination import (
    CaseClosed,
    CaseReopened,
    EscalationAccepted,
    EscalationReturned,
    GroundLost,
    GroundRenewed,
    OutreachRequested,
)

reactions: Reactions[Desk] = Reactions("outreach")


@reactions.on(OutreachRequested)
async def take_request(fact: OutreachRequested, desk: Desk) -> None:
    """T-20: the request waits for somebody to start."""
    await desk.requests.act(
        fact.request_id,
        ask,
        request_id=fact.request_id,
        case_id=fact.case_id,
        handover_id=fact.handover_id,
        plan_id=fact.plan_id,
        nurse_district=fact.nurse_district,
        basis=fact.basis,
        on=fact.occurred_on,
    )
    today = desk.clock.today()  # a lead may be younger than the request it turns out to be of
    for lead_id in await leads_of_case(desk.db, fact.case_id):
        await desk.leads.act(
            lead_id,
            join,
            request_id=fact.request_id,
            case_id=fact.case_id,
            on=today,
            today=today,
        )


@reactions.on(EscalationAccepted)
async def note_acceptance(fact: EscalationAccepted, desk: Desk) -> None:
    """T-01: our proposal became a case. What others escalated is none of ours."""
    await _answer(desk, fact.escalation_id, fact.occurred_on, accepted=True)


@reactions.on(EscalationReturned)
async def note_return(fact: EscalationReturned, desk: Desk) -> None:
    """T-02x: our proposal comes back; the lead is kept for a while longer."""
    await _answer(desk, fact.escalation_id, fact.occurred_on, accepted=False)


async def _answer(desk: Desk, proposal_id: UUID, on: date, *, accepted: bool) -> None:
    lead_id = await lead_of_proposal(desk.db, proposal_id)
    if lead_id is not None:
        await desk.leads.act(
            lead_id,
            note_answer,
            proposal_id=proposal_id,
            accepted=accepted,
            on=on,
            days=desk.city.retention.leads,
        )


@reactions.on(GroundLost)
async def note_lost_ground(fact: GroundLost, desk: Desk) -> None:
    """F-03: the request shows that its consent is gone, until people decide."""
    if fact.to_team == "outreach":
        await desk.requests.act(fact.request_id, lose_ground, why=fact.why, on=fact.occurred_on)


@reactions.on(GroundRenewed)
async def note_renewed_ground(fact: GroundRenewed, desk: Desk) -> None:
    """F-03: 多機関協働 decided that it goes on."""
    if fact.to_team == "outreach":
        await desk.requests.act(
            fact.request_id, renew_ground, basis=fact.basis, on=fact.occurred_on
        )


reactions.on(CaseClosed)(note_closure)
reactions.on(CaseReopened)(note_resumption)
