"""受け取った引継ぎ: which hand-over of a case came last."""

from __future__ import annotations

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
