"""データの時点: how far the facts of every team have been counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.reporting.read.known import NOW
from services.reporting.read.labels import TEAMS
from shared.sourcing.log import Connection


@dataclass(frozen=True)
class AsOf:
    """One team's facts: the last one counted, and the last day on which something counted was."""

    team: str
    title: str
    position: int
    waiting: int | None
    """Facts that are told and not counted yet; None while the team cannot be asked."""
    last_day: date | None


async def data_as_of(db: Connection, heads: Mapping[str, int], known: UUID = NOW) -> list[AsOf]:
    """All telling teams, those not heard of yet at position 0. `heads`: how far each has told.

    Of a past day: the last fact counted that was known then; what waited then is not known now.
    """
    if known != NOW:
        rows = await db.fetch(_THEN, known)
        last = {row["source"]: (row["position"], row["day"]) for row in rows}
        return [AsOf(team, title, *_at(last.get(team))) for team, title in TEAMS.items()]
    consumed = await db.fetch("SELECT source, position FROM consumed")
    dated = await db.fetch("SELECT source, day FROM last_days")
    positions: dict[str, int] = {row["source"]: row["position"] for row in consumed}
    days: dict[str, date] = {row["source"]: row["day"] for row in dated}
    return [
        AsOf(team, title, positions.get(team, 0), _waiting(team, positions, heads), days.get(team))
        for team, title in TEAMS.items()
    ]


def _at(last: tuple[int, date] | None) -> tuple[int, int | None, date | None]:
    return (last[0], None, last[1]) if last else (0, None, None)


_THEN = """
SELECT source, max(position) AS position, max(day) AS day FROM observations
WHERE fact_id <= $1 GROUP BY source
"""


def _waiting(team: str, positions: Mapping[str, int], heads: Mapping[str, int]) -> int | None:
    return max(0, heads[team] - positions.get(team, 0)) if team in heads else None
