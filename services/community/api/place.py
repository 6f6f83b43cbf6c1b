"""The JSON of community: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

from services.community.access import LOOK, WRITE
from services.community.desk import Desk
from services.community.domain.activity import Sheet, record
from services.community.domain.resource import Card, register
from services.community.domain.schedule import MOST, Slot, Weekday
from services.community.read.activities import newest
from services.community.read.searching import Search, find
from shared.contracts.fact import Code
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
Day = Annotated[date, Strict(strict=False)]
"""JSON has no dates: they come as text (2026-11-23), and so do ids."""
Id = Annotated[UUID, Strict(strict=False)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=200)]
Story = Annotated[str, StringConstraints(max_length=2000)]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Asked(BaseModel):
    """What is sent: no field more, no type other than it says."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SlotAsked(Asked):
    """A regular time; `weeks` of the month, -1 the last one, none: every week."""

    weekday: Weekday
    weeks: list[Annotated[int, Field(ge=-1, le=5)]] = Field(default_factory=list, max_length=6)
    starts: Time | None = None
    ends: Time | None = None


class ResourceAsked(Asked):
    name: Name
    kind: Code
    programme: Code | None = None
    area: Code | None = None
    town: Code | None = None
    address: Short | None = None
    phone: Short | None = None
    held: Short | None = None
    target: Short | None = None
    note: Story | None = None
    kana: Name | None = None
    organisation: Name | None = None
    building: Name | None = None
    schedule: list[SlotAsked] = Field(default_factory=list, max_length=MOST)
    targets: list[Code] = Field(default_factory=list, max_length=50)
    cares: list[Code] = Field(default_factory=list, max_length=50)
    capacity: Code | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=200)] | None = None
    published: bool = False

    def card(self) -> Card:
        return Card.model_validate(self.model_dump())


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
        said = self.model_dump(exclude={*named, "counts"})
        return Sheet(**said, counts={code: n for code, n in counts.items() if n})


class Done(BaseModel):
    """What a command did. The position is what a reader of this service's facts may wait for."""

    id: UUID
    version: int
    position: int


class ResourceValue(BaseModel):
    """One entry of the directory as it stands."""

    resource_id: UUID
    name: str
    kind: str
    programme: str | None
    area: str | None
    town: str | None
    address: str | None
    phone: str | None
    held: str | None
    target: str | None
    note: str | None
    kana: str | None
    organisation: str | None
    building: str | None
    schedule: tuple[Slot, ...]
    targets: tuple[str, ...]
    cares: tuple[str, ...]
    capacity: str | None
    url: str | None
    published: bool
    registered_on: date
    checked_on: date
    checked_by: str | None
    retired_on: date | None
    reason: str | None


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


Words = Annotated[str, Query(max_length=100)]


@api.get("/resources", rule=LOOK)
async def list_resources(
    desk: DeskHere,
    words: Words = "",
    kind: Code | None = None,
    area: Words = "",
    weekday: Weekday | None = None,
    target: Code | None = None,
    *,
    retired: bool = False,
) -> list[ResourceValue]:
    """Entries that have all the words; retired ones only when asked for."""
    targets = (target,) if target else ()
    wanted = Search(words, kind, area or None, retired, weekday=weekday, targets=targets)
    found = await find(desk.db, wanted, limit=1000)
    return [
        ResourceValue(**{name: getattr(row, name) for name in ResourceValue.model_fields})
        for row in found
    ]


@api.post("/resources", rule=WRITE, status_code=201)
async def post_resource(asked: ResourceAsked, desk: DeskHere) -> Done:
    """Q-05: enter a place."""
    resource_id = desk.new_id()
    card = desk.listed_card(asked.card())
    acted = await desk.resources.act(
        resource_id, register, resource_id=resource_id, card=card, on=desk.clock.today()
    )
    return Done(id=resource_id, version=acted.version, position=acted.position)


@api.get("/activities", rule=LOOK)
async def list_activities(desk: DeskHere, resource_id: UUID | None = None) -> list[ActivityValue]:
    """The last activities, newest first; of one place if it is named."""
    return [
        ActivityValue(**{name: getattr(row, name) for name in ActivityValue.model_fields})
        for row in await newest(desk.db, resource_id)
    ]


@api.post("/activities", rule=WRITE, status_code=201)
async def post_activity(asked: ActivityAsked, desk: DeskHere) -> Done:
    """B-01 … B-06: record what took place."""
    activity_id, today = desk.new_id(), desk.clock.today()
    sheet = await desk.listed_sheet(asked.sheet())
    log = desk.log_of(sheet.kind)
    acted = await desk.activities.act(
        activity_id, record, activity_id=activity_id, sheet=sheet, log=log, today=today
    )
    return Done(id=activity_id, version=acted.version, position=acted.position)
