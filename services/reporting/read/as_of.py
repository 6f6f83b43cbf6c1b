"""データの時点: how far the facts of every team have been counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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


async def data_as_of(db: Connection, heads: Mapping[str, int]) -> list[AsOf]:
    """All telling teams, those not heard of yet at position 0. `heads`: how far each has told."""
    consumed = await db.fetch("SELECT source, position FROM consumed")
    dated = await db.fetch("SELECT source, day FROM last_days")
    positions: dict[str, int] = {row["source"]: row["position"] for row in consumed}
    days: dict[str, date] = {row["source"]: row["day"] for row in dated}
    return [
        AsOf(team, title, positions.get(team, 0), _waiting(team, positions, heads), days.get(team))
        for team, title in TEAMS.items()
    ]


def _waiting(team: str, positions: Mapping[str, int], heads: Mapping[str, int]) -> int | None:
    return max(0, heads[team] - positions.get(team, 0)) if team in heads else None
