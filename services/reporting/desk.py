"""What a page of reporting may touch: the figures to read, and what people decide about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.reporting.domain.review import ReviewEvent, Reviews, reviews
from services.reporting.domain.survey import Survey, SurveyEvent, survey
from services.reporting.domain.target import TargetEvent, Targets, target
from services.reporting.domain.year import Year, YearEvent, year
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.log import Connection
from shared.sourcing.streams import Streams
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    targets: Streams[Targets, TargetEvent]
    years: Streams[Year, YearEvent]
    surveys: Streams[Survey, SurveyEvent]
    reviews: Streams[Reviews, ReviewEvent]
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, target, office.origin),
        Streams(office.log, year, office.origin),
        Streams(office.log, survey, office.origin),
        Streams(office.log, reviews, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
