"""足りない社会資源 as JSON: the same decision as the screen (N-07)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import Field, StringConstraints

from services.community.access import LOOK, WRITE
from services.community.api.asked import Asked, Day, Done, Id, Short
from services.community.desk import Desk
from services.community.domain.gap import GapEvent, Need, drop, note, prepare
from services.community.opening import open_with
from services.community.read.gaps import SHOWN, gaps_of
from shared.contracts.fact import Code
from shared.sourcing.log import Origin
from shared.sourcing.streams import Acted
from shared.web.desks import desk_of, origin_of
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


class PlanAsked(Asked):
    """Who does what about it. `edition`: how many plans you have seen."""

    plan: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    prepared_on: Day
    due_on: Day | None = None
    edition: Annotated[int, Field(ge=0)] | None = None


class OpeningAsked(Asked):
    resource_id: Id
    opened_on: Day


class EndAsked(Asked):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    dropped_on: Day


class NeedValue(NeedAsked):
    """A need as it stands, and the days on which it went on."""

    gap_id: UUID
    status: str
    times: int
    plan: str | None
    prepared_on: date | None
    due_on: date
    resource_id: UUID | None
    opened_on: date | None
    matched_on: date | None
    dropped_on: date | None


@gap_api.get("/gaps", rule=LOOK)
async def list_gaps(
    desk: DeskHere,
    status: Code | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    *,
    late: bool = False,
) -> list[NeedValue]:
    """What waits for a place first, what was missed most often first among them; 100 a page."""
    late_on = desk.clock.today() if late else None
    found = await gaps_of(
        desk.db, desk.city.deadlines.gap, status, late_on, after=(page - 1) * SHOWN
    )
    return [
        NeedValue(**{name: getattr(row, name) for name in NeedValue.model_fields}) for row in found
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


@gap_api.post("/gaps/{gap_id}/preparation", rule=WRITE)
async def post_preparation(gap_id: UUID, asked: PlanAsked, desk: DeskHere) -> Done:
    """N-07: who does what about it, and until when."""
    acted = await desk.gaps.act(
        gap_id,
        prepare,
        plan=asked.plan,
        on=asked.prepared_on,
        today=desk.clock.today(),
        due=asked.due_on,
        edition=asked.edition,
    )
    return _done(gap_id, acted)


@gap_api.post("/gaps/{gap_id}/opening", rule=WRITE)
async def post_opening(
    request: Request,
    gap_id: UUID,
    asked: OpeningAsked,
    origin: Annotated[Origin, Depends(origin_of)],
) -> Done:
    """N-07: there is a place for it now."""
    acted = await open_with(request, origin, gap_id, asked.resource_id, asked.opened_on)
    return _done(gap_id, acted)


@gap_api.post("/gaps/{gap_id}/end", rule=WRITE)
async def post_end(gap_id: UUID, asked: EndAsked, desk: DeskHere) -> Done:
    """N-07: it will not be made."""
    acted = await desk.gaps.act(
        gap_id, drop, reason=asked.reason, on=asked.dropped_on, today=desk.clock.today()
    )
    return _done(gap_id, acted)


def _done(gap_id: UUID, acted: Acted[GapEvent]) -> Done:
    return Done(id=gap_id, version=acted.version, position=acted.position)
