"""足りない社会資源 as JSON: the same decision as the screen (N-07)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field

from services.community.access import LOOK, WRITE
from services.community.api.place import Asked, Day, Done, Short
from services.community.desk import Desk
from services.community.domain.gap import Need, note
from services.community.read.gaps import gaps_of
from shared.contracts.fact import Code
from shared.web.desks import desk_of
from shared.web.pages import Api

gap_api = Api("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


class NeedAsked(Asked):
    """What is missing: nobody's case."""

    kind: Code
    catchment: Code | None = None
    targets: list[Code] = Field(default_factory=list, max_length=50)
    note: Short | None = None
    noted_on: Day

    def need(self) -> Need:
        return Need.model_validate(self.model_dump(exclude={"noted_on"}))


class NeedValue(NeedAsked):
    """A need as it stands, and the days on which it went on."""

    gap_id: UUID
    status: str
    times: int
    prepared_on: date | None
    resource_id: UUID | None
    opened_on: date | None
    matched_on: date | None
    dropped_on: date | None


@gap_api.get("/gaps", rule=LOOK)
async def list_gaps(desk: DeskHere) -> list[NeedValue]:
    """What waits for a place first, what was missed most often first among them."""
    return [
        NeedValue(**{name: getattr(row, name) for name in NeedValue.model_fields})
        for row in await gaps_of(desk.db)
    ]


@gap_api.post("/gaps", rule=WRITE, status_code=201)
async def post_gap(asked: NeedAsked, desk: DeskHere) -> Done:
    """N-07: something is missing."""
    gap_id = desk.new_id()
    acted = await desk.gaps.act(
        gap_id,
        note,
        gap_id=gap_id,
        missed_id=gap_id,
        need=desk.listed_need(asked.need()),
        source="community",
        on=asked.noted_on,
        today=desk.clock.today(),
    )
    return Done(id=gap_id, version=acted.version, position=acted.position)
