"""What a page, an API route or a reaction of outreach may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.outreach.domain.events import RequestEvent
from services.outreach.domain.lead import Lead, LeadEvent, lead
from services.outreach.domain.request import Request, request
from services.outreach.domain.round import Round, RoundEvent, round_
from shared.casefile.handover import PersonalPartReceived, ReceivedHandover, handover
from shared.casefile.standing import Standing, StandingEvent, standing
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.log import Connection
from shared.sourcing.streams import Streams
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    requests: Streams[Request, RequestEvent]
    handovers: Streams[ReceivedHandover, PersonalPartReceived]
    standings: Streams[Standing, StandingEvent]
    leads: Streams[Lead, LeadEvent]
    rounds: Streams[Round, RoundEvent]
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, request, office.origin),
        Streams(office.log, handover, office.origin),
        Streams(office.log, standing, office.origin),
        Streams(office.log, lead, office.origin),
        Streams(office.log, round_, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
