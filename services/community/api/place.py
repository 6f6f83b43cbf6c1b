"""The directory as JSON: the same decisions as the screens."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel, Field, StringConstraints, model_validator

from services.community.access import LOOK, WRITE
from services.community.api.asked import Asked, Day, Done, Name, Short, Story, Time
from services.community.desk import Desk
from services.community.domain.resource import (
    Card,
    ResourceEvent,
    check,
    correct,
    register,
    reopen,
    retire,
)
from services.community.domain.schedule import MOST, Slot, Weekday
from services.community.looking import check_before, towns_in
from services.community.read.searching import Search, find
from shared.contracts.fact import Code
from shared.sourcing.streams import Acted
from shared.vocabulary.city import City
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
_PAGE = 1000


class SlotAsked(Asked):
    """A regular time; `weeks` of the month, -1 the last one, none: every week."""

    weekday: Weekday
    weeks: list[Annotated[int, Field(ge=-1, le=5)]] = Field(default_factory=list, max_length=6)
    starts: Time | None = None
    ends: Time | None = None

    @model_validator(mode="after")
    def _possible(self) -> SlotAsked:
        """As the form reads it: a week that there is, and an end after a beginning."""
        if 0 in self.weeks:
            raise ValueError("weeks: 1 to 5, or -1 for the last")
        if self.ends is not None and (self.starts is None or self.ends <= self.starts):
            raise ValueError("ends: after starts, and not without it")
        return self


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


class CorrectionAsked(ResourceAsked):
    """The whole entry as it should be; `edition`: the one you have seen."""

    edition: Annotated[int, Field(ge=1)] | None = None

    def card(self) -> Card:
        return Card.model_validate(self.model_dump(exclude={"edition"}))


class CheckAsked(Asked):
    capacity: Code | None = None


class RetirementAsked(Asked):
    reason: Code
    retired_on: Day


class ReopeningAsked(Asked):
    reopened_on: Day


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
    edition: int


class ResourceQuery(BaseModel):
    """Entries that have all the words, and everything else that is asked; 1,000 a page."""

    words: str = Field("", max_length=100)
    kind: Code | None = None
    area: str = Field("", max_length=100)
    town: Code | None = None
    weekday: Weekday | None = None
    target: Code | None = None
    care: Code | None = None
    programme: Code | None = None
    room: bool = False
    """Not where nobody new can come."""
    stale: bool = False
    """What asks to be checked again."""
    retired: bool = False
    page: int = Field(1, ge=1, le=10_000)

    def search(self, city: City, today: date) -> Search:
        full = tuple(one.code for one in city.capacity_states if not one.accepts)
        return Search(
            words=self.words,
            kind=self.kind,
            area=self.area or None,
            retired=self.retired,
            town=self.town,
            weekday=self.weekday,
            targets=(self.target,) if self.target else (),
            care=self.care,
            programme=self.programme,
            not_capacity=full if self.room else (),
            unchecked_since=check_before(city, today) if self.stale else None,
            word_towns=towns_in(city, self.words),
        )


@api.get("/resources", rule=LOOK)
async def list_resources(
    desk: DeskHere, asked: Annotated[ResourceQuery, Query()]
) -> list[ResourceValue]:
    """The directory; retired entries only when asked for."""
    wanted = asked.search(desk.city, desk.clock.today())
    found = await find(desk.db, wanted, limit=_PAGE, after=(asked.page - 1) * _PAGE)
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


@api.post("/resources/{resource_id}/correction", rule=WRITE)
async def post_correction(
    request: Request, resource_id: UUID, asked: CorrectionAsked, desk: DeskHere
) -> Done:
    """F-09: the whole entry as it should be."""
    acted = await desk.resources.act(
        resource_id,
        correct,
        correction_id=desk.new_id(),
        card=desk.listed_card(asked.card()),
        on=desk.clock.today(),
        by=request.state.staff.agency,
        edition=asked.edition,
    )
    return _done(resource_id, acted)


@api.post("/resources/{resource_id}/check", rule=WRITE)
async def post_check(
    request: Request, resource_id: UUID, asked: CheckAsked, desk: DeskHere
) -> Done:
    """F-09: it still holds; and perhaps whether there is room."""
    today = desk.clock.today()
    if asked.capacity is not None:
        desk.city.listed("capacity_states", asked.capacity, "capacity", today)
    acted = await desk.resources.act(
        resource_id,
        check,
        correction_id=desk.new_id(),
        on=today,
        by=request.state.staff.agency,
        capacity=asked.capacity,
    )
    return _done(resource_id, acted)


@api.post("/resources/{resource_id}/retirement", rule=WRITE)
async def post_retirement(resource_id: UUID, asked: RetirementAsked, desk: DeskHere) -> Done:
    """Q-05: it can no longer be used."""
    reason = desk.city.listed("retirement_reasons", asked.reason, "reason", asked.retired_on)
    acted = await desk.resources.act(
        resource_id, retire, reason=reason, on=asked.retired_on, today=desk.clock.today()
    )
    return _done(resource_id, acted)


@api.post("/resources/{resource_id}/reopening", rule=WRITE)
async def post_reopening(
    request: Request, resource_id: UUID, asked: ReopeningAsked, desk: DeskHere
) -> Done:
    """Q-05: it can be used again, or was retired by mistake."""
    by, today = request.state.staff.agency, desk.clock.today()
    acted = await desk.resources.act(resource_id, reopen, on=asked.reopened_on, today=today, by=by)
    return _done(resource_id, acted)


def _done(resource_id: UUID, acted: Acted[ResourceEvent]) -> Done:
    return Done(id=resource_id, version=acted.version, position=acted.position)
