"""やること, gathered: all that is due soon and this person may know of, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal
from uuid import UUID

from services.coordination import queue
from services.coordination.access import is_linked
from services.coordination.clearing import due_of
from services.coordination.desk import Desk
from services.coordination.queue import Due, Signature
from services.coordination.read.approvals import Turn, turns
from services.coordination.read.callings import callings_to_come, open_tasks
from services.coordination.read.cases import CaseRow, Tie, cases_due, cases_in, ties_of
from services.coordination.read.inquiries import inquiries_until
from services.coordination.read.notes import promises
from services.coordination.read.queued import contacts_promised, running_requests
from shared.privacy.access import Role, Staff

AHEAD = 31
"""Days ahead that are gathered: what comes later would bury what is to be done."""
Scope = Literal["all", "kept", "mine", "others", "sign"]


@dataclass(frozen=True)
class Gathered:
    """What is due, the oldest first, and who has to do with the cases it is about."""

    due: list[Due]
    ties: dict[UUID, CaseRow | Tie]


async def due_for(desk: Desk, staff: Staff) -> Gathered:
    """What is due until `AHEAD`. Nothing that is late is left out, however much there is (N-04)."""
    today, limits = desk.clock.today(), desk.city.deadlines
    until = today + timedelta(days=AHEAD)
    everywhere = staff.role in {Role.COORDINATOR, Role.MANAGER}
    agency = None if everywhere or staff.role is Role.NURSE else staff.agency or ""
    every = {one.code: one.days for one in desk.city.contact_intervals if one.days is not None}
    signing = await turns(desk.db)
    asked = await cases_in(desk.db, [one.case_id for one in signing])
    rows = {row.case_id: row for row in [*asked, *await cases_due(desk.db, today)]}
    being_open = {row.case_id for row in asked if row.phase == "open"}
    found = [
        *queue.of_cases(rows.values(), limits, today),
        *queue.of_inquiries(await inquiries_until(desk.db, agency, until)),
        *queue.of_tasks(await open_tasks(desk.db, agency)),
        *queue.of_promises(await promises(desk.db)),
        *queue.of_requests(await running_requests(desk.db), limits),
        *queue.of_closed(
            await contacts_promised(desk.db, every, until), desk.city.contact_intervals
        ),
        *queue.of_meetings(await callings_to_come(desk.db, _sits(staff))),
        *queue.of_approvals(signing, being_open, _turn(desk)),
    ]
    found = [one for one in found if one.on <= until]
    missing = {one.case_id for one in found if one.case_id and one.case_id not in rows}
    others = {tie.case_id: tie for tie in await ties_of(desk.db, list(missing))}
    ties: dict[UUID, CaseRow | Tie] = {**rows, **others}
    allowed = [_open_to(staff, one) for one in found if _concerns(one, staff, ties)]
    return Gathered(sorted(allowed, key=lambda one: (one.on, one.href)), ties)


def of_district(gathered: Gathered, district: str) -> Gathered:
    """What is about cases of this district; all for none."""
    if not district:
        return gathered
    here = {id_ for id_, row in gathered.ties.items() if row.nurse_district == district}
    return replace(gathered, due=[one for one in gathered.due if one.case_id in here])


def of_scope(gathered: Gathered, scope: Scope, staff: Staff, office: str) -> list[Due]:
    """kept: my cases; mine: my agency acts; others: somebody else does, and we wait; sign: my
    signature.
    """
    found = gathered.due
    match scope:
        case "all":
            return list(found)
        case "kept":
            kept = {id_ for id_, tie in gathered.ties.items() if tie.keeper == staff.staff_id}
            return [one for one in found if one.case_id in kept]
        case "sign":
            return [one for one in found if staff.staff_id in one.signers]
        case _:
            own = staff.agency or office
            return [one for one in found if ((one.agency or office) == own) == (scope == "mine")]


def _turn(desk: Desk) -> Callable[[Turn], Signature]:
    def by(row: Turn) -> Signature:
        due = due_of(desk.city, row.kind, row.step, row.since, desk.clock.today())
        if due.step is None:
            return Signature(row.step, due.by)
        return Signature(due.step.label, due.by, (*due.step.holders, *due.step.deputies))

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


def _concerns(due: Due, staff: Staff, ties: dict[UUID, CaseRow | Tie]) -> bool:
    """A nurse: cases of her district; an agency: what it has to do, and cases it is linked with. A
    manager sees how all of it stands.
    """
    if staff.role is Role.COORDINATOR or (due.agency and due.agency == staff.agency):
        return True
    row = ties.get(due.case_id) if due.case_id else None
    if row is None:
        return due.kind == "meeting-day" and staff.role is not Role.MANAGER
    if staff.role is Role.NURSE:
        return staff.is_nurse_of(row.nurse_district)
    if staff.role is Role.MANAGER:
        return True
    return is_linked(staff, row) and due.kind in {"resume", "contact"}
