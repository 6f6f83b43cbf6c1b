"""A request on another ground, and the consents that end by themselves (F-03, N-01)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.coordination.asked import case as forms
from services.coordination.desk import Desk
from services.coordination.domain.case import case
from services.coordination.domain.grounds import expire_grounds, renew_ground
from services.coordination.domain.support import Ground
from services.coordination.made import Made
from services.coordination.read.requests import cases_whose_consent_ended
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams

CALENDAR = Origin(actor="reaction:calendar")


async def ground_of(desk: Desk, basis: str, meeting_id: UUID | None, reference: str) -> Ground:
    """What was typed as what the decision takes."""
    if basis == "support-meeting" and meeting_id is not None:
        return Ground(basis, str(meeting_id), await desk.meetings.state(meeting_id))
    return Ground(basis, reference or None)


async def renew(desk: Desk, case_id: UUID, asked: forms.GroundForm) -> Made:
    """The team goes on, on the ground that was typed."""
    renewal_id = desk.new_id()
    acted = await desk.cases.act(
        case_id,
        renew_ground,
        renewal_id=renewal_id,
        request_id=asked.request_id,
        ground=await ground_of(desk, asked.basis, asked.meeting_id, asked.reference),
        on=asked.on,
        today=desk.clock.today(),
        agencies=(desk.city.offices.nurses,),
        note=asked.note or None,
    )
    return Made(renewal_id, acted)


async def expire_consents(store: Store, today: date) -> list[UUID]:
    """Every day: what runs on a consent whose last day has passed is told so."""
    async with store.pool.acquire() as db:
        found = await cases_whose_consent_ended(db, today)
    for case_id in found:
        await Streams(store, case, CALENDAR).act(case_id, expire_grounds, today=today)
    return found
