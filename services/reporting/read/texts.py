"""What was written, for the indicators of the plan that are words (X-28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.indicators import Definition
from services.reporting.read.known import NOW
from shared.sourcing.log import Connection

SHOWN = 500
"""Texts of one year at the most."""


@dataclass(frozen=True)
class Text:
    """The text of one record as it holds now."""

    indicator: str
    day: date
    text: str
    fact_id: UUID


async def texts_of(
    db: Connection, fiscal_year: int, definitions: Sequence[Definition], known: UUID = NOW
) -> dict[str, list[Text]]:
    """Indicator → its texts of the year, oldest first; of a corrected record the newest one."""
    asked = [one.id for one in definitions if one.kind != "number"]
    rows = await db.fetch(_TEXTS, asked, fiscal_year, SHOWN, known) if asked else []
    found: dict[str, list[Text]] = {one: [] for one in asked}
    for row in rows:
        found[row["indicator"]].append(Text(*row))
    return found


_TEXTS = """
SELECT indicator, day, note, fact_id
FROM (SELECT DISTINCT ON (indicator, thing) indicator, day, note, fact_id, position, item
      FROM observations
      WHERE indicator = ANY($1::text[]) AND fiscal_year = $2 AND thing IS NOT NULL
        AND fact_id <= $4
      ORDER BY indicator, thing, position DESC, item DESC) AS newest
WHERE note IS NOT NULL ORDER BY indicator, day, position LIMIT $3
"""
