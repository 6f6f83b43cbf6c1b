"""Rounds (T-30): one door for the screens and the JSON."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.round import RoundEvent, make, plan
from services.outreach.noticing import town_of
from shared.sourcing.streams import Acted


class RoundMade(Protocol):
    """What comes back from a round, from a form or as JSON."""

    on: date
    place: str
    town: str
    gathered: int | None
    heard: str


async def plan_round(
    desk: Desk, round_id: UUID, place: str, town: str, on: date
) -> Acted[RoundEvent]:
    found = town_of(desk.city, town, on)
    return await desk.rounds.act(
        round_id,
        plan,
        round_id=round_id,
        place=place,
        nurse_district=found.nurse_district if found else None,
        on=on,
        today=desk.clock.today(),
    )


async def make_round(desk: Desk, round_id: UUID, made: RoundMade) -> Acted[RoundEvent]:
    """A planned round without a town keeps the district it was planned for."""
    found = town_of(desk.city, made.town, made.on)
    planned = (await desk.rounds.state(round_id)).planned
    before = planned.nurse_district if planned else None
    return await desk.rounds.act(
        round_id,
        make,
        round_id=round_id,
        place=made.place,
        nurse_district=found.nurse_district if found else before,
        gathered=made.gathered,
        heard=made.heard or None,
        on=made.on,
        today=desk.clock.today(),
    )
