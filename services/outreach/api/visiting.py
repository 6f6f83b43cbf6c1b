"""The JSON of 訪問の予定 and of a corrected visit (T-31): the decisions of the screens."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field

from services.outreach.access import REQUEST, desk_here
from services.outreach.api.request import Asked, Day, Done, VisitAsked, done, seen_of
from services.outreach.desk import Desk
from services.outreach.domain.visiting import (
    correct_visit,
    drop_visit,
    plan_visit,
)
from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.web.pages import Api

visiting_api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]


class VisitPlanAsked(Asked):
    on: Day
    method: Code
    staff: int = Field(1, ge=1, le=20)
    aim: Story | None = None


class CorrectionAsked(VisitAsked):
    """The whole record as it should be, and the edition that was read."""

    edition: int = Field(ge=1)


@visiting_api.post("/requests/{request_id}/visits/{visit_id}", rule=REQUEST)
async def post_correction(
    request_id: UUID, visit_id: UUID, asked: CorrectionAsked, desk: DeskHere
) -> Done:
    """The record of a visit is put right; refused if somebody else did so meanwhile."""
    acted = await desk.requests.act(
        request_id,
        correct_visit,
        visit_id=visit_id,
        edition=asked.edition,
        seen=seen_of(desk, asked),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@visiting_api.post("/requests/{request_id}/plans", rule=REQUEST, status_code=201)
async def post_plan(request_id: UUID, asked: VisitPlanAsked, desk: DeskHere) -> Done:
    """T-31: a visit to come."""
    acted = await desk.requests.act(
        request_id,
        plan_visit,
        planned_id=desk.new_id(),
        method=desk.city.listed("visit_methods", asked.method, "method"),
        staff=asked.staff,
        aim=asked.aim,
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@visiting_api.post("/requests/{request_id}/plans/{planned_id}/dropped", rule=REQUEST)
async def post_dropped(request_id: UUID, planned_id: UUID, desk: DeskHere) -> Done:
    """A planned visit that will not be made."""
    on = desk.clock.today()
    acted = await desk.requests.act(request_id, drop_visit, planned_id=planned_id, on=on)
    return done(request_id, acted)
