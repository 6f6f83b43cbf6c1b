"""What is no number a second time: the texts of activities, and the signatures of closed years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import NamedTuple, TypeAlias
from uuid import UUID

from deploy.verifying.findings import Finding
from services.reporting.domain.year import YearClosed
from services.reporting.signing import is_genuine
from shared.sourcing.log import Connection

Texts: TypeAlias = Counter[tuple[str, int, date, str]]
"""(indicator, fiscal year, day, text), as often as it is there."""


class Signing(NamedTuple):
    """Against what a closing is held."""

    city: str
    keys: Collection[str]
    """Public keys of reporting, of now and of before; none: its key cannot be read here."""


KINDS = {
    "Q-16": "new-place",
    "Q-18": "phire-cooperation",
    "Q-19": "phire-exchange",
    "Q-20": "phire-procurement",
    "Q-21": "niji-community",
    "Q-22": "niji-sales",
    "Q-23": "parenting-course",
    "Q-24": "parenting-volunteers",
    "Q-25": "hardship-programme",
    "Q-26": "hardship-place",
}
"""Indicator → the kind of sheet whose text it shows (X-28)."""


async def check_closings(db: Connection, signing: Signing) -> Finding:
    """Every edition of every closed year is signed by reporting, as it stands in its events."""
    name = "年度の締めの署名が合う"
    rows = await db.fetch(
        "SELECT data FROM events WHERE type = 'year.YearClosed' ORDER BY position"
    )
    closed = [YearClosed.model_validate_json(row["data"]) for row in rows]
    if closed and not signing.keys:
        return Finding("reporting", name, ok=False, detail="鍵のファイルを読めません")
    forged = [one for one in closed if not is_genuine(signing.city, one, signing.keys)]
    said = "、".join(f"{one.fiscal_year}年度第{one.edition}版" for one in forged)
    detail = f"合わないもの: {said}" if forged else f"{len(closed)} 件を確認"
    return Finding("reporting", name, not forged, detail)


async def texts_shown(db: Connection) -> Texts:
    """The newest text of each activity, as reporting shows it."""
    return Counter(tuple(row) for row in await db.fetch(_SHOWN, list(KINDS)))


async def check_texts(
    db: Connection, shown: Texts, position: int, parked: Collection[UUID]
) -> Finding:
    """The same from community's events, as far as reporting has applied their facts."""
    asked = position, list(parked), list(KINDS), list(KINDS.values())
    written = Counter(tuple(row) for row in await db.fetch(_WRITTEN, *asked))
    differ = sorted(((shown - written) + (written - shown)).elements())
    said = "、".join(f"{indicator} {day.isoformat()}" for indicator, _, day, _ in differ[:5])
    detail = f"違うもの: {said}" if differ else f"{shown.total()} 件を確認"
    return Finding("reporting", "文章は最後の様式のとおり", not differ, detail)


_SHOWN = """
SELECT indicator, fiscal_year, day, note
FROM (SELECT DISTINCT ON (indicator, fiscal_year, thing) indicator, fiscal_year, day, note
      FROM observations WHERE indicator = ANY($1::text[]) AND thing IS NOT NULL
      ORDER BY indicator, fiscal_year, thing, position DESC, item DESC) AS newest
WHERE note IS NOT NULL
"""
_WRITTEN = """
SELECT asked.indicator,
       (extract(year FROM held_on) - (extract(month FROM held_on) < 4)::int)::int, held_on, story
FROM (SELECT DISTINCT ON (stream) data->'sheet'->>'kind' AS kind,
             (data->'sheet'->>'held_on')::date AS held_on, data->'sheet'->>'story' AS story
      FROM events
      WHERE type IN ('activity.Recorded', 'activity.Corrected') AND event_id <> ALL($2::uuid[])
        AND position <= (SELECT coalesce(max(event_position), 0) FROM facts WHERE position <= $1)
      ORDER BY stream, version DESC) AS last
JOIN unnest($3::text[], $4::text[]) AS asked(indicator, kind) USING (kind)
WHERE story <> ''
"""
