"""社会資源の台帳: every entry as it stands, with the day somebody last checked it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.community.domain.resource import (
    Card,
    Checked,
    Corrected,
    Registered,
    Reopened,
    Retired,
)
from services.community.domain.schedule import Schedule, Slot, said, weekdays_of
from shared.sourcing.log import Connection, Entry, ReadModel, Write
from shared.vocabulary.text import search_key


@dataclass(frozen=True)
class ResourceRow:
    """One entry of the directory as it stands."""

    resource_id: UUID
    name: str
    kind: str
    programme: str | None
    area: str | None
    town: str | None
    address: str | None
    phone: str | None
    held: str | None
    target: str | None
    note: str | None
    kana: str | None
    organisation: str | None
    building: str | None
    schedule: Schedule
    targets: tuple[str, ...]
    cares: tuple[str, ...]
    capacity: str | None
    url: str | None
    published: bool
    registered_on: date
    checked_on: date
    checked_by: str | None
    retired_on: date | None
    reason: str | None
    edition: int

    @property
    def opened(self) -> str:
        """When it is open, in one line."""
        return "、".join(filter(None, [*said(self.schedule).split("\n"), self.held]))

    def stale(self, today: date, days: int) -> bool:
        """F-09: nobody has made sure for so long that it should be asked again."""
        return self.retired_on is None and self.checked_on < today - timedelta(days=days)


def row_of(found: Any) -> ResourceRow:
    """One line of the table."""
    values = dict(found)
    schedule = tuple(Slot.model_validate(one) for one in json.loads(values["schedule"]))
    lists = {name: tuple(values[name]) for name in ("targets", "cares")}
    return ResourceRow(**values | lists | {"schedule": schedule})


async def count_open(db: Connection) -> int:
    """How many entries are open now (Q-05)."""
    count: int = await db.fetchval("SELECT count(*) FROM resources WHERE retired_on IS NULL")
    return count


async def count_unchecked(db: Connection, before: date) -> int:
    """How many entries nobody has checked since that day."""
    count: int = await db.fetchval(
        "SELECT count(*) FROM resources WHERE retired_on IS NULL AND checked_on < $1", before
    )
    return count


async def known_ids(db: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these entries exist, open or retired."""
    rows = await db.fetch(
        "SELECT resource_id FROM resources WHERE resource_id = ANY ($1::uuid[])", list(ids)
    )
    return {row["resource_id"] for row in rows}


async def resource_row(db: Connection, resource_id: UUID) -> ResourceRow | None:
    """One entry, None if there is none."""
    row = await db.fetchrow(f"{ALL} WHERE resource_id = $1", resource_id)
    return row_of(row) if row else None


async def under_one_roof(db: Connection, row: ResourceRow) -> list[ResourceRow]:
    """V-3: what else is in the same building."""
    if row.building is None:
        return []
    found = await db.fetch(_SAME_BUILDING, search_key(row.building), row.resource_id)
    return [row_of(one) for one in found]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """New entries as one set (the plan's 50 venues come at once), changes one by one."""
    new = [r.event for r in batch if isinstance(r.event, Registered)]
    if new:
        yield Write(_REGISTERED, [_row(e.resource_id, e.card, e.registered_on) for e in new])
    for entry in batch:
        match entry.event:
            case Corrected() as e:
                row = _row(e.resource_id, e.card, e.corrected_on, e.by, e.edition)
                yield Write(_CORRECTED, [row | {"day": e.corrected_on if e.checked else None}])
            case Checked() as e:
                yield Write(_CHECKED, [{"id": entry.stream_id, "day": e.checked_on, "by": e.by}])
            case Retired() as e:
                yield Write(
                    _RETIRED, [{"id": e.resource_id, "day": e.retired_on, "reason": e.reason}]
                )
            case Reopened() as e:
                row = {"id": e.resource_id, "day": e.reopened_on, "by": e.by}
                yield Write(_REOPENED, [row])


def _row(
    resource_id: UUID, card: Card, day: date, by: str | None = None, edition: int = 1
) -> dict[str, Any]:
    return {
        **card.model_dump(),
        "id": resource_id,
        "key": _key(card),
        "building_key": search_key(card.building) if card.building else None,
        "weekdays": weekdays_of(card.schedule),
        "day": day,
        "by": by,
        "edition": edition,
    }


def _key(card: Card) -> str:
    words = (card.name, card.kana, card.area, card.town, card.target, card.note)
    place = (card.organisation, card.building, card.address)
    return search_key(" ".join(text for text in (*words, *place) if text))


ALL = """
SELECT resource_id, name, kind, programme, area, town, address, phone, held, target, note, kana,
       organisation, building, schedule, targets, cares, capacity, url, published, registered_on,
       checked_on, checked_by, retired_on, reason, edition
FROM resources
"""
_SAME_BUILDING = f"""{ALL}
WHERE building_key = $1 AND resource_id <> $2 AND retired_on IS NULL ORDER BY name LIMIT 50
"""
_GIVEN = """
json_to_recordset($1) AS n(
  id uuid, name text, kind text, programme text, area text, town text, address text, phone text,
  held text, target text, note text, kana text, organisation text, building text, schedule jsonb,
  targets text[], cares text[], capacity text, url text, published boolean, key text,
  building_key text, weekdays text[], day date, by text, edition integer)
"""
_REGISTERED = f"""
INSERT INTO resources (resource_id, name, kind, programme, area, town, address, phone, held, target,
                       note, kana, organisation, building, schedule, targets, cares, capacity, url,
                       published, search_key, building_key, weekdays, registered_on, checked_by,
                       edition, checked_on)
SELECT n.*, n.day FROM {_GIVEN} ON CONFLICT (resource_id) DO NOTHING
"""  # noqa: S608 - constants of this file
_CORRECTED = f"""
UPDATE resources SET name = n.name, kind = n.kind, programme = n.programme, area = n.area,
       town = n.town, address = n.address, phone = n.phone, held = n.held, target = n.target,
       note = n.note, kana = n.kana, organisation = n.organisation, building = n.building,
       schedule = n.schedule, targets = n.targets, cares = n.cares, capacity = n.capacity,
       url = n.url, published = n.published, search_key = n.key, building_key = n.building_key,
       weekdays = n.weekdays, checked_on = greatest(checked_on, n.day),
       checked_by = coalesce(n.by, checked_by),
       edition = n.edition
FROM {_GIVEN} WHERE resource_id = n.id
"""  # noqa: S608 - constants of this file
_CHECKED = """
UPDATE resources SET checked_on = greatest(checked_on, n.day),
       checked_by = coalesce(n.by, checked_by)
FROM json_to_recordset($1) AS n(id uuid, day date, by text) WHERE resource_id = n.id
"""
_RETIRED = """
UPDATE resources SET retired_on = n.day, reason = n.reason
FROM json_to_recordset($1) AS n(id uuid, day date, reason text) WHERE resource_id = n.id
"""
_REOPENED = """
UPDATE resources SET retired_on = NULL, reason = NULL, checked_on = greatest(checked_on, n.day),
       checked_by = coalesce(n.by, checked_by)
FROM json_to_recordset($1) AS n(id uuid, day date, by text) WHERE resource_id = n.id
"""

directory = ReadModel("directory", ("resources",), project)
