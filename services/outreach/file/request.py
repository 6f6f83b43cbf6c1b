"""One request opened: how it stands, the person behind it, and everything that was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.access import REQUEST
from services.outreach.desk import Desk
from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    LinkCorrected,
    Linked,
    TieBuilt,
    TieCorrected,
    VisitCorrected,
    Visited,
)
from services.outreach.domain.lead import Contacted
from services.outreach.domain.request import request
from services.outreach.file.entries import entry
from services.outreach.file.lead import entries_of
from services.outreach.read.leads import leads_of_person
from services.outreach.read.planned import PlannedVisit, planned_visits
from services.outreach.read.requests import RequestRow, earlier_requests, request_row
from shared.casefile.history import Entry
from shared.casefile.showing import Person, person_for
from shared.privacy.access import Basis, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused

WARNINGS = 5
"""Safety notes that are shown before a visit: more are not read at the door."""


@dataclass(frozen=True)
class File:
    """What is shown of one request."""

    row: RequestRow
    person: Person | None
    """None: the hand-over is still on its way."""
    entries: list[Entry]
    """Newest first."""
    safety: list[tuple[date, str]]
    """What to know before going there: of this request, earlier ones of the case, and of the
    contacts before it (T-31).
    """
    next_step: str | None
    visits: list[Visited | VisitCorrected]
    """Each as it was last written, newest first; links and ties as well."""
    links: list[Linked | LinkCorrected]
    ties: list[TieBuilt | TieCorrected]
    ended: Concluded | ConclusionCorrected | None
    planned: list[PlannedVisit]
    """The nearest first."""
    before: list[Entry]
    """What was known before there was a case, newest first (X-23)."""


async def open_file(desk: Desk, staff: Staff, request_id: UUID) -> File:
    """Open a request for somebody, and note in the access log that they look at it."""
    row = await request_row(desk.db, request_id)
    if row is None:
        raise Refused("request-unknown")
    await saw(desk.db, staff, [row.case_id], REQUEST.name, Basis(row.basis))
    handed = await desk.handovers.history(row.handover_id)
    history = await desk.requests.history(request_id)
    now = request.fold(record.event for record in history)
    visits = sorted(now.visits.values(), key=lambda v: v.visited_on, reverse=True)
    before, warned = await before_the_case(desk, row)
    return File(
        row=row,
        person=person_for(staff, REQUEST, handed[0].event) if handed else None,
        entries=[entry(desk, record) for record in reversed(history)],
        safety=warnings([*noted(visits), *await earlier_notes(desk, row), *warned]),
        next_step=visits[0].next_step if visits else None,
        visits=visits,
        links=sorted(now.links.values(), key=lambda one: one.linked_on, reverse=True),
        ties=sorted(now.ties.values(), key=lambda one: one.built_on, reverse=True),
        ended=now.concluded,
        planned=await planned_visits(desk.db, request_id),
        before=before,
    )


def noted(visits: list[Visited | VisitCorrected]) -> list[tuple[date, str]]:
    return [(one.visited_on, one.safety_note) for one in visits if one.safety_note]


async def earlier_notes(desk: Desk, row: RequestRow) -> list[tuple[date, str]]:
    """What was noted when outreach was asked for this case before."""
    found = []
    for request_id in await earlier_requests(desk.db, row.case_id, row.request_id):
        found += noted(list((await desk.requests.state(request_id)).visits.values()))
    return found


async def before_the_case(
    desk: Desk, row: RequestRow
) -> tuple[list[Entry], list[tuple[date, str]]]:
    """The leads that turned out to be this person: what was done, and what to beware of."""
    entries, warned = [], []
    for lead in await leads_of_person(desk.db, row.request_id, row.case_id):
        history = await desk.leads.history(lead.lead_id)
        entries += entries_of(desk, history)
        contacts = [r.event for r in history if isinstance(r.event, Contacted)]
        warned += [(one.contacted_on, one.safety_note) for one in contacts if one.safety_note]
    return entries, warned


def warnings(notes: list[tuple[date, str]]) -> list[tuple[date, str]]:
    """The newest first, the same words once."""
    newest: dict[str, date] = {}
    for on, note in notes:
        newest[note] = max(on, newest.get(note, on))
    return sorted(((on, note) for note, on in newest.items()), reverse=True)[:WARNINGS]
