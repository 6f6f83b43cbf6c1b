"""Places by what they are called, looked up one by one: the directory may be long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.sourcing.log import Connection
from shared.vocabulary.text import search_key

SUGGESTED = 1000
"""Names that a form offers at the most; any other is found when it is typed."""
_MARK = re.compile(r"【([0-9a-f]{8})】\s*$")
_LIKE_IT = 300
"""Entries whose name begins with the typed one, at the most."""


@dataclass(frozen=True)
class Named:
    """An entry as a form calls it."""

    resource_id: UUID
    name: str
    area: str | None
    marked: bool = False
    """Its name alone would not find it: there are two, or it is gone."""
    retired: bool = False

    @property
    def label(self) -> str:
        plain = f"{self.area}　{self.name}" if self.area else self.name
        return f"{plain}【{self.resource_id.hex[-8:]}】" if self.marked else plain


async def named(db: Connection, texts: Iterable[str]) -> dict[str, list[Named]]:
    """What each text may mean: one entry, none, several. What is open goes before what is gone."""
    asked = {text: list(dict.fromkeys(_beginnings(text))) for text in texts}
    keys = sorted({key for several in asked.values() for key in several if key})
    rows = await db.fetch(_BY_NAME, keys, _LIKE_IT) if keys else []
    found: dict[str, list[Named]] = {}
    for row in rows:
        found.setdefault(row["key"], []).append(_named(row))
    return {
        text: _meant(text, [one for key in several for one in found.get(key, [])])
        for text, several in asked.items()
    }


async def names_of(db: Connection, ids: Iterable[UUID]) -> dict[UUID, Named]:
    """What these entries are called, open or gone."""
    rows = await db.fetch(_BY_ID, list(ids))
    return {row["resource_id"]: _named(row) for row in rows}


async def suggested(
    db: Connection, programmes: Sequence[str] = (), limit: int = SUGGESTED
) -> list[str]:
    """Open entries as a form offers them; those of the programmes first."""
    rows = await db.fetch(_SUGGESTED, list(programmes), limit)
    return [_named(row).label for row in rows]


async def regular(db: Connection, programme: str, kind: str, limit: int) -> list[UUID]:
    """The open entries of one kind in one programme: a session each is to be expected."""
    rows = await db.fetch(_REGULAR, programme, kind, limit)
    return [row["resource_id"] for row in rows]


def _beginnings(text: str) -> Iterator[str]:
    """The text and its ends after a space, as keys: in 「地区　名前」 the name begins there."""
    words = _MARK.sub("", text).split()
    for n in range(len(words)):
        yield search_key("".join(words[n:]))[:120]


def _meant(text: str, alike: Sequence[Named]) -> list[Named]:
    key, mark = search_key(_MARK.sub("", text)), _MARK.search(text)
    exact = {
        one.resource_id: one
        for one in alike
        if key in (search_key(one.name), search_key(f"{one.area or ''}{one.name}"))
    }
    if mark:
        return [one for one in exact.values() if one.resource_id.hex.endswith(mark[1])]
    return [one for one in exact.values() if not one.retired] or list(exact.values())


def _named(row: object) -> Named:
    values = dict(row)  # type: ignore[call-overload]  # a Record is a mapping
    return Named(*(values[name] for name in ("resource_id", "name", "area", "marked", "retired")))


_MARKED = """
r.retired_on IS NOT NULL OR EXISTS (
  SELECT 1 FROM resources o WHERE o.name = r.name AND o.area IS NOT DISTINCT FROM r.area
   AND o.retired_on IS NULL AND o.resource_id <> r.resource_id)
"""
_SAID = f"""
SELECT r.resource_id, r.name, r.area, r.retired_on IS NOT NULL AS retired, {_MARKED} AS marked
"""
_BY_NAME = f"""
SELECT w.key, r.* FROM unnest($1::text[]) AS w(key), LATERAL ({_SAID}
  FROM resources r WHERE left(r.search_key, 120) ~>=~ w.key
   AND left(r.search_key, 120) ~<~ (w.key || chr(1114111)) LIMIT $2) AS r
"""  # noqa: S608 - constants of this file
_BY_ID = f"{_SAID} FROM resources r WHERE r.resource_id = ANY ($1::uuid[])"
_SUGGESTED = f"""{_SAID} FROM resources r WHERE r.retired_on IS NULL
ORDER BY coalesce(r.programme = ANY ($1::text[]), false) DESC, r.area NULLS LAST, r.name,
         r.resource_id LIMIT $2
"""
_REGULAR = """
SELECT resource_id FROM resources
WHERE programme = $1 AND kind = $2 AND retired_on IS NULL
ORDER BY area NULLS LAST, name, resource_id LIMIT $3
"""
