"""The end of an outreach, and the end put right: one way for page and API."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.ending import correct_conclusion
from services.outreach.domain.events import RequestEvent
from services.outreach.domain.request import conclude
from shared.sourcing.streams import Acted


async def end(
    desk: Desk, request_id: UUID, on: date, outcome: str, note: str | None, edition: int | None
) -> Acted[RequestEvent]:
    """With an edition, the end that was seen is put right; without, the outreach is ended."""
    outcome = desk.city.listed("outreach_outcomes", outcome, "outcome")
    today = desk.clock.today()
    if edition is None:
        return await desk.requests.act(
            request_id, conclude, on=on, today=today, outcome=outcome, note=note
        )
    return await desk.requests.act(
        request_id,
        correct_conclusion,
        edition=edition,
        on=on,
        outcome=outcome,
        note=note,
        today=today,
    )
