"""Received hand-overs and the standing of cases as tables, written inside the append transaction.

A service that keeps them copies the two tables from `tables.sql` into a migration of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.casefile.handover import PersonalPartReceived
from shared.casefile.standing import SetDown, TakenUp
from shared.sourcing.log import Connection, ReadModel, Recorded


async def keep_handovers(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """One row per hand-over, with the name that lists show."""
    parts = [r.event for r in batch if isinstance(r.event, PersonalPartReceived)]
    if parts:
        await db.execute(
            _HANDOVERS,
            [p.handover_id for p in parts],
            [p.case_id for p in parts],
            [p.received_on for p in parts],
            [p.basis for p in parts],
            [p.name for p in parts],
            [p.kana for p in parts],
        )


async def keep_standings(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """One row per case that was ever closed; the last word of a batch counts."""
    last = {r.event.case_id: r.event for r in batch if isinstance(r.event, SetDown | TakenUp)}
    if last:
        closed = [e if isinstance(e, SetDown) else None for e in last.values()]
        await db.execute(
            _STANDINGS,
            list(last),
            [c.closed_on if c else None for c in closed],
            [c.lead_agency if c else None for c in closed],
        )


_HANDOVERS = """
INSERT INTO handed_over (handover_id, case_id, received_on, basis, name, kana)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::text[], $5::text[], $6::text[])
ON CONFLICT (handover_id) DO NOTHING
"""
_STANDINGS = """
INSERT INTO case_standing (case_id, closed_on, lead_agency)
SELECT * FROM unnest($1::uuid[], $2::date[], $3::text[])
ON CONFLICT (case_id) DO UPDATE
SET closed_on = EXCLUDED.closed_on, lead_agency = EXCLUDED.lead_agency
"""

handed_over = ReadModel(
    "handed-over",
    ("handed_over",),
    keep_handovers,
    purge="UPDATE handed_over SET name = NULL, kana = NULL WHERE case_id = $1",
)
case_standing = ReadModel("case-standing", ("case_standing",), keep_standings)
