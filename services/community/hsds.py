"""Published places in the shape of HSDS 3 (Open Referral), for directories that speak it.

Organisations and locations are what entries name; the same name is the same one (V-3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID, uuid5

from services.community.domain.schedule import Slot
from services.community.read.directory import ResourceRow
from shared.vocabulary.city import City
from shared.vocabulary.text import search_key

_DAYS = {day: day[:2].upper() for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_NAMES = UUID("0d9c2c5e-6a1b-5b0d-8a57-3f9b1f0f6c11")


def hsds_of(city: City, rows: Iterable[ResourceRow]) -> dict[str, list[dict[str, Any]]]:
    """Organisations, locations, services, and which service is at which location."""
    organisations: dict[str, dict[str, Any]] = {}
    locations: dict[str, dict[str, Any]] = {}
    services, at = [], []
    for row in rows:
        organisation, location = _organisation(city, row), _location(city, row)
        organisations[organisation["id"]] = organisation
        locations.setdefault(location["id"], location)
        services.append(_service(city, row, organisation["id"]))
        at.append(
            {
                "id": str(uuid5(row.resource_id, "service_at_location")),
                "service_id": str(row.resource_id),
                "location_id": location["id"],
            }
        )
    return {
        "organizations": list(organisations.values()),
        "locations": list(locations.values()),
        "services": services,
        "service_at_locations": at,
    }


def _organisation(city: City, row: ResourceRow) -> dict[str, Any]:
    """Who runs it; nobody named: the city tells of it."""
    name = row.organisation or city.name
    return {"id": _id(city, "organization", name), "name": name, "description": name}


def _location(city: City, row: ResourceRow) -> dict[str, Any]:
    """The building; an entry without one is a place of its own."""
    name = row.building or row.name
    key = name if row.building else str(row.resource_id)
    address = {
        "address_1": row.address or "",
        "city": city.name,
        "state_province": city.prefecture,
        "country": "JP",
        "address_type": "physical",
    }
    return {
        "id": _id(city, "location", key),
        "location_type": "physical",
        "name": name,
        "addresses": [address],
    }


def _service(city: City, row: ResourceRow, organisation: str) -> dict[str, Any]:
    targets = "、".join(city.label("resource_targets", code) for code in row.targets)
    cares = [city.label("resource_cares", code) for code in row.cares]
    said = {
        "id": str(row.resource_id),
        "organization_id": organisation,
        "name": row.name,
        "description": row.note,
        "url": row.url,
        "status": "active",
        "eligibility_description": "、".join(filter(None, (targets, row.target))),
        "assured_date": row.checked_on.isoformat(),
        "schedules": list(_schedules(row)),
        "service_capacities": list(_capacity(city, row)),
        "phones": [{"number": row.phone}] if row.phone else [],
        "attributes": [{"label": label, "link_type": "accessibility"} for label in cares],
    }
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _schedules(row: ResourceRow) -> Iterator[dict[str, Any]]:
    """A schedule for each regular time, in the words of iCalendar."""
    for slot in row.schedule:
        said = {
            "id": str(uuid5(row.resource_id, slot.model_dump_json())),
            "service_id": str(row.resource_id),
            "freq": "MONTHLY" if slot.weeks else "WEEKLY",
            "byday": _byday(slot),
            "opens_at": slot.starts,
            "closes_at": slot.ends,
            "timezone": 9,
        }
        yield {name: value for name, value in said.items() if value is not None}


def _byday(slot: Slot) -> str:
    day = _DAYS[slot.weekday]
    return ",".join(f"{week}{day}" for week in slot.weeks) if slot.weeks else day


def _capacity(city: City, row: ResourceRow) -> Iterator[dict[str, Any]]:
    """Whether there is room, in the city's words: nobody counts seats here."""
    if row.capacity:
        yield {
            "service_id": str(row.resource_id),
            "description": city.label("capacity_states", row.capacity),
            "updated": row.checked_on.isoformat(),
        }


def _id(city: City, kind: str, name: str) -> str:
    return str(uuid5(_NAMES, f"{city.code}/{kind}/{search_key(name)}"))
