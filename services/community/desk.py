"""What a page or an API route of community may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.community.domain.activity import Activity, ActivityEvent, Log, Sheet, activity
from services.community.domain.gap import Gap, GapEvent, Need, gap
from services.community.domain.occasion import Notice, Occasion, OccasionEvent, occasion
from services.community.domain.resource import Card, Resource, ResourceEvent, resource
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.decider import Refused
from shared.sourcing.log import Connection
from shared.sourcing.streams import Streams
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    resources: Streams[Resource, ResourceEvent]
    activities: Streams[Activity, ActivityEvent]
    gaps: Streams[Gap, GapEvent]
    occasions: Streams[Occasion, OccasionEvent]
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """A list of the city as choices of a form."""
        return self.city.choices(kind, self.clock.today())

    def listed_card(self, card: Card) -> Card:
        """The card, if its codes are the city's."""
        today = self.clock.today()
        self.city.listed("resource_kinds", card.kind, "kind", today)
        self._listed("towns", card.town, "town", today)
        self._listed("programmes", card.programme, "programme", today)
        self._listed("capacity_states", card.capacity, "capacity", today)
        for target in card.targets:
            self._listed("resource_targets", target, "targets", today)
        for care in card.cares:
            self._listed("resource_cares", care, "cares", today)
        return card

    def listed_need(self, need: Need) -> Need:
        """The need, if its codes are the city's."""
        today = self.clock.today()
        self.city.listed("missing_resources", need.kind, "kind", today)
        self._listed("catchments", need.catchment, "catchment", today)
        for target in need.targets:
            self._listed("resource_targets", target, "targets", today)
        return need

    async def listed_sheet(self, sheet: Sheet) -> Sheet:
        """The sheet, if its codes are the city's and its place is in the directory."""
        self._listed("programmes", sheet.programme, "programme", sheet.held_on)
        self._listed("activity_kinds", sheet.kind, "kind", sheet.held_on)
        if sheet.resource_id is not None:
            place = await self.resources.state(sheet.resource_id)
            if place.resource_id is None:
                raise Refused("resource-unknown")
        return sheet

    async def listed_notice(self, notice: Notice) -> Notice:
        """The notice, if its programme is the city's and its place is in the directory."""
        self._listed("programmes", notice.programme, "programme", self.clock.today())
        if notice.resource_id is not None:
            place = await self.resources.state(notice.resource_id)
            if place.resource_id is None:
                raise Refused("resource-unknown")
        return notice

    def log_of(self, kind: str) -> Log:
        """The 様式 of a kind of activity."""
        entry = next(one for one in self.city.activity_kinds if one.code == kind)
        return Log(entry.programmes, entry.measures, entry.story, place=entry.place == "must")

    def _listed(self, kind: str, code: str | None, field: str, on: date) -> None:
        if code is not None:
            self.city.listed(kind, code, field, on)


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, resource, office.origin),
        Streams(office.log, activity, office.origin),
        Streams(office.log, gap, office.origin),
        Streams(office.log, occasion, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
