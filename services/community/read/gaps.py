"""足りない社会資源: what was missed, what became of it, and how long that took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.community.domain.gap import (
    OPEN,
    Dropped,
    Matched,
    Noted,
    NotedAgain,
    Opened,
    Prepared,
)
from services.community.domain.resource import Used
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 100
"""Rows of one list at the most."""


@dataclass(frozen=True)
class GapRow:
    """One need as it stands."""

    gap_id: UUID
    kind: str
    catchment: str | None
    targets: Sequence[str]
    note: str | None
    source: str
    status: str
    times: int
    noted_on: date
    plan: str | None
    prepared_on: date | None
    due_on: date
    """By when something is to happen: as agreed, else some days after it was noted (F-07)."""
    resource_id: UUID | None
    place: str | None
    opened_on: date | None
    matched_on: date | None
    reason: str | None
    dropped_on: date | None

    @property
    def under_way(self) -> bool:
        return self.status in OPEN


@dataclass(frozen=True)
class LoopTime:
    """N-07: how many days from missing something to having it, and to somebody who goes there."""

    waiting: int
    opened: int
    matched: int
    days_to_open: float | None
    """Median; None: nothing has been opened."""
    days_to_match: float | None


async def gaps_of(
    db: Connection,
    patience: int,
    status: str | None = None,
    late_on: date | None = None,
    after: int = 0,
) -> list[GapRow]:
    """Needs, what was missed most often first, then the oldest; those that are late on a day."""
    rows = await db.fetch(_LIST, patience, status, late_on, SHOWN, after)
    return [GapRow(**dict(row)) for row in rows]


async def count_gaps(
    db: Connection, patience: int, status: str | None = None, late_on: date | None = None
) -> int:
    """How many there are in all."""
    count: int = await db.fetchval(_COUNT, patience, status, late_on)
    return count


async def due_days(db: Connection, patience: int) -> list[date]:
    """The days by which something is to happen about what waits for a place (F-07)."""
    return [row["due_on"] for row in await db.fetch(_DUE, patience)]


async def first_use(db: Connection, resource_id: UUID, since: date) -> date | None:
    """The first day from then on when somebody was matched with the place."""
    day: date | None = await db.fetchval(_FIRST_USE, resource_id, since)
    return day


async def gap_row(db: Connection, gap_id: UUID, patience: int) -> GapRow | None:
    row = await db.fetchrow(_ONE, patience, gap_id)
    return GapRow(**dict(row)) if row else None


async def loop_time(db: Connection) -> LoopTime:
    """Over all needs that were ever noted."""
    [row] = await db.fetch(_LOOP)
    return LoopTime(**dict(row))


async def knows_missed(db: Connection, missed_id: UUID) -> bool:
    """Whether this was noted before, whatever became of it since."""
    return bool(await db.fetchval("SELECT 1 FROM gaps WHERE missed @> ARRAY[$1::uuid]", missed_id))


async def gap_for(db: Connection, kind: str, catchment: str | None) -> UUID | None:
    """The same need, if it still waits for a place."""
    found: UUID | None = await db.fetchval(_SAME, kind, catchment)
    return found


async def opened_with(db: Connection, resource_id: UUID) -> list[UUID]:
    """Needs for which this place was opened and where nobody has come yet."""
    rows = await db.fetch(
        "SELECT gap_id FROM gaps WHERE resource_id = $1 AND matched_on IS NULL", resource_id
    )
    return [row["gap_id"] for row in rows]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:
        match entry.event:
            case Noted() as e:
                need = {**e.need.model_dump(), "targets": sorted(e.need.targets)}
                more = {"gap": e.gap_id, "missed": e.missed_id, "source": e.source}
                yield Write(_NOTED, [{**need, **more, "day": e.noted_on}])
            case NotedAgain() as e:
                yield Write(_AGAIN, [{"id": entry.stream_id, "missed": e.missed_id}])
            case Prepared() as e:
                row = {"id": entry.stream_id, "plan": e.plan, "day": e.prepared_on}
                row |= {"due": e.due_on}
                yield Write(_PREPARED, [row])
            case Opened() as e:
                row = {"id": entry.stream_id, "place": e.resource_id, "day": e.opened_on}
                yield Write(_OPENED, [row])
            case Matched() as e:
                yield Write(_MATCHED, [{"id": entry.stream_id, "day": e.matched_on}])
            case Dropped() as e:
                row = {"id": entry.stream_id, "reason": e.reason, "day": e.dropped_on}
                yield Write(_DROPPED, [row])


def project_uses(batch: Sequence[Entry]) -> Iterator[Write]:
    """On which days somebody was matched with which place."""
    used = [entry.event for entry in batch if isinstance(entry.event, Used)]
    if used:
        yield Write(_USED, [{"place": e.resource_id, "day": e.used_on} for e in used])


_ALL = """
SELECT g.gap_id, g.kind, g.catchment, g.targets, g.note, g.source, g.status,
       cardinality(g.missed) AS times, g.noted_on, g.plan, g.prepared_on,
       coalesce(g.due_on, g.noted_on + $1::int) AS due_on, g.resource_id,
       r.name AS place, g.opened_on, g.matched_on, g.reason, g.dropped_on
