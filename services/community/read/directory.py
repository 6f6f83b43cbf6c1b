"""社会資源の台帳: found by name, area or kind, with the day somebody last checked it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.community.domain.resource import Card, Checked, Corrected, Registered, Retired
from shared.sourcing.log import Connection, Entry, ReadModel, Write
from shared.vocabulary.text import search_key

SHOWN = 300
"""Rows of one list at the most."""


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
    registered_on: date
    checked_on: date
    retired_on: date | None
    reason: str | None


@dataclass(frozen=True)
class Search:
    """What somebody looks for. `words` must all appear in name, area, town, target or note."""

    words: str = ""
    kind: str | None = None
    area: str | None = None
    retired: bool = False


async def find(db: Connection, wanted: Search, limit: int = SHOWN) -> list[ResourceRow]:
    """Matching entries, by area and name."""
    patterns = [f"%{_escaped(search_key(word))}%" for word in wanted.words.split()]
    rows = await db.fetch(_FIND, patterns, wanted.kind, wanted.area, wanted.retired, limit)
    return [ResourceRow(*row) for row in rows]


async def count_open(db: Connection) -> int:
    """How many entries are open now (Q-05)."""
    count: int = await db.fetchval("SELECT count(*) FROM resources WHERE retired_on IS NULL")
    return count


async def areas(db: Connection) -> list[str]:
    """Areas that have an open entry."""
    return [row[0] for row in await db.fetch(_AREAS)]


async def known_ids(db: Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these entries exist, open or retired."""
    rows = await db.fetch(
        "SELECT resource_id FROM resources WHERE resource_id = ANY ($1::uuid[])", list(ids)
    )
    return {row["resource_id"] for row in rows}


async def resource_row(db: Connection, resource_id: UUID) -> ResourceRow | None:
    """One entry, None if there is none."""
    row = await db.fetchrow(f"{_ALL} WHERE resource_id = $1", resource_id)
    return ResourceRow(*row) if row else None


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """New entries as one set (the plan's 50 venues come at once), changes one by one."""
    new = [r.event for r in batch if isinstance(r.event, Registered)]
    if new:
        yield Write(_REGISTERED, [_row(e.resource_id, e.card, e.registered_on) for e in new])
    for entry in batch:
        match entry.event:
            case Corrected() as e:
                yield Write(_CORRECTED, [_row(e.resource_id, e.card, e.corrected_on)])
            case Checked() as e:
                yield Write(_CHECKED, [{"id": entry.stream_id, "day": e.checked_on}])
            case Retired() as e:
                yield Write(
                    _RETIRED, [{"id": e.resource_id, "day": e.retired_on, "reason": e.reason}]
                )


def _row(resource_id: UUID, card: Card, day: date) -> dict[str, Any]:
    return {**card.model_dump(), "id": resource_id, "key": _key(card), "day": day}


def _key(card: Card) -> str:
    said = (card.name, card.area, card.town, card.target, card.note)
    return search_key(" ".join(text for text in said if text))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_ALL = """
SELECT resource_id, name, kind, programme, area, town, address, phone, held, target, note,
       registered_on, checked_on, retired_on, reason
FROM resources
"""
_FIND = f"""{_ALL}
WHERE search_key LIKE ALL ($1::text[]) AND ($2::text IS NULL OR kind = $2)
  AND ($3::text IS NULL OR area = $3) AND ($4 OR retired_on IS NULL)
ORDER BY retired_on IS NOT NULL, area NULLS LAST, name, resource_id LIMIT $5
"""
_AREAS = """
SELECT DISTINCT area FROM resources WHERE area IS NOT NULL AND retired_on IS NULL ORDER BY area
"""
_GIVEN = """
json_to_recordset($1) AS n(
  id uuid, name text, kind text, programme text, area text, town text, address text, phone text,
  held text, target text, note text, key text, day date)
"""
_REGISTERED = f"""
INSERT INTO resources (resource_id, name, kind, programme, area, town, address, phone, held, target,
                       note, search_key, registered_on, checked_on)
SELECT n.*, n.day FROM {_GIVEN} ON CONFLICT (resource_id) DO NOTHING
"""  # noqa: S608 - constants of this file
_CORRECTED = f"""
UPDATE resources SET name = n.name, kind = n.kind, programme = n.programme, area = n.area,
       town = n.town, address = n.address, phone = n.phone, held = n.held, target = n.target,
       note = n.note, search_key = n.key, checked_on = greatest(checked_on, n.day)
FROM {_GIVEN} WHERE resource_id = n.id
"""  # noqa: S608 - constants of this file
_CHECKED = """
UPDATE resources SET checked_on = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE resource_id = n.id
"""
_RETIRED = """
UPDATE resources SET retired_on = n.day, reason = n.reason
FROM json_to_recordset($1) AS n(id uuid, day date, reason text) WHERE resource_id = n.id
"""

directory = ReadModel("directory", ("resources",), project)
