"""What comes in before there is a case (T-30): one door for the screens and the JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.lead import (
    ContactNote,
    LeadEvent,
    Tip,
    contact,
    notice,
)
from services.outreach.read.rounds import round_row
from shared.sourcing.decider import Refused
from shared.sourcing.streams import Acted
from shared.vocabulary.city import City, Town


def town_of(city: City, code: str | None, on: date) -> Town | None:
    """The town with that code as it lay on that day; refused if the city has none."""
    if not code:
        return None
    city.listed("towns", code, "town")
    entries = [town for town in city.towns if town.code == code]
    return next((town for town in entries if town.holds(on)), entries[-1])


def tellers(city: City, on: date) -> list[tuple[str, str]]:
    """相談経路 from the community (X-25): who gives tips. A city that marks none offers all."""
    marked = {source.code for source in city.sources if source.community}
    offered = city.choices("sources", on)
    return [one for one in offered if one[0] in marked] or offered


async def notice_lead(desk: Desk, lead_id: UUID, tip: Tip, on: date) -> Acted[LeadEvent]:
    """T-30: write down who may need help, with the days this city keeps it."""
    town = town_of(desk.city, tip.town, on)
    source = tip.source or None
    if source is not None:
        desk.city.listed("sources", source, "source")
    if tip.round_id is not None and await round_row(desk.db, tip.round_id) is None:
        raise Refused("round-unknown")
    return await desk.leads.act(
        lead_id,
        notice,
        lead_id=lead_id,
        tip=replace(tip, source=source, town=town.code if town else None),
        catchment=town.catchment if town else None,
        nurse_district=town.nurse_district if town else None,
        on=on,
        today=desk.clock.today(),
        days=desk.city.retention.leads,
    )


async def note_contact(
    desk: Desk, lead_id: UUID, contact_id: UUID, note: ContactNote, on: date
) -> Acted[LeadEvent]:
    """A contact with somebody who is no case yet."""
    desk.city.listed("visit_methods", note.method, "method")
    if note.trust is not None:
        desk.city.listed("trust_stages", note.trust, "trust")
    return await desk.leads.act(
        lead_id,
        contact,
        contact_id=contact_id,
        note=note,
        on=on,
        today=desk.clock.today(),
        days=desk.city.retention.leads,
    )
