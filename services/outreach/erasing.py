"""N-08: what nothing came of is erased when its time is over.

The key goes first. If the process dies in between, the lead is still due, and both are done again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.domain.lead import Lead, expire, lead
from services.outreach.read.leads import leads_due
from shared.sourcing.decider import Refused
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams

ERASER = Origin(actor="reaction:retention")


async def erase_due(store: Store, today: date) -> list[UUID]:
    """Erase every lead whose time is over. Run once a day; again changes nothing."""
    streams = Streams(store, lead, ERASER)
    async with store.pool.acquire() as db:
        due = await leads_due(db, today)
    erased = []
    for lead_id in due:
        if not may_expire(await streams.state(lead_id), today):
            continue
        await store.forget(lead_id)
        await streams.act(lead_id, expire, today=today)
        erased.append(lead_id)
    return erased


def may_expire(state: Lead, today: date) -> bool:
    """Asked of the stream itself: the list may be a moment old, and a key does not come back."""
    try:
        return bool(expire(state, today=today))
    except Refused:
        return False
