"""Finding a place: by words, area, day of the week, target, care, programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.community.read.directory import ALL, ResourceRow, row_of
from shared.sourcing.log import Connection
from shared.vocabulary.text import escaped, search_key

SHOWN = 100
"""Rows of one page."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for. `words` must all appear in what the entry says of itself."""

    words: str = ""
    kind: str | None = None
    area: str | None = None
    retired: bool = False
    town: str | None = None
    weekday: str | None = None
    targets: tuple[str, ...] = ()
    """Any of these."""
    care: str | None = None
    programme: str | None = None
    not_capacity: tuple[str, ...] = ()
    """None of these; a place of which nobody knows it may have room."""
    unchecked_since: date | None = None
    published: bool = False
    word_towns: tuple[tuple[str, ...], ...] = ()
    """For each of the words the codes of the towns that are called so (X-04)."""
    no_town: bool = False
    """Only what has no 町名 yet (X-06)."""


async def find(
    db: Connection, wanted: Search, limit: int = SHOWN, after: int = 0
) -> list[ResourceRow]:
    """Matching entries, by area and name."""
    rows = await db.fetch(_FIND, *_asked(wanted), limit, after)
    return [row_of(row) for row in rows]


async def count(db: Connection, wanted: Search) -> int:
    """How many there are in all."""
    found: int = await db.fetchval(_COUNT, *_asked(wanted))
    return found


async def areas(db: Connection, *, published: bool = False) -> list[str]:
    """Areas that have an open entry."""
    return [row[0] for row in await db.fetch(_AREAS, published)]


async def names(db: Connection, column: str) -> list[str]:
    """What entries say so far, as suggestions: of `organisation` or `building`."""
    return [row[0] for row in await db.fetch(_SUGGESTED[column])]


def _asked(wanted: Search) -> Sequence[object]:
    words = wanted.words.split()
    towns = wanted.word_towns or ((),) * len(words)
    return (
        [f"%{escaped(search_key(word))}%" for word in words],
        wanted.kind,
        wanted.area,
        wanted.retired,
        wanted.town,
        wanted.weekday,
        list(wanted.targets) or None,
        wanted.care,
        wanted.programme,
        list(wanted.not_capacity),
        wanted.unchecked_since,
        wanted.published,
        [" ".join(codes) for codes in towns] if any(towns) else None,
        wanted.no_town,
    )


_MATCHING = """
WHERE CASE WHEN $13::text[] IS NULL THEN search_key LIKE ALL ($1::text[]) ELSE NOT EXISTS (
    SELECT 1 FROM unnest($1::text[], $13) AS w(word, towns) WHERE NOT (
      search_key LIKE w.word OR coalesce(town = ANY (string_to_array(w.towns, ' ')), false))) END
  AND ($2::text IS NULL OR kind = $2)
  AND ($3::text IS NULL OR area = $3) AND ($4 OR retired_on IS NULL)
  AND ($5::text IS NULL OR town = $5) AND ($6::text IS NULL OR $6 = ANY (weekdays))
  AND ($7::text[] IS NULL OR targets && $7) AND ($8::text IS NULL OR $8 = ANY (cares))
  AND ($9::text IS NULL OR programme = $9) AND coalesce(capacity <> ALL ($10::text[]), true)
  AND ($11::date IS NULL OR (checked_on < $11 AND retired_on IS NULL))
  AND (published OR NOT $12) AND (town IS NULL OR NOT $14)
"""
_FIND = f"""{ALL} {_MATCHING}
ORDER BY retired_on IS NOT NULL, area NULLS LAST, name, resource_id LIMIT $15 OFFSET $16
"""
_COUNT = f"SELECT count(*) FROM resources {_MATCHING}"  # noqa: S608 - constants of this file
_AREAS = """
SELECT DISTINCT area FROM resources
WHERE area IS NOT NULL AND retired_on IS NULL AND (published OR NOT $1) ORDER BY area
"""
_SUGGESTED = {
    column: (
        f"SELECT DISTINCT {column} FROM resources WHERE {column} IS NOT NULL "  # noqa: S608 - ours
        f"AND retired_on IS NULL ORDER BY {column} LIMIT 500"
    )
    for column in ("organisation", "building")
}
