"""The JSON of places, and of those that fit a person (T-22)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request

from services.participation.access import PLACES, REQUEST, desk_here
from services.participation.api.values import PlaceValue, ProposalValue
from services.participation.desk import Desk
from services.participation.file import open_file
from services.participation.matching import BEST, proposals_for
from services.participation.read.places import open_places
from shared.web.pages import Api

api = Api("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]
Words = Annotated[str, Query(max_length=100)]


@api.get("/places", rule=PLACES)
async def list_places(
    desk: DeskHere, words: Words = "", limit: Annotated[int, Query(ge=1, le=10_000)] = 300
) -> list[PlaceValue]:
    """Places that are open now, by area and name; with words, those whose name or area has them."""
    found = await open_places(desk.db, words, limit)
    return [PlaceValue.model_validate(row) for row in found]


@api.get("/requests/{request_id}/proposals", rule=REQUEST)
async def list_proposals(
    request: Request,
    request_id: UUID,
    desk: DeskHere,
    words: Words = "",
    limit: Annotated[int, Query(ge=1, le=300)] = BEST,
) -> list[ProposalValue]:
    """The places that fit this person's plan best, with what speaks for them and what does not."""
    file = await open_file(desk, request.state.staff, request_id)
    return [
        ProposalValue(
            place=PlaceValue.model_validate(one.place),
            score=one.score,
            reasons=one.reasons,
            lacks=one.lacks,
        )
        for one in (await proposals_for(desk, file, words))[:limit]
    ]
