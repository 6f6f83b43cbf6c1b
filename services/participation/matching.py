"""What the forms of a plan and a match begin with: the plan of today, and places that fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from services.participation.asked.request import OFFERS
from services.participation.desk import Desk
from services.participation.domain.events import Planned
from services.participation.file import File
from services.participation.proposing import Knowing, Proposal, Wanted, propose
from services.participation.read.places import PlaceRow, open_places, place_row
from shared.vocabulary.city import City

BEST = 20
"""Places that one form proposes; the others are found by words."""


def written(plan_now: Planned | None) -> dict[str, Any]:
    """The plan of today as the form shows it."""
    if plan_now is None:
        return {}
    known = plan_now.model_dump(include={"wishes", "strengths", "issues", "goal", "menu"})
    known["seen"] = plan_now.plan_id
    known |= {"weekdays": plan_now.weekdays or (), "cares": plan_now.cares or ()}
    for n, offer in zip(OFFERS, plan_now.offers or (), strict=False):
        known |= {f"what_{n}": offer.what, f"place_{n}": offer.place, f"rhythm_{n}": offer.rhythm}
    return known


@dataclass(frozen=True)
class Places:
    """The places of one form: the best of all, or of those whose name or area has the words."""

    total: int
    """How many there are to choose from."""
    words: str
    proposals: list[Proposal]
    """The best of them, best first, with the reasons."""
    choices: list[tuple[str, str]]


async def places_for(desk: Desk, file: File, words: str, chosen: str) -> Places:
    """What is chosen already stays a choice, wherever it stands in the order."""
    found = await proposals_for(desk, file, words)
    best = found[:BEST]
    choices = [(str(one.place.resource_id), place_label(one.place)) for one in best]
    if chosen and chosen not in dict(choices):
        choices = [*await _choice(desk, chosen), *choices]
    return Places(len(found), words, best, choices)


async def proposals_for(desk: Desk, file: File, words: str = "") -> list[Proposal]:
    """All open places, or those found by words; those that fit this person's plan first."""
    today = desk.clock.today()
    address = file.person.address if file.person else None
    wanted = Wanted(
        desk.city.locate(address or "", today),
        (file.plan.weekdays if file.plan else None) or (),
        (file.plan.cares if file.plan else None) or (),
    )
    return propose(await open_places(desk.db, words), wanted, knowing(desk.city, today))


def knowing(city: City, today: date) -> Knowing:
    """The city's words and map of that day; each name is looked up once."""
    states = {one.code: one.accepts for one in city.capacity_states}
    return Knowing(
        where=cache(lambda name: city.locate(city.label("towns", name), today)),
        care=lambda code: city.label("resource_cares", code),
        capacity=lambda code: city.label("capacity_states", code),
        accepts=lambda code: states.get(code, True),
    )


async def _choice(desk: Desk, chosen: str) -> list[tuple[str, str]]:
    try:
        found = await place_row(desk.db, UUID(chosen))
    except ValueError:
        return []
    return [(chosen, place_label(found))] if found else []


def place_label(place: PlaceRow) -> str:
    """A place as a choice: area first, and how many go there already."""
    area = f"{place.area}　" if place.area else ""
    guests = f"（いま{place.guests}人）" if place.guests else ""
    return f"{area}{place.name}{guests}"
