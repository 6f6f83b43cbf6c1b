"""計画の会場: the venues of the city's plan as entries of the directory (C-10, V-1 … V-4)."""

from __future__ import annotations

from uuid import UUID, uuid5

from services.community.desk import Desk
from services.community.domain.resource import Card, register
from services.community.read.directory import known_ids
from shared.vocabulary.city import Venue

_VENUES = UUID("5c4b2f6e-3a19-5a0e-9d3c-7b1f6d1e0a42")


def venue_id(city_code: str, venue_code: str) -> UUID:
    """The same entry for the same venue, however often and from wherever it is registered."""
    return uuid5(_VENUES, f"{city_code}/{venue_code}")


async def venues_missing(desk: Desk) -> int:
    """How many venues of the plan the directory does not have yet."""
    ids = [venue_id(desk.city.code, venue.code) for venue in desk.city.venues]
    return len(ids) - len(await known_ids(desk.db, ids))


async def register_venues(desk: Desk) -> int:
    """Enter every venue of the plan; those that are there, open or retired, stay as they are."""
    added = 0
    for venue in desk.city.venues:
        resource_id = venue_id(desk.city.code, venue.code)
        acted = await desk.resources.act(
            resource_id,
            register,
            resource_id=resource_id,
            card=card_of(venue),
            on=desk.clock.today(),
        )
        added += len(acted.events)
    return added


def card_of(venue: Venue) -> Card:
    """What the plan says about a venue, and nothing it does not say."""
    return Card(
        name=venue.label,
        kind="venue",
        programme="3イ",
        area=venue.area,
        town=venue.town,
        note="全地区フォロー" if venue.city_half_follow else None,
    )
