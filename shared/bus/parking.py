"""What was parked: seen by operators, mended, and released in order. Nothing is dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.bus.applying import MakeOffice, react
from shared.bus.told import told_from_envelope
from shared.runtime.service import Service
from shared.sourcing.log import Connection
from shared.sourcing.store import Store


@dataclass(frozen=True)
class Parked:
    """A fact that could not be applied, and how many later facts of its case wait behind it."""

    source: str
    position: int
    type: str
    case_id: UUID | None
    parked_at: datetime
    kind: str
    """The class of the error. Never its text: it may quote what it stumbled over."""
    behind: int


async def parked(db: Connection, limit: int = 200) -> list[Parked]:
    """What waits for people, oldest first."""
    return [Parked(*row) for row in await db.fetch(_WAITING, limit)]


async def release(
    service: Service, store: Store, office: MakeOffice, source: str, position: int
) -> int:
    """Apply a parked fact and all that waits behind it, in one transaction. Returns how many were
    applied: 0 when somebody else has released it.

    Raises what the fact raises when it still cannot be applied; then nothing has changed.
    """
    async with store.begin() as transaction:
        rows = await transaction.db.fetch(_SAME_CASE, source, position)
        for row in rows:
            told = told_from_envelope(json.loads(row["envelope"]))
            await react(service, office, transaction, told)
            await transaction.db.execute(
                _RELEASED,
                row["source"],
                row["position"],
            )
    return len(rows)


_RELEASED = """UPDATE parked SET released_at = clock_timestamp()
               WHERE source = $1 AND position = $2"""
_SAME_CASE = """
SELECT p.source, p.position, p.envelope FROM parked p
JOIN parked first ON first.source = $1 AND first.position = $2
WHERE p.released_at IS NULL AND first.released_at IS NULL
  AND ((p.source = first.source AND p.position = first.position) OR p.case_id = first.case_id)
ORDER BY p.parked_at, p.source, p.position
"""
# The first of a case was parked with its error; those behind it only waited. Where a restored
# source has taken the first one's place, what waited is shown by itself: nothing stays unseen.
_WAITING = r"""
WITH waiting AS (
  SELECT *, coalesce(substring(error FROM '^\w+(?=:)'), '') AS kind
  FROM parked WHERE released_at IS NULL
)
SELECT source, position, type, case_id, parked_at, kind,
       (SELECT count(*) FROM waiting b WHERE b.kind = '' AND b.case_id = first.case_id
          AND (b.source, b.position) <> (first.source, first.position))::int
FROM waiting first
WHERE kind <> ''
   OR NOT EXISTS (SELECT FROM waiting b WHERE b.kind <> '' AND b.case_id = first.case_id)
ORDER BY parked_at, source, position LIMIT $1
"""
