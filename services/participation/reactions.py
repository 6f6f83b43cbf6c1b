"""What participation does with facts of coordination and community, and with hand-overs."""

from __future__ import annotations

from services.participation.desk import Desk
from services.participation.domain.ground import lose_ground, renew_ground
from services.participation.domain.place import Card, list_place, rename, reopen, retire
from services.participation.domain.request import ask
from shared.bus.reactions import Reactions
from shared.casefile.hearing import note_closure, note_resumption
from shared.contracts.community import (
    ResourceCorrected,
    ResourceRegistered,
    ResourceReopened,
    ResourceRetired,
)
from shared.contracts.coordination import (
    CaseClosed,
    CaseReopened,
    GroundLost,
    GroundRenewed,
    ParticipationRequested,
)

reactions: Reactions[Desk] = Reactions("participation")


@reactions.on(ParticipationRequested)
async def take_request(fact: ParticipationRequested, desk: Desk) -> None:
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


@reactions.on(ResourceRegistered)
async def list_new_place(fact: ResourceRegistered, desk: Desk) -> None:
    """T-22: a place of the directory can receive somebody."""
    await desk.places.act(
        fact.resource_id,
        list_place,
        resource_id=fact.resource_id,
        card=Card(**fact.model_dump(include=set(Card.model_fields))),
        on=fact.occurred_on,
    )


@reactions.on(ResourceCorrected)
async def follow_correction(fact: ResourceCorrected, desk: Desk) -> None:
    """The place is called as the directory calls it now."""
    await desk.places.act(
        fact.resource_id,
        rename,
        correction_id=fact.correction_id,
        card=Card(**fact.model_dump(include=set(Card.model_fields))),
    )


@reactions.on(ResourceRetired)
async def retire_place(fact: ResourceRetired, desk: Desk) -> None:
    """Nobody is matched with it any more; those who go there need another place."""
    await desk.places.act(
        fact.resource_id,
        retire,
        resource_id=fact.resource_id,
        reason=fact.reason,
        on=fact.occurred_on,
    )


@reactions.on(ResourceReopened)
async def take_back_retirement(fact: ResourceReopened, desk: Desk) -> None:
    """It can receive somebody again."""
    await desk.places.act(
        fact.resource_id, reopen, resource_id=fact.resource_id, on=fact.occurred_on
    )


@reactions.on(GroundLost)
async def note_lost_ground(fact: GroundLost, desk: Desk) -> None:
    """F-03: the request shows that its consent is gone, until people decide."""
    if fact.to_team == "participation":
        await desk.requests.act(fact.request_id, lose_ground, why=fact.why, on=fact.occurred_on)


@reactions.on(GroundRenewed)
async def note_renewed_ground(fact: GroundRenewed, desk: Desk) -> None:
    """F-03: 多機関協働 decided that it goes on."""
    if fact.to_team == "participation":
        await desk.requests.act(
            fact.request_id, renew_ground, basis=fact.basis, on=fact.occurred_on
        )


reactions.on(CaseClosed)(note_closure)
reactions.on(CaseReopened)(note_resumption)
