"""What was written, for the indicators of the plan that are words (X-28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import Definition
from services.reporting.read.known import NOW
from shared.sourcing.log import Connection

PAGE = 50
"""Texts on one screen."""


@dataclass(frozen=True)
class Text:
    """The text of one record as it holds now."""

    indicator: str
    day: date
    text: str
    fact_id: UUID


@dataclass(frozen=True)
class Written:
    """Some texts of an indicator, and how many there are."""

    texts: list[Text]
    count: int
    start: int = 0
    """How many stand before the first of them."""

    @property
    def next_start(self) -> int | None:
        """Where the next screen begins; None after the last text."""
        end = self.start + len(self.texts)
        return end if end < self.count else None


async def texts_of(
    db: Connection, fiscal_year: int, definitions: Sequence[Definition], known: UUID = NOW
) -> dict[str, list[Text]]:
    """Indicator → all its texts of the year, oldest first; of a corrected record the newest one.
    For files, which leave nothing out.
    """
    asked = _worded(definitions)
    rows = await db.fetch(_TEXTS, asked, fiscal_year, known, 0, None) if asked else []
    found: dict[str, list[Text]] = {one: [] for one in asked}
    for row in rows:
        found[row["indicator"]].append(Text(*row))
    return found


async def newest_of(
    db: Connection,
    fiscal_year: int,
    definitions: Sequence[Definition],
    known: UUID = NOW,
    shown: int = 3,
) -> dict[str, Written]:
    """Indicator → its last texts of the year, oldest first, and how many it has."""
    asked = _worded(definitions)
    rows = await db.fetch(_NEWEST, asked, fiscal_year, known, shown) if asked else []
    found = {one: Written([], 0) for one in asked}
    for *text, count in rows:
        one = Text(*text)
        found[one.indicator] = Written([*found[one.indicator].texts, one], count)
    return found


async def page_of_texts(
    db: Connection, fiscal_year: int, definition: Definition, known: UUID = NOW, start: int = 0
) -> Written:
    """One screen of an indicator's texts, oldest first."""
    if not (asked := _worded([definition])):
        return Written([], 0)
    newest = await newest_of(db, fiscal_year, [definition], known, shown=1)
    rows = await db.fetch(_TEXTS, asked, fiscal_year, known, start, PAGE)
    return Written([Text(*row) for row in rows], newest[definition.id].count, start)


def _worded(definitions: Sequence[Definition]) -> list[str]:
    return [one.id for one in definitions if one.kind != "number"]


_TEXTS = """
SELECT indicator, day, note, fact_id
FROM (SELECT DISTINCT ON (indicator, thing) indicator, day, note, fact_id, position, item
      FROM observations
      WHERE indicator = ANY($1::text[]) AND fiscal_year = $2 AND thing IS NOT NULL
        AND fact_id <= $3
      ORDER BY indicator, thing, position DESC, item DESC) AS newest
WHERE note IS NOT NULL ORDER BY indicator, day, position OFFSET $4 LIMIT $5
"""
_NEWEST = """
SELECT indicator, day, note, fact_id, count
FROM (SELECT *, count(*) OVER (PARTITION BY indicator) AS count,
             row_number() OVER (PARTITION BY indicator ORDER BY day DESC, position DESC) AS back
      FROM (SELECT DISTINCT ON (indicator, thing) indicator, day, note, fact_id, position, item
            FROM observations
            WHERE indicator = ANY($1::text[]) AND fiscal_year = $2 AND thing IS NOT NULL
              AND fact_id <= $3
            ORDER BY indicator, thing, position DESC, item DESC) AS held
      WHERE note IS NOT NULL) AS numbered
WHERE back <= $4 ORDER BY indicator, day, position
"""
