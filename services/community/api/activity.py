"""The activity log as JSON: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field, StringConstraints

from services.community.access import LOOK, WRITE
from services.community.api.asked import Asked, Count, Day, Done, Id, Story
from services.community.desk import Desk
from services.community.domain.activity import Sheet, correct, record
from services.community.logged import Logged
from services.community.read.activities import logged
from shared.contracts.fact import Code
from shared.web.desks import desk_of
from shared.web.pages import Api

activity_api = Api("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


class ActivityAsked(Asked):
    """`counts`: measure of the city's list → number; the three beside it are measures as well."""

    programme: Code
    kind: Code
    resource_id: Id | None = None
    held_on: Day
    participants: Count | None = None
    newcomers: Count | None = None
    volunteers: Count | None = None
    counts: dict[Code, Count] = Field(default_factory=dict)
    story: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None
    note: Story | None = None

    def sheet(self) -> Sheet:
        named = self.model_dump(include={"participants", "newcomers", "volunteers"})
        counts = self.counts | {code: n for code, n in named.items() if n is not None}
        said = self.model_dump(exclude={*named, "counts", "edition"})
        return Sheet(**said, counts={code: n for code, n in counts.items() if n})


class CorrectionAsked(ActivityAsked):
    """The whole record as it should have been; `edition`: the one you have seen."""

    edition: Annotated[int, Field(ge=1)] | None = None


class ActivityValue(BaseModel):
    """One activity as it stands."""

    activity_id: UUID
    programme: str
    kind: str
    resource_id: UUID | None
    place: str | None
    held_on: date
    counts: dict[str, int]
    story: str | None
    note: str | None
    corrected_on: date | None


@activity_api.get("/activities", rule=LOOK)
async def list_activities(
    desk: DeskHere, asked: Annotated[Logged, Query()], resource_id: UUID | None = None
) -> list[ActivityValue]:
    """Activities, newest first, 200 a page; of one place, programme, kind, period."""
    found = await logged(desk.db, asked.search(resource_id), after=asked.passed)
    return [
        ActivityValue(**{name: getattr(row, name) for name in ActivityValue.model_fields})
        for row in found
    ]


@activity_api.post("/activities", rule=WRITE, status_code=201)
async def post_activity(asked: ActivityAsked, desk: DeskHere) -> Done:
    """B-01 … B-06: record what took place."""
    activity_id, today = desk.new_id(), desk.clock.today()
    sheet = await desk.listed_sheet(asked.sheet())
    log = desk.log_of(sheet.kind)
    acted = await desk.activities.act(
        activity_id, record, activity_id=activity_id, sheet=sheet, log=log, today=today
    )
    return Done(id=activity_id, version=acted.version, position=acted.position)


@activity_api.post("/activities/{activity_id}/correction", rule=WRITE)
async def post_correction(activity_id: UUID, asked: CorrectionAsked, desk: DeskHere) -> Done:
    """The record as it should have been; its numbers replace those told before."""
    sheet = await desk.listed_sheet(asked.sheet())
    acted = await desk.activities.act(
        activity_id,
        correct,
        sheet=sheet,
        log=desk.log_of(sheet.kind),
        today=desk.clock.today(),
        edition=asked.edition,
    )
    return Done(id=activity_id, version=acted.version, position=acted.position)
