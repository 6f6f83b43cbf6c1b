"""Received hand-overs and the standing of cases as tables, written inside the append transaction.

A service that keeps them copies the two tables from `tables.sql` into a migration of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.casefile.handover import PersonalPartReceived
from shared.casefile.standing import SetDown, TakenUp
from shared.sourcing.log import Entry, ReadModel, Write


def keep_handovers(batch: Sequence[Entry]) -> Iterator[Write]:
    """One row per hand-over, with the name that lists show."""
    shown = {"handover_id", "case_id", "received_on", "basis", "name", "kana"}
    parts = [r.event for r in batch if isinstance(r.event, PersonalPartReceived)]
    if parts:
        yield Write(_HANDOVERS, [p.model_dump(include=shown) for p in parts])


def keep_standings(batch: Sequence[Entry]) -> Iterator[Write]:
    """One row per case that was ever closed; the last word of a batch counts."""
    last = {r.event.case_id: r.event for r in batch if isinstance(r.event, SetDown | TakenUp)}
    if last:
        yield Write(_STANDINGS, [_standing(event) for event in last.values()])


def _standing(event: SetDown | TakenUp) -> dict[str, object]:
    closed = event if isinstance(event, SetDown) else None
    return {
        "case_id": event.case_id,
        "closed_on": closed and closed.closed_on,
        "lead_agency": closed and closed.lead_agency,
    }


_HANDOVERS = """
INSERT INTO handed_over (handover_id, case_id, received_on, basis, name, kana)
SELECT n.* FROM json_to_recordset($1) AS n(
  handover_id uuid, case_id uuid, received_on date, basis text, name text, kana text)
ON CONFLICT (handover_id) DO NOTHING
"""
_STANDINGS = """
INSERT INTO case_standing (case_id, closed_on, lead_agency)
SELECT n.* FROM json_to_recordset($1) AS n(case_id uuid, closed_on date, lead_agency text)
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
