"""やること: the work queue on screen and as JSON, for me, my agency or my district (F-07, N-04)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.coordination import queue
from services.coordination.access import QUEUE, is_linked, knows_person
from services.coordination.clearing import due_of
from services.coordination.desk import Desk
from services.coordination.queue import Due
from services.coordination.read.approvals import Turn, turns
from services.coordination.read.callings import callings_to_come, open_tasks
from services.coordination.read.cases import CaseRow, cases_due, cases_in
from services.coordination.read.inquiries import inquiries_to
from services.coordination.read.notes import promises
from services.coordination.read.queued import contacts_promised, running_requests
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("coordination")
api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
Scope = Literal["all", "mine", "others"]
TITLES = {"late": "期限を過ぎています", "today": "今日", "soon": "7日以内", "later": "そのあと"}


@dataclass(frozen=True)
class QueuePage:
    """Everything that waits, by how soon it is due."""

    today: date
    groups: list[tuple[str, str, list[Due]]]
    rows: dict[UUID, CaseRow]
    named: frozenset[UUID]
    scope: str
    coordinates: bool
    counts: Mapping[Scope, int]


class DueValue(BaseModel):
    """One thing to do. `days_late` below zero: days still to go."""

    on: date
    kind: str
    state: str
    days_late: int
    case_id: UUID | None
    agency: str | None
    href: str


@pages.get("/queue", rule=QUEUE)
async def show_queue(request: Request, desk: DeskHere, scope: Scope = "all") -> Response:
    staff: Staff = request.state.staff
    today = desk.clock.today()
    every, rows = await due_for(desk, staff)
    found = [one for one in every if _in(scope, one, staff, desk)]
    shown = {one.case_id for one in found if one.case_id}
    named = frozenset(id_ for id_ in shown if id_ in rows and knows_person(staff, rows[id_]))
    await saw(desk.db, staff, named, QUEUE.name)
    groups = [
        (state, title, [one for one in found if one.state(today) == state])
        for state, title in TITLES.items()
    ]
    counts = {name: sum(_in(name, one, staff, desk) for one in every) for name in _SCOPES}
    page = QueuePage(today, groups, rows, named, scope, staff.role is Role.COORDINATOR, counts)
    return render(request, "queue.html", page)


@api.get("/queue", rule=QUEUE)
async def get_queue(
    request: Request, desk: DeskHere, scope: Annotated[Scope, Query()] = "all"
) -> list[DueValue]:
    """What is due, overdue or silent, the oldest first."""
    staff: Staff = request.state.staff
    today = desk.clock.today()
    every, _ = await due_for(desk, staff)
    return [
        DueValue(
            on=one.on,
            kind=one.kind,
            state=one.state(today),
            days_late=one.days_late(today),
            case_id=one.case_id,
            agency=one.agency,
            href=one.href,
        )
        for one in every
        if _in(scope, one, staff, desk)
    ]


_SCOPES: tuple[Scope, ...] = ("all", "mine", "others")


def _in(scope: Scope, due: Due, staff: Staff, desk: Desk) -> bool:
    """mine: my agency acts; others: somebody else does, and we wait."""
    acts = due.agency or desk.city.offices.coordination
    mine = acts == (staff.agency or desk.city.offices.coordination)
    return scope == "all" or (mine if scope == "mine" else not mine)


async def due_for(desk: Desk, staff: Staff) -> tuple[list[Due], dict[UUID, CaseRow]]:
    """All that is due and this person may know of, the oldest first, with the cases it is about."""
    today, limits = desk.clock.today(), desk.city.deadlines
    everywhere = staff.role in {Role.COORDINATOR, Role.MANAGER}
    agency = None if everywhere or staff.role is Role.NURSE else staff.agency or ""
    signing = await turns(desk.db)
    asked = await cases_in(desk.db, [one.case_id for one in signing])
    rows = {row.case_id: row for row in [*asked, *await cases_due(desk.db, today)]}
    being_open = {row.case_id for row in asked if row.phase == "open"}
    found = [
        *queue.of_cases(rows.values(), limits, today),
        *queue.of_inquiries(await inquiries_to(desk.db, agency)),
        *queue.of_tasks(await open_tasks(desk.db, agency)),
        *queue.of_promises(await promises(desk.db)),
        *queue.of_requests(await running_requests(desk.db), limits),
        *queue.of_closed(await contacts_promised(desk.db), desk.city.contact_intervals),
        *queue.of_meetings(await callings_to_come(desk.db, _sits(staff))),
        *queue.of_approvals(signing, being_open, _turn(desk)),
    ]
    missing = [one.case_id for one in found if one.case_id and one.case_id not in rows]
    rows |= {row.case_id: row for row in await cases_in(desk.db, missing)}
    allowed = [_open_to(staff, one) for one in found if _concerns(one, staff, rows)]
    return sorted(allowed, key=lambda one: (one.on, one.href)), rows


def _turn(desk: Desk) -> Callable[[Turn], tuple[str, date]]:
    def by(row: Turn) -> tuple[str, date]:
        due = due_of(desk.city, row.kind, row.step, row.since, desk.clock.today())
        return (due.step.label if due.step else row.step), due.by

    return by


def _sits(staff: Staff) -> str | None:
    """Whose meetings to come are shown; None: all."""
    return None if staff.role is Role.COORDINATOR else staff.agency or ""


def _open_to(staff: Staff, due: Due) -> Due:
    """Forms are for who coordinates, meetings and inquiries for who takes part; everybody else is
    led to the case.
    """
    if staff.role is Role.COORDINATOR or due.case_id is None:
        return due
    case = f"/coordination/cases/{due.case_id}"
    takes_part = due.agency == staff.agency and staff.role is not Role.MANAGER
    return due if takes_part and not due.href.startswith(case) else replace(due, href=case)


def _concerns(due: Due, staff: Staff, rows: dict[UUID, CaseRow]) -> bool:
    """A nurse: cases of her district; an agency: what it has to do, and cases it is linked with. A
    manager sees how all of it stands.
    """
    if staff.role is Role.COORDINATOR or (due.agency and due.agency == staff.agency):
        return True
    row = rows.get(due.case_id) if due.case_id else None
    if row is None:
        return due.kind == "meeting-day" and staff.role is not Role.MANAGER
    if staff.role is Role.NURSE:
        return staff.is_nurse_of(row.nurse_district)
    if staff.role is Role.MANAGER:
        return True
    return is_linked(staff, row) and due.kind in {"resume", "contact"}
