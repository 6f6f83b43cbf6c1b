"""受け入れ先の一覧: open places of community's directory, found by name or area (T-22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.participation.domain.following import STABLE
from services.participation.domain.place import Listed, Renamed, Reopened, Retired
from shared.sourcing.log import Connection, Entry, ReadModel, Write
from shared.vocabulary.text import search_key


@dataclass(frozen=True)
class PlaceRow:
    """One place that may receive somebody.

    `guests`: how many go there now; those whose support ended because it is stable go on (T-24).
    """

    resource_id: UUID
    name: str
    kind: str
    area: str | None
    town: str | None
    programme: str | None
    listed_on: date
    retired_on: date | None
    guests: int
    weekdays: list[str]
    targets: list[str]
    cares: list[str]
    capacity: str | None


async def open_places(db: Connection, words: str = "", limit: int | None = None) -> list[PlaceRow]:
    """Places that are open now; with words, those whose name or area has all of them."""
    patterns = [f"%{_escaped(search_key(word))}%" for word in words.split()]
    rows = await db.fetch(_PLACES + _OPEN, STABLE, patterns, limit)
    return [PlaceRow(*row) for row in rows]


async def place_row(db: Connection, resource_id: UUID) -> PlaceRow | None:
    """One place, open or retired; None if the directory never told of it."""
    row = await db.fetchrow(_PLACES + "WHERE p.resource_id = $2", STABLE, resource_id)
    return PlaceRow(*row) if row else None


async def names_of(db: Connection, resource_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What these places are called, retired ones too."""
    rows = await db.fetch(_NAMES, list(resource_ids)) if resource_ids else []
    return {row["resource_id"]: row["name"] for row in rows}


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:  # a handful a year: one by one, in their order
        match entry.event:
            case Listed() as e:
                yield Write(_LISTED, [{**_place(entry.stream_id, e), "day": e.listed_on}])
            case Renamed() as e:
                yield Write(_RENAMED, [_place(entry.stream_id, e)])
            case Retired() as e:
                yield Write(
                    _RETIRED, [{"id": e.resource_id, "day": e.retired_on, "reason": e.reason}]
                )
            case Reopened() as e:
                yield Write(_RETIRED, [{"id": e.resource_id, "day": None, "reason": None}])


def _place(resource_id: UUID, e: Listed | Renamed) -> dict[str, Any]:
    card = e.card
    key = search_key(f"{card.name} {card.area or ''}")
    return {**card.model_dump(), "id": resource_id, "key": key}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_PLACES = """
SELECT p.resource_id, p.name, p.kind, p.area, p.town, p.programme, p.listed_on, p.retired_on,
       coalesce(g.guests, 0), p.weekdays, p.targets, p.cares, p.capacity
FROM places p
LEFT JOIN (SELECT resource_id, count(*)::int AS guests FROM requests
           WHERE status <> 'concluded' OR outcome = $1 GROUP BY resource_id) g
  USING (resource_id)
"""
_OPEN = """WHERE p.retired_on IS NULL AND p.search_key LIKE ALL ($2::text[])
ORDER BY p.area NULLS LAST, p.name, p.resource_id LIMIT $3
"""
_NAMES = "SELECT resource_id, name FROM places WHERE resource_id = ANY ($1::uuid[])"
_LISTED = """
INSERT INTO places (resource_id, name, search_key, kind, area, town, programme, weekdays, targets,
                    cares, capacity, listed_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  id uuid, name text, key text, kind text, area text, town text, programme text, weekdays text[],
  targets text[], cares text[], capacity text, day date)
ON CONFLICT (resource_id) DO NOTHING
"""
_RENAMED = """
UPDATE places SET name = n.name, search_key = n.key, kind = n.kind, area = n.area,
       town = n.town, programme = n.programme, weekdays = n.weekdays, targets = n.targets,
       cares = n.cares, capacity = n.capacity
FROM json_to_recordset($1) AS n(
  id uuid, name text, key text, kind text, area text, town text, programme text, weekdays text[],
  targets text[], cares text[], capacity text) WHERE resource_id = n.id
"""
_RETIRED = """
UPDATE places SET retired_on = n.day, reason = n.reason
FROM json_to_recordset($1) AS n(id uuid, day date, reason text) WHERE resource_id = n.id
"""

places = ReadModel("places", ("places",), project)
