"""計画の会場: the venues and the open counters of the city's plan as entries of the directory
(C-10 … C-17, V-1 … V-4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid5

from services.community.desk import Desk
from services.community.domain.resource import Card, register
from services.community.read.directory import known_ids
from shared.vocabulary.city import City, Counter, Venue

_FLOOR = re.compile(r"\s*(?:地下)?[0-9０-９]+階")
_VENUES = UUID("5c4b2f6e-3a19-5a0e-9d3c-7b1f6d1e0a42")


def venue_id(city_code: str, venue_code: str) -> UUID:
    """The same entry for the same venue, however often and from wherever it is registered."""
    return uuid5(_VENUES, f"{city_code}/{venue_code}")


def places_of(city: City) -> Iterator[tuple[UUID, Card]]:
    """Every place where the plan says that people gather."""
    for venue in city.venues:
        yield venue_id(city.code, venue.code), card_of(venue)
    for counter in city.counters:
        if counter.resource is not None:
            yield venue_id(city.code, counter.code), card_of_counter(counter, counter.resource)


async def venues_missing(desk: Desk) -> int:
    """How many places of the plan the directory does not have yet."""
    ids = [place_id for place_id, _ in places_of(desk.city)]
    return len(ids) - len(await known_ids(desk.db, ids))


async def register_venues(desk: Desk) -> int:
    """Enter every place of the plan; those that are there, open or retired, stay as they are."""
    added = 0
    for resource_id, card in places_of(desk.city):
        acted = await desk.resources.act(
            resource_id,
            register,
            resource_id=resource_id,
            card=card,
            on=desk.clock.today(),
        )
        added += len(acted.events)
    return added


def card_of(venue: Venue) -> Card:
    """What the plan says about a venue, and nothing it does not say. The plan is public."""
    return Card(
        name=venue.label,
        kind=venue.kind,
        programme=venue.programme,
        area=venue.area,
        town=venue.town,
        building=venue.label,
        note=followed(venue),
        published=True,
    )


def followed(venue: Venue) -> str | None:
    """V-4: which half of the city it is for."""
    if not venue.city_half_follow:
        return None
    return f"全地区フォロー（{venue.half}）" if venue.half else "全地区フォロー"


def card_of_counter(counter: Counter, kind: str) -> Card:
    """A counter that is a place to be, too: 子育てひろば, 地域活動支援センター."""
    return Card(
        name=counter.label,
        kind=kind,
        programme=counter.programme,
        building=_FLOOR.split(counter.place)[0] if counter.place else None,
        address=counter.place,
        target=counter.for_whom,
        published=True,
    )
