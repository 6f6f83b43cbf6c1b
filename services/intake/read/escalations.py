"""つないだ記録: every escalation with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.consultation import Accepted, Escalated, TakenBack
from shared.sourcing.log import Connection, ReadModel, Recorded


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


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """An escalation comes before its answers, also within one batch."""
    events = [r.event for r in batch]
    if made := [e for e in events if isinstance(e, Escalated)]:
        await db.executemany(_ESCALATED, [_row(e) for e in made])
    if taken := [e for e in events if isinstance(e, Accepted)]:
        await db.execute(
            _ACCEPTED, [e.escalation_id for e in taken], [e.accepted_on for e in taken]
        )
    if back := [e for e in events if isinstance(e, TakenBack)]:
        await db.execute(
            _TAKEN_BACK,
            [e.escalation_id for e in back],
            [e.returned_on for e in back],
            [e.reason for e in back],
        )


def _row(e: Escalated) -> tuple[Any, ...]:
    return (
        e.escalation_id,
        e.consultation_id,
        e.case_id,
        e.handover_id,
        e.reasons,
        e.basis,
        e.escalated_on,
    )


_OF = """
SELECT escalation_id, reasons, basis, escalated_on, accepted_on, returned_on, return_reason
FROM escalations WHERE consultation_id = $1 ORDER BY escalated_on DESC, escalation_id DESC
"""
_ESCALATED = """
INSERT INTO escalations
  (escalation_id, consultation_id, case_id, handover_id, reasons, basis, escalated_on)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (escalation_id) DO NOTHING
"""
_ACCEPTED = """
UPDATE escalations e SET accepted_on = a.day
FROM unnest($1::uuid[], $2::date[]) AS a(id, day) WHERE e.escalation_id = a.id
"""
_TAKEN_BACK = """
UPDATE escalations e SET returned_on = b.day, return_reason = b.reason
FROM unnest($1::uuid[], $2::date[], $3::text[]) AS b(id, day, reason) WHERE e.escalation_id = b.id
"""

escalations = ReadModel("escalations", ("escalations",), project)
