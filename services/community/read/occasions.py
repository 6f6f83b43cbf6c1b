"""予定の催し: what is still to come, by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.community.domain.occasion import Announced, Cancelled, Corrected
from services.community.read.searching import Search
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 100
"""Rows of one page."""
MOST = 2_000
"""Of one calendar: years of them."""


@dataclass(frozen=True)
class OccasionRow:
    """One notice as it stands."""

    occasion_id: UUID
    title: str
    held_on: date
    starts: str | None
    ends: str | None
    resource_id: UUID | None
    place: str | None
    programme: str | None
    about: str | None
    published: bool
    announced_on: date
    cancelled_on: date | None
    edition: int

    @property
    def times(self) -> str:
        """10:00-11:30; empty when no time is said."""
        if self.starts is None:
            return ""
        return f"{self.starts}-{self.ends}" if self.ends else f"{self.starts}から"


async def coming(
    db: Connection,
    since: date,
    until: date | None = None,
    wanted: Search | None = None,
    limit: int = MOST,
    after: int = 0,
) -> list[OccasionRow]:
    """What is announced from that day on, at the places that are asked for, the next one first."""
    asked = wanted or Search()
    rows = await db.fetch(
        _COMING,
        since,
        until,
        asked.area,
        asked.kind,
        list(asked.targets) or None,
        asked.town,
        asked.published,
        limit,
        after,
    )
    return [OccasionRow(**dict(row)) for row in rows]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    for entry in batch:
        match entry.event:
            case Announced() as e:
                row = {**e.notice.model_dump(), "id": entry.stream_id, "edition": 1}
                yield Write(_WRITTEN, [row | {"day": e.announced_on}])
            case Corrected() as e:
                row = {**e.notice.model_dump(), "id": entry.stream_id, "edition": e.edition}
                yield Write(_WRITTEN, [row | {"day": e.corrected_on}])
            case Cancelled() as e:
                yield Write(_CANCELLED, [{"id": entry.stream_id, "day": e.cancelled_on}])


_COMING = """
SELECT o.occasion_id, o.title, o.held_on, o.starts, o.ends, o.resource_id, r.name AS place,
       o.programme, o.about, o.published, o.announced_on, o.cancelled_on, o.edition
FROM occasions o LEFT JOIN resources r USING (resource_id)
WHERE o.held_on >= $1 AND ($2::date IS NULL OR o.held_on <= $2)
  AND ($3::text IS NULL OR r.area = $3) AND ($4::text IS NULL OR r.kind = $4)
  AND ($5::text[] IS NULL OR r.targets && $5) AND ($6::text IS NULL OR r.town = $6)
  AND (o.published OR NOT $7)
ORDER BY o.held_on, o.starts NULLS LAST, o.occasion_id LIMIT $8 OFFSET $9
"""
_WRITTEN = """
INSERT INTO occasions (occasion_id, title, held_on, starts, ends, resource_id, programme, about,
                       published, edition, announced_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  id uuid, title text, held_on date, starts text, ends text, resource_id uuid, programme text,
  about text, published boolean, edition integer, day date)
ON CONFLICT (occasion_id) DO UPDATE
SET title = EXCLUDED.title, held_on = EXCLUDED.held_on, starts = EXCLUDED.starts,
    ends = EXCLUDED.ends, resource_id = EXCLUDED.resource_id, programme = EXCLUDED.programme,
    about = EXCLUDED.about, published = EXCLUDED.published, edition = EXCLUDED.edition
"""
_CANCELLED = """
UPDATE occasions SET cancelled_on = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE occasion_id = n.id
"""

occasions = ReadModel("occasions", ("occasions",), project)
