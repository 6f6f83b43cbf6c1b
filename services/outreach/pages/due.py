"""やること on screen and as JSON: planned visits, silent requests, leads about to expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.outreach import due
from services.outreach.access import LIST, district_of
from services.outreach.desk import Desk
from services.outreach.due import Due, Kind, State
from services.outreach.read.leads import Standing, cases_without_request, leads_in
from services.outreach.read.planned import planned_visits
from services.outreach.read.requests import requests_in
from services.outreach.read.rounds import rounds_planned
from shared.privacy.access import Staff
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

due_pages = Pages("outreach")
due_api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_of)]
TITLES: tuple[tuple[State, str], ...] = (
    ("late", "期限を過ぎています"),
    ("today", "今日"),
    ("soon", "7日以内"),
    ("later", "そのあと"),
)
_OPEN: tuple[Standing, Standing] = ("open", "proposed")


@dataclass(frozen=True)
class DuePage:
    """Everything that waits, by how soon it is due."""

    today: date
    groups: list[tuple[str, list[Due]]]


class DueValue(BaseModel):
    """One thing to do. `days_late` below zero: days still to go."""

    on: date
    kind: Kind
    state: State
    days_late: int
    request_id: UUID | None
    lead_id: UUID | None
    href: str


@due_pages.get("/due", rule=LIST)
async def show_due(request: Request, desk: DeskHere) -> Response:
    staff: Staff = request.state.staff
    today = desk.clock.today()
    found = await all_due(desk, staff)
    await saw(desk.db, staff, [one.subject for one in found if one.subject], LIST.name)
    groups = [
        (title, [one for one in found if one.state(today) == state]) for state, title in TITLES
    ]
    return render(request, "due.html", DuePage(today, groups))


@due_api.get("/due", rule=LIST)
async def get_due(request: Request, desk: DeskHere) -> list[DueValue]:
    """What is due, overdue or silent, the oldest first. A nurse gets that of her district."""
    today = desk.clock.today()
    return [
        DueValue(
            on=one.on,
            kind=one.kind,
            state=one.state(today),
            days_late=one.days_late(today),
            request_id=one.request.request_id if one.request else None,
            lead_id=one.lead.lead_id if one.lead else None,
            href=one.href,
        )
        for one in await all_due(desk, request.state.staff)
    ]


async def all_due(desk: Desk, staff: Staff) -> list[Due]:
    """All that is due and this person may know of, the oldest first."""
    district, today, limits = district_of(staff), desk.clock.today(), desk.city.deadlines
    waiting = await requests_in(desk.db, "waiting", district)
    rows = [*waiting, *await requests_in(desk.db, "running", district)]
    plans = await planned_visits(desk.db, district=district)
    leads, proposed = [await leads_in(desk.db, one, district) for one in _OPEN]
    unasked = await cases_without_request(desk.db, district)
    found = [
        *due.of_visits(plans, rows),
        *due.of_requests(rows, plans, limits),
        *due.of_leads(leads, today),
        *due.of_contacts([*leads, *proposed, *unasked]),
        *due.of_proposals(proposed, limits),
        *due.of_rounds(await rounds_planned(desk.db, district)),
    ]
    return sorted(found, key=lambda one: (one.on, one.href))
