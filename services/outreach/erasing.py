"""N-08: what nothing came of is erased when its time is over.

The service does it by itself (`shared/runtime/daily.py`). That a lead expired and that its key is
gone are one transaction, and the rule is asked within it: whoever joins or contacts the lead at the
same moment comes before it, or is refused.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog

from services.outreach.domain.lead import expire, lead
from services.outreach.read.leads import leads_due
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams

log = structlog.get_logger(__name__)
ERASER = Origin(actor="reaction:retention")


async def erase_due(store: Store, today: date) -> list[UUID]:
    """Erase every lead whose time is over; again changes nothing."""
    async with store.pool.acquire() as db:
        due = await leads_due(db, today)
    return await erase(store, due, today)


async def erase(store: Store, due: list[UUID], today: date) -> list[UUID]:
    """The list may be a moment old: what its stream refuses stays, and the next follows."""
    erased = []
    for lead_id in due:
        try:
            async with store.begin() as transaction:
                acted = await Streams(transaction, lead, ERASER).act(lead_id, expire, today=today)
                if acted.events:
                    await transaction.forget(lead_id)
                    erased.append(lead_id)
        except Refused as refused:
            log.info("lead.stays", code=refused.code)
    return erased
