"""What people had decided up to a day: a stream folded as far as it was recorded by then (N-03)."""

from __future__ import annotations

from datetime import UTC, date
from typing import TypeVar

from services.reporting.desk import Desk
from services.reporting.domain.review import Reviews, review_stream, reviews
from shared.sourcing.decider import Event
from shared.sourcing.log import Recorded

E = TypeVar("E", bound=Event)


def recorded_by(history: list[Recorded[E]], on: date | None) -> list[E]:
    """The events recorded on that day or before (in UTC, as the ids of facts count their days);
    without a day all of them.
    """
    return [
        one.event for one in history if on is None or one.recorded_at.astimezone(UTC).date() <= on
    ]


async def reviews_known(desk: Desk, fiscal_year: int, on: date | None) -> Reviews:
    """What 推進会議 had found of a year by that day."""
    history = await desk.reviews.history(review_stream(fiscal_year))
    return reviews.fold(recorded_by(history, on))
