"""やること: the work queue on screen and as JSON, for me, my agency or my district (F-07, N-04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.coordination.access import QUEUE, knows_person
from services.coordination.desk import Desk
from services.coordination.due import Scope, due_for, of_district, of_scope
from services.coordination.queue import Due
from services.coordination.read.cases import CaseRow, cases_in
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("coordination")
api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
TITLES = {
    "late": "期限を過ぎています",
    "today": "今日",
    "soon": "7日以内",
    "later": "そのあと、1か月以内",
}
PAGE = 50
SCOPES: dict[Scope, str] = {
    "all": "すべて",
    "kept": "自分が担当するケース",
    "sign": "自分が決裁するもの",
    "mine": "自分の係・窓口がすること",
    "others": "ほかの機関を待っているもの",
}
_ALWAYS: frozenset[Scope] = frozenset({"all", "mine", "others"})
"""What not everybody has is offered to those who have it."""
_CHOOSES = frozenset({Role.COORDINATOR, Role.MANAGER})
"""Those who see all districts may look at one of them."""


@dataclass(frozen=True)
class Asked:
    """What the queue was asked for."""

    scope: Scope = "all"
    district: Annotated[str, Query(max_length=64)] = ""
    page: Annotated[int, Query(ge=1, le=10_000)] = 1

    def link(self, **other: Any) -> str:
        """The same question, a little other."""
        values = {**self.__dict__, "page": 1, **other}
        told = {name: value for name, value in values.items() if value not in ("", "all", 1)}
        return "/coordination/queue" + (f"?{urlencode(told)}" if told else "")


@dataclass(frozen=True)
class QueuePage:
    """One page of what waits, by how soon it is due."""

    today: date
    asked: Asked
    groups: list[tuple[str, int, list[Due]]]
    """Title, how many there are of it on all pages, and those of this page."""
    rows: dict[UUID, CaseRow]
    named: frozenset[UUID]
    scopes: list[tuple[Scope, str]]
    counts: Mapping[Scope, int]
    districts: list[tuple[str, str]]
    """Empty for those who see one district or none."""
    number: int
    """Of all pages."""
    more: bool


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
async def show_queue(
    request: Request, desk: DeskHere, asked: Annotated[Asked, Depends()]
) -> Response:
    staff: Staff = request.state.staff
    today, office = desk.clock.today(), desk.city.offices.coordination
    chooses = staff.role in _CHOOSES
    gathered = of_district(await due_for(desk, staff), asked.district if chooses else "")
    found = of_scope(gathered, asked.scope, staff, office)
    shown = found[(asked.page - 1) * PAGE : asked.page * PAGE]
    about = [one.case_id for one in shown if one.case_id]
    rows = {row.case_id: row for row in await cases_in(desk.db, about)}
    named = frozenset(id_ for id_, row in rows.items() if knows_person(staff, row))
    await saw(desk.db, staff, named, QUEUE.name)
    counts = {scope: len(of_scope(gathered, scope, staff, office)) for scope in SCOPES}
    page = QueuePage(
        today,
        asked,
        _groups(found, shown, today),
        rows,
        named,
        [(scope, title) for scope, title in SCOPES.items() if counts[scope] or scope in _ALWAYS],
        counts,
        desk.city.choices("nurse_districts", today) if chooses else [],
        len(found),
        asked.page * PAGE < len(found),
    )
    return render(request, "queue.html", page)


def _groups(found: list[Due], shown: list[Due], today: date) -> list[tuple[str, int, list[Due]]]:
    states = [one.state(today) for one in found]
    return [
        (title, states.count(state), [one for one in shown if one.state(today) == state])
        for state, title in TITLES.items()
    ]


@api.get("/queue", rule=QUEUE)
async def get_queue(
    request: Request,
    desk: DeskHere,
    scope: Annotated[Scope, Query()] = "all",
    district: Annotated[str, Query(max_length=64)] = "",
) -> list[DueValue]:
    """What is due within a month, overdue or silent, the oldest first."""
    staff: Staff = request.state.staff
    today = desk.clock.today()
    gathered = of_district(await due_for(desk, staff), district)
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
        for one in of_scope(gathered, scope, staff, desk.city.offices.coordination)
    ]