FROM gaps g LEFT JOIN resources r USING (resource_id)
"""
_WAITING = "g.status IN ('noted', 'preparing')"
_ASKED = f"""
WHERE ($2::text IS NULL OR g.status = $2) AND ($3::date IS NULL
  OR ({_WAITING} AND coalesce(g.due_on, g.noted_on + $1::int) < $3))
"""
_LIST = f"""{_ALL} {_ASKED}
ORDER BY NOT ({_WAITING}), times DESC, g.noted_on, g.gap_id LIMIT $4 OFFSET $5
"""
_COUNT = f"SELECT count(*) FROM gaps g {_ASKED}"  # noqa: S608 - constants of this file
_DUE = f"""
SELECT coalesce(g.due_on, g.noted_on + $1::int) AS due_on FROM gaps g WHERE {_WAITING}
"""  # noqa: S608 - constants of this file
_FIRST_USE = "SELECT min(used_on) FROM place_uses WHERE resource_id = $1 AND used_on >= $2"
_USED = """
INSERT INTO place_uses (resource_id, used_on)
SELECT n.place, n.day FROM json_to_recordset($1) AS n(place uuid, day date)
ON CONFLICT DO NOTHING
"""
_ONE = f"{_ALL} WHERE g.gap_id = $2"
_LOOP = """
SELECT count(*) FILTER (WHERE status IN ('noted', 'preparing')) AS waiting,
       count(opened_on) AS opened, count(matched_on) AS matched,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY opened_on - noted_on) AS days_to_open,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY matched_on - noted_on) AS days_to_match
FROM gaps
"""
_SAME = """
SELECT gap_id FROM gaps
WHERE kind = $1 AND catchment IS NOT DISTINCT FROM $2
  AND status IN ('noted', 'preparing')
ORDER BY noted_on, gap_id LIMIT 1
"""
_NOTED = """
INSERT INTO gaps (gap_id, kind, catchment, targets, note, source, status, missed, noted_on)
SELECT gap, kind, catchment, targets, note, source, 'noted', ARRAY[missed], day
FROM json_to_recordset($1) AS n(gap uuid, kind text, catchment text, targets text[], note text,
                                source text, missed uuid, day date)
ON CONFLICT (gap_id) DO NOTHING
"""
_AGAIN = """
UPDATE gaps SET missed = gaps.missed || n.missed
FROM json_to_recordset($1) AS n(id uuid, missed uuid)
WHERE gap_id = n.id AND NOT gaps.missed @> ARRAY[n.missed]
"""
_PREPARED = """
UPDATE gaps SET status = 'preparing', plan = n.plan, prepared_on = coalesce(prepared_on, n.day),
       due_on = n.due
FROM json_to_recordset($1) AS n(id uuid, plan text, day date, due date) WHERE gap_id = n.id
"""
_OPENED = """
UPDATE gaps SET status = 'opened', resource_id = n.place, opened_on = n.day
FROM json_to_recordset($1) AS n(id uuid, place uuid, day date) WHERE gap_id = n.id
"""
_MATCHED = """
UPDATE gaps SET status = 'matched', matched_on = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE gap_id = n.id
"""
_DROPPED = """
UPDATE gaps SET status = 'dropped', reason = n.reason, dropped_on = n.day
FROM json_to_recordset($1) AS n(id uuid, reason text, day date) WHERE gap_id = n.id
"""

gaps = ReadModel("gaps", ("gaps",), project)
place_uses = ReadModel("place_uses", ("place_uses",), project_uses)
