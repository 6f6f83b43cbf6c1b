"""Days that were agreed on in 支援経過, of open cases (F-07); `shared/casefile/promises.py` writes
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.sourcing.log import Connection


@dataclass(frozen=True)
class Promise:
    """What was agreed on last."""

    case_id: UUID
    noted_on: date
    next_on: date


async def promises(db: Connection) -> list[Promise]:
    """Of open cases."""
    return [Promise(*row) for row in await db.fetch(_OPEN)]


_OPEN = """
SELECT n.case_id, n.noted_on, n.next_on FROM last_notes n
JOIN cases c USING (case_id) WHERE n.next_on IS NOT NULL AND c.phase = 'open'
"""
