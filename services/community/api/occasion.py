"""予定の催し as JSON: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from services.community.access import LOOK, WRITE
from services.community.api.asked import Asked, Day, Done, Id, Name, Story, Time
from services.community.desk import Desk
from services.community.domain.occasion import Notice, OccasionEvent, announce, cancel, correct
from services.community.read.occasions import SHOWN, coming
from shared.contracts.fact import Code
from shared.sourcing.streams import Acted
from shared.web.desks import desk_of
from shared.web.pages import Api

occasion_api = Api("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


class NoticeAsked(Asked):
    """Something to come to."""

    title: Name
    held_on: Day
    starts: Time | None = None
    ends: Time | None = None
    resource_id: Id | None = None
    programme: Code | None = None
    about: Story | None = None
    published: bool = False

    def notice(self) -> Notice:
        return Notice.model_validate(self.model_dump(exclude={"edition"}))


class NoticeCorrection(NoticeAsked):
    """The whole notice as it should be; `edition`: the one you have seen."""

    edition: Annotated[int, Field(ge=1)] | None = None


class OccasionValue(BaseModel):
    """One notice as it stands."""

    occasion_id: UUID
    title: str
    held_on: date
    starts: str | None
    ends: str | None
    resource_id: UUID | None
    place: str | None
    programme: str | None
    about: str | None
    published: bool
    cancelled_on: date | None
    edition: int


@occasion_api.get("/occasions", rule=LOOK)
async def list_occasions(
    desk: DeskHere,
    since: date | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> list[OccasionValue]:
    """What is to come, from today or the day that is asked for; 100 a page."""
    day = since or desk.clock.today()
    found = await coming(desk.db, day, limit=SHOWN, after=(page - 1) * SHOWN)
    return [
        OccasionValue(**{name: getattr(row, name) for name in OccasionValue.model_fields})
        for row in found
    ]


@occasion_api.post("/occasions", rule=WRITE, status_code=201)
async def post_occasion(asked: NoticeAsked, desk: DeskHere) -> Done:
    """B-01, B-03: announce something to come to."""
    occasion_id, today = desk.new_id(), desk.clock.today()
    notice = await desk.listed_notice(asked.notice())
    acted = await desk.occasions.act(
        occasion_id, announce, occasion_id=occasion_id, notice=notice, today=today
    )
    return _done(occasion_id, acted)


@occasion_api.post("/occasions/{occasion_id}/correction", rule=WRITE)
async def post_correction(occasion_id: UUID, asked: NoticeCorrection, desk: DeskHere) -> Done:
    """It is announced otherwise."""
    notice, today = await desk.listed_notice(asked.notice()), desk.clock.today()
    acted = await desk.occasions.act(
        occasion_id, correct, notice=notice, today=today, edition=asked.edition
    )
    return _done(occasion_id, acted)


@occasion_api.post("/occasions/{occasion_id}/cancellation", rule=WRITE)
async def post_cancellation(occasion_id: UUID, desk: DeskHere) -> Done:
    """中止."""
    acted = await desk.occasions.act(occasion_id, cancel, today=desk.clock.today())
    return _done(occasion_id, acted)


def _done(occasion_id: UUID, acted: Acted[OccasionEvent]) -> Done:
    return Done(id=occasion_id, version=acted.version, position=acted.position)
