"""What a page or an API route of community may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.community.domain.activity import Activity, ActivityEvent, Log, Sheet, activity
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
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """A list of the city as choices of a form."""
        return [(code, self.city.label(kind, code)) for code in self.city.codes(kind)]

    def listed_card(self, card: Card) -> Card:
        """The card, if its codes are the city's."""
        today = self.clock.today()
        self._listed("towns", card.town, today)
        self._listed("programmes", card.programme, today)
        return card

    async def listed_sheet(self, sheet: Sheet) -> Sheet:
        """The sheet, if its codes are the city's and its place is in the directory."""
        self._listed("programmes", sheet.programme, sheet.held_on)
        self._listed("activity_kinds", sheet.kind, sheet.held_on)
        if sheet.resource_id is not None:
            place = await self.resources.state(sheet.resource_id)
            if place.resource_id is None:
                raise Refused("resource-unknown")
        return sheet

    def log_of(self, kind: str) -> Log:
        """The 様式 of a kind of activity."""
        entry = next(one for one in self.city.activity_kinds if one.code == kind)
        return Log(entry.programmes, entry.measures, entry.story)

    def _listed(self, kind: str, code: str | None, on: date | None = None) -> None:
        if code is not None and code not in self.city.codes(kind, on):
            raise Refused("code-not-listed", given=code)


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, resource, office.origin),
        Streams(office.log, activity, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
