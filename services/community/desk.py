"""What a page or an API route of community may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.community.domain.activity import Activity, ActivityEvent, activity
from services.community.domain.resource import Resource, ResourceEvent, resource
from shared.runtime.clock import Clock
from shared.runtime.office import Office
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


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, resource, office.origin),
        Streams(office.log, activity, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
