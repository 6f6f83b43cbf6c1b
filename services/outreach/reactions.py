"""What outreach does with the facts of coordination, and with the personal part handed to it."""

from __future__ import annotations

from services.outreach.desk import Desk
from services.outreach.domain.request import ask
from shared.bus.reactions import Reactions
from shared.casefile.handover import part_of, receive
from shared.casefile.standing import set_down, standing_id, take_up
from shared.contracts.coordination import CaseClosed, CaseReopened, OutreachRequested
from shared.contracts.handover import Handover

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


@reactions.on(CaseClosed)
async def note_closure(fact: CaseClosed, desk: Desk) -> None:
    """T-08: pages of this case say that 多機関協働 set it down."""
    await desk.standings.act(
        standing_id(fact.case_id),
        set_down,
        case_id=fact.case_id,
        closure_id=fact.closure_id,
        lead_agency=fact.lead_agency,
        on=fact.occurred_on,
    )


@reactions.on(CaseReopened)
async def note_resumption(fact: CaseReopened, desk: Desk) -> None:
    """T-09: undoes the closure the fact names."""
    await desk.standings.act(
        standing_id(fact.case_id),
        take_up,
        case_id=fact.case_id,
        closure_id=fact.closure_id,
        on=fact.occurred_on,
    )


async def accept(sent: Handover, desk: Desk) -> None:
    """Keep the personal part; the receipt that lets the sender erase its copy follows as a fact."""
    part = part_of(sent, on=desk.clock.today())
    await desk.handovers.act(sent.handover_id, receive, part=part)
