"""What the forms of a plan and a match begin with: the plan of today, and places that fit."""

from __future__ import annotations

from typing import Any

from services.participation.asked.request import OFFERS
from services.participation.desk import Desk
from services.participation.domain.events import Planned
from services.participation.file import File
from services.participation.proposing import Knowing, Proposal, Wanted, propose
from services.participation.read.places import PlaceRow, open_places


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


async def proposals_for(desk: Desk, file: File) -> list[Proposal]:
    """All open places, those that fit this person's plan first."""
    city, today = desk.city, desk.clock.today()
    states = {one.code: one.accepts for one in city.capacity_states}
    address = file.person.address if file.person else None
    wanted = Wanted(
        city.locate(address or "", today),
        (file.plan.weekdays if file.plan else None) or (),
        (file.plan.cares if file.plan else None) or (),
    )
    knowing = Knowing(
        where=lambda area: city.locate(city.label("towns", area), today),
        care=lambda code: city.label("resource_cares", code),
        capacity=lambda code: city.label("capacity_states", code),
        accepts=lambda code: states.get(code, True),
    )
    return propose(await open_places(desk.db), wanted, knowing)


def place_label(place: PlaceRow) -> str:
    """A place as a choice: area first, and how many go there already."""
    area = f"{place.area}　" if place.area else ""
    guests = f"（いま{place.guests}人）" if place.guests else ""
    return f"{area}{place.name}{guests}"
