"""What community does with facts of coordination and participation (N-07)."""

from __future__ import annotations

from services.community.desk import Desk
from services.community.domain.gap import Need, match, note
from services.community.domain.resource import use
from services.community.read.gaps import gap_for, knows_missed, opened_with
from shared.bus.reactions import Reactions
from shared.contracts.coordination import ResourceMissed
from shared.contracts.participation import PlaceMatched

reactions: Reactions[Desk] = Reactions("community")


@reactions.on(ResourceMissed)
async def take_note(fact: ResourceMissed, desk: Desk) -> None:
    """What is missing in the same part of the city already waits: it is missed once more."""
    if await knows_missed(desk.db, fact.missed_id):
        return
    waiting = await gap_for(desk.db, fact.resource, fact.catchment)
    gap_id = waiting or fact.missed_id
    await desk.gaps.act(
        gap_id,
        note,
        gap_id=gap_id,
        missed_id=fact.missed_id,
        need=Need(kind=fact.resource, catchment=fact.catchment),
        source="meeting",
        on=fact.occurred_on,
        today=desk.clock.today(),
    )


@reactions.on(PlaceMatched)
async def close_loop(fact: PlaceMatched, desk: Desk) -> None:
    """T-22: somebody goes to a place that was made because it was missing. The day is kept, for a
    place of which staff say only later that it was made for a need.
    """
    await desk.resources.act(fact.resource_id, use, on=fact.occurred_on)
    for gap_id in await opened_with(desk.db, fact.resource_id):
        await desk.gaps.act(gap_id, match, resource_id=fact.resource_id, on=fact.occurred_on)
