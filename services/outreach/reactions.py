"""What outreach does with the facts of coordination, and with the personal part handed to it."""

from __future__ import annotations

from services.outreach.desk import Desk
from services.outreach.domain.request import ask
from shared.bus.reactions import Reactions
from shared.casefile.hearing import note_closure, note_resumption
from shared.contracts.coordination import CaseClosed, CaseReopened, OutreachRequested

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


reactions.on(CaseClosed)(note_closure)
reactions.on(CaseReopened)(note_resumption)
