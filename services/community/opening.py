"""場ができた: a need gets its place, and the loop closes at once if somebody went there already."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fastapi import Request

from services.community.desk import Desk
from services.community.domain.gap import GapEvent, match, open_place
from services.community.domain.resource import Status
from services.community.read.gaps import first_use
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from shared.sourcing.streams import Acted
from shared.web.desks import desk_of_one_commit


async def open_with(
    request: Request, origin: Origin, gap_id: UUID, resource_id: UUID, on: date
) -> Acted[GapEvent]:
    """One commit: a match that is told meanwhile is either seen here or sees the place opened."""
    async with desk_of_one_commit(request, origin) as whole:
        desk: Desk = whole
        place = await desk.resources.state(resource_id)
        if place.status is not Status.OPEN:
            unknown = place.status is Status.UNKNOWN
            raise Refused("resource-unknown" if unknown else "resource-retired")
        acted = await desk.gaps.act(
            gap_id, open_place, resource_id=resource_id, on=on, today=desk.clock.today()
        )
        used = await first_use(desk.db, resource_id, on)
        if used is not None:
            await desk.gaps.act(gap_id, match, resource_id=resource_id, on=used)
        return acted
