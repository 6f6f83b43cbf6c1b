"""やること on screen and as JSON: what waits at one's own counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.access import LIST
from services.intake.desk import Desk
from services.intake.due import Due, Kind, State, all_due
from services.intake.showing import log_names
from services.intake.words import HIDDEN, NO_NAME
from shared.privacy.access import Staff
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("intake")
api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
TITLES: tuple[tuple[State, str], ...] = (
    ("late", "期限を過ぎています"),
    ("today", "今日"),
    ("soon", "7日以内"),
    ("later", "そのあと"),
)


@dataclass(frozen=True)
class DueLine:
    """One thing to do, with the name this reader may see."""

    due: Due
    who: str


@dataclass(frozen=True)
class DuePage:
    """Everything that waits, by how soon it is due."""

    today: date
    counter: str | None
    groups: list[tuple[str, list[DueLine]]]


class DueValue(BaseModel):
    """One thing to do. `days_late` below zero: days still to go."""

    on: date
    kind: Kind
    state: State
    days_late: int
    counter: str | None
    href: str


@pages.get("/due", rule=LIST)
async def show_due(request: Request, desk: DeskHere) -> Response:
    staff: Staff = request.state.staff
    today = desk.clock.today()
    found = await all_due(desk, staff.agency) if staff.agency else []
    named = await log_names(desk, staff, [one.row for one in found if one.row], LIST)

    def who(one: Due) -> str:
        if one.row is None:
            return desk.city.label("counters", one.counter) if one.counter else ""
        return (one.row.name or NO_NAME) if one.row.consultation_id in named else HIDDEN

    groups = [
        (title, [DueLine(one, who(one)) for one in found if one.state(today) == state])
        for state, title in TITLES
    ]
    return render(request, "due.html", DuePage(today, staff.agency, groups))


@api.get("/due", rule=LIST)
async def get_due(request: Request, desk: DeskHere) -> list[DueValue]:
    """What is due, overdue or silent at one's own counter, the oldest first. Names nobody."""
    staff: Staff = request.state.staff
    today = desk.clock.today()
    return [
        DueValue(
            on=one.on,
            kind=one.kind,
            state=one.state(today),
            days_late=one.days_late(today),
            counter=one.counter,
            href=one.href,
        )
        for one in (await all_due(desk, staff.agency) if staff.agency else [])
    ]
