"""受け取った引継ぎ: which came last, and which cases are known from one only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.sourcing.log import Connection


async def newest_handover(db: Connection, case_id: UUID) -> UUID | None:
    """The newest hand-over of this case that reached us, if any did."""
    found: UUID | None = await db.fetchval(
        """SELECT handover_id FROM handed_over WHERE case_id = $1
           ORDER BY received_on DESC, handover_id DESC LIMIT 1""",
        case_id,
    )
    return found


async def handed_to(
    db: Connection, agency: str, only: UUID | None = None
) -> list[tuple[UUID, date, UUID | None]]:
    """Closed cases that this agency leads and of which no consultation was ever received: case, day
    of the closure, newest hand-over if one came.
    """
    return [tuple(row) for row in await db.fetch(_HANDED, agency, only)]


_HANDED = """
SELECT s.case_id, s.closed_on, (
  SELECT h.handover_id FROM handed_over h WHERE h.case_id = s.case_id
  ORDER BY h.received_on DESC, h.handover_id DESC LIMIT 1)
FROM case_standing s
WHERE s.lead_agency = $1 AND s.closed_on IS NOT NULL AND ($2::uuid IS NULL OR s.case_id = $2)
  AND NOT EXISTS (SELECT FROM consultations c WHERE c.case_id = s.case_id)
ORDER BY s.closed_on DESC, s.case_id LIMIT 200
"""
