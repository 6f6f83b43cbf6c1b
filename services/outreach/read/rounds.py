"""声かけ・見回りの一覧: where we mean to go, and where we were (T-30)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.outreach.domain.round import CalledOff, Made, Planned
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 300
"""Rows of one list at the most."""


@dataclass(frozen=True)
class RoundRow:
    """One round as it stands."""

    round_id: UUID
    place: str
    nurse_district: str | None
    planned_on: date | None
    made_on: date | None
    gathered: int | None
    heard: str | None
    called_off_on: date | None
    leads: int

    def is_late(self, today: date) -> bool:
        """Planned for a day gone by, and nobody wrote what became of it."""
        waits = self.made_on is None and self.called_off_on is None
        return waits and self.planned_on is not None and self.planned_on < today


async def rounds_planned(db: Connection, district: str | None = None) -> list[RoundRow]:
    """Whose day is next, overdue ones first."""
    rows = await db.fetch(_ALL + _PLANNED, district, SHOWN)
    return [RoundRow(*row) for row in rows]


async def rounds_made(db: Connection, district: str | None = None) -> list[RoundRow]:
    """Newest first."""
    rows = await db.fetch(_ALL + _MADE, district, SHOWN)
    return [RoundRow(*row) for row in rows]


async def round_row(db: Connection, round_id: UUID) -> RoundRow | None:
    row = await db.fetchrow(_ALL + "WHERE r.round_id = $1", round_id)
    return RoundRow(*row) if row else None


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In the order of a round's life."""
    for kind, sql in _WRITTEN.items():
        rows = [r.event.model_dump() for r in batch if isinstance(r.event, kind)]
        if rows:
            yield Write(sql, rows)


_ALL = """
SELECT r.round_id, r.place, r.nurse_district, r.planned_on, r.made_on, r.gathered, r.heard,
       r.called_off_on, (SELECT count(*)::int FROM leads l WHERE l.round_id = r.round_id)
FROM rounds r
"""
_OF = "($1::text IS NULL OR r.nurse_district IS NULL OR r.nurse_district = $1)"
_PLANNED = f"""
WHERE {_OF} AND r.made_on IS NULL AND r.called_off_on IS NULL
ORDER BY r.planned_on, r.round_id LIMIT $2
"""
_MADE = f"WHERE {_OF} AND r.made_on IS NOT NULL ORDER BY r.made_on DESC, r.round_id LIMIT $2"
_WRITTEN: dict[type[Any], str] = {
    Planned: """
        INSERT INTO rounds (round_id, place, nurse_district, planned_on)
        SELECT n.* FROM json_to_recordset($1) AS n(
          round_id uuid, place text, nurse_district text, planned_on date)
        ON CONFLICT (round_id) DO NOTHING""",
    Made: """
        INSERT INTO rounds AS r (round_id, place, nurse_district, made_on, gathered, heard)
        SELECT n.* FROM json_to_recordset($1) AS n(
          round_id uuid, place text, nurse_district text, made_on date, gathered int, heard text)
        ON CONFLICT (round_id) DO UPDATE
        SET place = EXCLUDED.place, nurse_district = EXCLUDED.nurse_district,
            made_on = EXCLUDED.made_on, gathered = EXCLUDED.gathered, heard = EXCLUDED.heard""",
    CalledOff: """
        UPDATE rounds r SET called_off_on = n.called_off_on
        FROM json_to_recordset($1) AS n(round_id uuid, called_off_on date)
        WHERE r.round_id = n.round_id""",
}

rounds = ReadModel("rounds", ("rounds",), project)
