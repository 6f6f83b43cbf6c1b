"""つないだ記録: every escalation with its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.domain.consultation import (
    Accepted,
    Escalated,
    PartHandedOver,
    TakenBack,
)
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class EscalationRow:
    """One escalation as it stands."""

    escalation_id: UUID
    reasons: list[str]
    basis: str
    escalated_on: date
    accepted_on: date | None
    returned_on: date | None
    return_reason: str | None


async def consultation_of(db: Connection, escalation_id: UUID) -> UUID | None:
    """Which consultation was escalated under this id."""
    found: UUID | None = await db.fetchval(
        "SELECT consultation_id FROM escalations WHERE escalation_id = $1", escalation_id
    )
    return found


async def escalations_of(db: Connection, consultation_id: UUID) -> list[EscalationRow]:
    """Newest first."""
    return [EscalationRow(*row) for row in await db.fetch(_OF, consultation_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """An escalation comes before its answers, also within one batch."""
    events = [r.event for r in batch]
    if made := [e.model_dump(include=_SHOWN) for e in events if isinstance(e, Escalated)]:
        yield Write(_ESCALATED, made)
    if named := [e.model_dump(include=_SHOWN) for e in events if isinstance(e, PartHandedOver)]:
        yield Write(_NAMED, named)
    if taken := [e.model_dump(include=_SHOWN) for e in events if isinstance(e, Accepted)]:
        yield Write(_ACCEPTED, taken)
    if back := [e.model_dump(include=_SHOWN) for e in events if isinstance(e, TakenBack)]:
        yield Write(_TAKEN_BACK, back)


_SHOWN = {
    *("escalation_id", "consultation_id", "case_id", "handover_id", "reasons", "basis"),
    *("escalated_on", "accepted_on", "returned_on", "reason"),
}
_OF = """
SELECT escalation_id, reasons, basis, escalated_on, accepted_on, returned_on, return_reason
FROM escalations WHERE consultation_id = $1 ORDER BY escalated_on DESC, escalation_id DESC
"""
_ESCALATED = """
INSERT INTO escalations
  (escalation_id, consultation_id, case_id, handover_id, reasons, basis, escalated_on)
SELECT n.* FROM json_to_recordset($1) AS n(
  escalation_id uuid, consultation_id uuid, case_id uuid, handover_id uuid, reasons text[],
  basis text, escalated_on date)
ON CONFLICT (escalation_id) DO NOTHING
"""
_NAMED = """
UPDATE escalations e SET basis = n.basis
FROM json_to_recordset($1) AS n(escalation_id uuid, basis text)
WHERE e.escalation_id = n.escalation_id
"""
_ACCEPTED = """
UPDATE escalations e SET accepted_on = a.accepted_on
FROM json_to_recordset($1) AS a(escalation_id uuid, accepted_on date)
WHERE e.escalation_id = a.escalation_id
"""
_TAKEN_BACK = """
UPDATE escalations e SET returned_on = b.returned_on, return_reason = b.reason
FROM json_to_recordset($1) AS b(escalation_id uuid, returned_on date, reason text)
WHERE e.escalation_id = b.escalation_id
"""

escalations = ReadModel("escalations", ("escalations",), project)
