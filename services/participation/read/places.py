"""受け入れ先の一覧: open places of community's directory, found by name or area (T-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.participation.domain.place import Listed, Renamed, Retired
from shared.sourcing.log import Connection, ReadModel, Recorded
from shared.vocabulary.text import search_key

SHOWN = 300
"""Rows of one list at the most."""


@dataclass(frozen=True)
class PlaceRow:
    """One place that may receive somebody. `guests`: how many open requests are matched with it."""

    resource_id: UUID
    name: str
    kind: str
    area: str | None
    programme: str | None
    listed_on: date
    retired_on: date | None
    guests: int


async def open_places(db: Connection, words: str = "", limit: int = SHOWN) -> list[PlaceRow]:
    """Places that are open now; with words, those whose name or area has all of them."""
    patterns = [f"%{_escaped(search_key(word))}%" for word in words.split()]
    return [PlaceRow(*row) for row in await db.fetch(_OPEN, patterns, limit)]


async def names_of(db: Connection, resource_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What these places are called, retired ones too."""
    rows = await db.fetch(_NAMES, list(resource_ids)) if resource_ids else []
    return {row["resource_id"]: row["name"] for row in rows}


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    for record in batch:  # a handful a year: one by one, in their order
        match record.event:
            case Listed() as e:
                key = search_key(f"{e.name} {e.area or ''}")
                await db.execute(
                    _LISTED, e.resource_id, e.name, key, e.kind, e.area, e.programme, e.listed_on
                )
            case Renamed() as e:
                key = search_key(f"{e.name} {e.area or ''}")
                await db.execute(
                    _RENAMED, record.stream_id, e.name, key, e.kind, e.area, e.programme
                )
            case Retired() as e:
                await db.execute(_RETIRED, e.resource_id, e.retired_on, e.reason)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_OPEN = """
SELECT p.resource_id, p.name, p.kind, p.area, p.programme, p.listed_on, p.retired_on,
       (SELECT count(*)::int FROM requests r
        WHERE r.resource_id = p.resource_id AND r.status <> 'concluded')
FROM places p WHERE p.retired_on IS NULL AND p.search_key LIKE ALL ($1::text[])
ORDER BY p.area NULLS LAST, p.name, p.resource_id LIMIT $2
"""
_NAMES = "SELECT resource_id, name FROM places WHERE resource_id = ANY ($1::uuid[])"
_LISTED = """
INSERT INTO places (resource_id, name, search_key, kind, area, programme, listed_on)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (resource_id) DO NOTHING
"""
_RENAMED = """
UPDATE places SET name = $2, search_key = $3, kind = $4, area = $5, programme = $6
WHERE resource_id = $1
"""
_RETIRED = "UPDATE places SET retired_on = $2, reason = $3 WHERE resource_id = $1"

places = ReadModel("places", ("places",), project)
