"""What was parked: seen by operators, mended, and released in order. Nothing is dropped.

A hand-over that cannot be kept is parked too, without its content: that stays sealed with its
sender, who offers it again until it is kept.
"""

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

HANDOVER = "handover"
"""The source of a parked hand-over; all other sources are teams."""


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


async def park_handover(db: Connection, handover_id: UUID, case_id: UUID | None, kind: str) -> None:
    """Note that this hand-over could not be kept, and the class of the error; once, however often
    it comes. Call it under the append lock.
    """
    envelope = json.dumps({"handover_id": str(handover_id)}).encode()
    await db.execute(_PARK_HANDOVER, handover_id, case_id, envelope, f"{kind}: not kept")


async def handover_kept(db: Connection, handover_id: UUID) -> None:
    """It was kept after all: nobody need look any more."""
    await db.execute(_HANDOVER_KEPT, handover_id)


async def handovers_parked(db: Connection) -> int:
    """How many hand-overs to us we cannot keep."""
    count: int = await db.fetchval(_HANDOVERS_PARKED)
    return count


_PARK_HANDOVER = """
INSERT INTO parked (source, position, fact_id, type, case_id, envelope, error)
VALUES ('handover',
        coalesce((SELECT position FROM parked WHERE source = 'handover' AND fact_id = $1),
                 (SELECT coalesce(max(position), 0) + 1 FROM parked WHERE source = 'handover')),
        $1, 'Handover', $2, $3, $4)
ON CONFLICT (source, position) DO UPDATE
SET error = EXCLUDED.error, released_at = NULL,
    parked_at = CASE WHEN parked.released_at IS NULL THEN parked.parked_at
                     ELSE EXCLUDED.parked_at END
"""
_HANDOVER_KEPT = """UPDATE parked SET released_at = clock_timestamp()
                    WHERE source = 'handover' AND fact_id = $1 AND released_at IS NULL"""
_HANDOVERS_PARKED = "SELECT count(*) FROM parked WHERE source = 'handover' AND released_at IS NULL"
_RELEASED = """UPDATE parked SET released_at = clock_timestamp()
               WHERE source = $1 AND position = $2"""
_SAME_CASE = """
SELECT p.source, p.position, p.envelope FROM parked p
JOIN parked first ON first.source = $1 AND first.position = $2
WHERE p.released_at IS NULL AND first.released_at IS NULL
  AND p.source <> 'handover' AND first.source <> 'handover'
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
          AND first.source <> 'handover'
          AND (b.source, b.position) <> (first.source, first.position))::int
FROM waiting first
WHERE kind <> ''
   OR NOT EXISTS (SELECT FROM waiting b WHERE b.kind <> '' AND b.case_id = first.case_id
                    AND b.source <> 'handover')
ORDER BY parked_at, source, position LIMIT $1
"""
