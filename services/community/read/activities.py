"""活動の記録: what took place, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.community.domain.activity import Corrected, Recorded
from services.community.read.searching import Search
from shared.sourcing.log import Connection, Entry, ReadModel, Write
from shared.vocabulary.city import City
from shared.vocabulary.text import escaped, search_key

SHOWN = 200
"""Rows of one list at the most."""
HELD = 1000
"""Records of one week at the most."""


@dataclass(frozen=True)
class ActivityRow:
    """One activity as it stands."""

    activity_id: UUID
    programme: str
    kind: str
    resource_id: UUID | None
    place: str | None
    held_on: date
    counts: dict[str, int]
    story: str | None
    note: str | None
    corrected_on: date | None

    def said(self, city: City) -> str:
        """The numbers, in the order of the city's list, and the text in one line."""
        measures = city.entries("activity_measures")
        numbers = [f"{m.label} {self.counts[m.code]}" for m in measures if m.code in self.counts]
        return "、".join([*numbers, *([self.story] if self.story else [])])


@dataclass(frozen=True)
class ActivitySearch:
    """What somebody looks for in the log."""

    programme: str | None = None
    kind: str | None = None
    words: str = ""
    """All of them in what its place says of itself."""
    since: date | None = None
    until: date | None = None
    resource_id: UUID | None = None


async def logged(
    db: Connection, asked: ActivitySearch, limit: int = SHOWN, after: int = 0
) -> list[ActivityRow]:
    """Activities, newest first. The statement is planned with the values it asks for."""
    words = [f"%{escaped(search_key(word))}%" for word in asked.words.split()]
    rows = await db.fetch(
        _LOGGED,
        asked.programme,
        asked.kind,
        words or None,
        asked.since,
        asked.until,
        asked.resource_id,
        limit,
        after,
    )
    return [_shown(row) for row in rows]


async def newest(
    db: Connection,
    resource_id: UUID | None = None,
    programme: str | None = None,
    limit: int = SHOWN,
) -> list[ActivityRow]:
    """The last activities, of one place or one programme if it is named."""
    if resource_id is not None:
        rows = await db.fetch(_NEWEST_AT, programme, limit, resource_id)
    elif programme is not None:
        rows = await db.fetch(_NEWEST_OF, programme, limit)
    else:
        rows = await db.fetch(_NEWEST, limit)
    return [_shown(row) for row in rows]


async def held_between(
    db: Connection, since: date, until: date, wanted: Search
) -> list[ActivityRow]:
    """What took place in these days, at the places that are asked for; one more than is shown."""
    rows = await db.fetch(
        _BETWEEN,
        since,
        until,
        wanted.area,
        wanted.kind,
        list(wanted.targets) or None,
        wanted.town,
        HELD + 1,
    )
    return [_shown(row) for row in rows]


async def recorded_already(
    db: Connection, kind: str, held: Sequence[tuple[date, UUID | None]], but: Sequence[UUID]
) -> set[tuple[date, UUID | None]]:
    """Which of these days at these places have a record of this kind, other than those named."""
    days, places = [day for day, _ in held], [place for _, place in held]
    rows = await db.fetch(_ALREADY, kind, days, places, list(but))
    return {(row["held_on"], row["resource_id"]) for row in rows}


def _shown(row: Any) -> ActivityRow:
    return ActivityRow(**{**dict(row), "counts": json.loads(row["counts"])})


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """The last sheet of each activity in the batch, written as one set."""
    last: dict[UUID, Recorded | Corrected] = {}
    for entry in batch:
        if isinstance(entry.event, Recorded | Corrected):
            last[entry.event.activity_id] = entry.event
    if last:
        yield Write(_WRITTEN, [_row(event) for event in last.values()])


def _row(event: Recorded | Corrected) -> dict[str, Any]:
    corrected_on = event.corrected_on if isinstance(event, Corrected) else None
    return {
        **event.sheet.model_dump(),
        "activity_id": event.activity_id,
        "corrected_on": corrected_on,
    }


_ALL = """
SELECT a.activity_id, a.programme, a.kind, a.resource_id, r.name AS place, a.held_on, a.counts,
       a.story, a.note, a.corrected_on
FROM activities a LEFT JOIN resources r USING (resource_id)
"""
_BETWEEN = f"""{_ALL}
WHERE a.held_on BETWEEN $1 AND $2 AND ($3::text IS NULL OR r.area = $3)
  AND ($4::text IS NULL OR r.kind = $4) AND ($5::text[] IS NULL OR r.targets && $5)
  AND ($6::text IS NULL OR r.town = $6)
ORDER BY a.held_on, a.activity_id LIMIT $7
"""
_ALREADY = """
SELECT a.held_on, a.resource_id
FROM unnest($2::date[], $3::uuid[]) AS w(day, place)
JOIN activities a ON a.held_on = w.day AND a.resource_id IS NOT DISTINCT FROM w.place
WHERE a.kind = $1 AND a.activity_id <> ALL ($4::uuid[])
"""
_ORDER = "ORDER BY a.held_on DESC, a.activity_id DESC LIMIT"
_NEWEST = f"{_ALL} {_ORDER} $1"
_LOGGED = f"""{_ALL}
WHERE ($1::text IS NULL OR a.programme = $1) AND ($2::text IS NULL OR a.kind = $2)
  AND ($3::text[] IS NULL OR r.search_key LIKE ALL ($3))
  AND ($4::date IS NULL OR a.held_on >= $4) AND ($5::date IS NULL OR a.held_on <= $5)
  AND ($6::uuid IS NULL OR a.resource_id = $6)
{_ORDER} $7 OFFSET $8
"""
_NEWEST_OF = f"{_ALL} WHERE a.programme = $1 {_ORDER} $2"
_NEWEST_AT = f"""{_ALL}
WHERE a.resource_id = $3 AND ($1::text IS NULL OR a.programme = $1) {_ORDER} $2
"""
_WRITTEN = """
INSERT INTO activities (activity_id, programme, kind, resource_id, held_on, counts, story, note,
                        corrected_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  activity_id uuid, programme text, kind text, resource_id uuid, held_on date, counts jsonb,
  story text, note text, corrected_on date)
ON CONFLICT (activity_id) DO UPDATE
SET programme = EXCLUDED.programme, kind = EXCLUDED.kind, resource_id = EXCLUDED.resource_id,
    held_on = EXCLUDED.held_on, counts = EXCLUDED.counts, story = EXCLUDED.story,
    note = EXCLUDED.note, corrected_on = EXCLUDED.corrected_on
"""

activities = ReadModel("activities", ("activities",), project)
