"""決裁: whose turn it is, in all cases (F-08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.approval import (
    ApprovalAsked,
    ApprovalWithdrawn,
    SentBack,
    StepApproved,
)
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class Turn:
    """One signature that is waited for. It names no person."""

    approval_id: UUID
    case_id: UUID
    kind: str
    step: str
    since: date


async def turns(db: Connection) -> list[Turn]:
    """Every signature that is waited for, the oldest first."""
    return [Turn(*row) for row in await db.fetch(_WAITING)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order."""
    for entry in batch:
        match entry.event:
            case ApprovalAsked() as e:
                row = {"id": e.approval_id, "case": e.case_id, "kind": e.kind, "day": e.asked_on}
                yield Write(_ASKED, [row | {"steps": list(e.steps)}])
            case StepApproved() as e:
                yield Write(_SIGNED, [{"id": e.approval_id, "day": e.approved_on}])
            case SentBack() | ApprovalWithdrawn() as e:
                yield Write(_ENDED, [{"id": e.approval_id}])


_WAITING = """
SELECT approval_id, case_id, kind, steps[signed + 1], since FROM approvals
WHERE NOT ended AND signed < cardinality(steps) ORDER BY since, approval_id
"""
_ASKED = """
INSERT INTO approvals (approval_id, case_id, kind, steps, since)
SELECT n.id, n."case", n.kind, n.steps, n.day
FROM json_to_recordset($1) AS n(id uuid, "case" uuid, kind text, steps text[], day date)
"""
_SIGNED = """
UPDATE approvals SET signed = signed + 1, since = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE approval_id = n.id
"""
_ENDED = """
UPDATE approvals SET ended = true
FROM json_to_recordset($1) AS n(id uuid) WHERE approval_id = n.id
"""

approvals = ReadModel("approvals", ("approvals",), project)
