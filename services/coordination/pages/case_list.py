"""ケースの一覧: page by page, by phase, next step, district and agency (F-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.coordination import words
from services.coordination.access import LIST, knows_person
from services.coordination.desk import Desk
from services.coordination.domain.way import WAY, Step, next_step
from services.coordination.listing import page_of
from services.coordination.read.cases import CaseRow, counts_by_phase
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
PAGE = 50
Phase = Literal["", "waiting", "open", "returned", "closed"]
Sort = Literal["review", "age"]
Code = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True)
class Asked:
    """What the list was asked for."""

    q: Annotated[str, Query(max_length=100)] = ""
    phase: Phase = ""
    step: Code = ""
    district: Code = ""
    agency: Code = ""
    mine: bool = False
    """Only the cases whose 担当者 I am."""
    sort: Sort = "review"
    page: Annotated[int, Query(ge=1, le=20_000)] = 1

    def link(self, **other: Any) -> str:
        """The same question, a little other."""
        values = {**self.__dict__, "page": 1, **other}
        told = {
            name: value
            for name, value in values.items()
            if value not in ("", "review", False, 1) or value is True
        }
        return "/coordination" + (f"?{urlencode(told)}" if told else "")

    @property
    def narrowed(self) -> bool:
        """Is anything left out?"""
        return self.link(sort="review") != "/coordination"


@dataclass(frozen=True)
class CasesPage:
    """What waits for a decision first, then the cases by the day of their next review."""

    today: date
    asked: Asked
    rows: list[CaseRow]
    more: bool
    named: frozenset[UUID]
    whose: str
    """What the list holds when it does not hold every case."""
    stops: dict[UUID, Step]
    counts: dict[str, int]
    """Of each phase; empty for those who see a part of the list only."""
    steps: list[tuple[str, str]]
    districts: list[tuple[str, str]]
    agencies: list[tuple[str, str]]
    words: Any


@pages.get("", rule=LIST)
async def show_cases(
    request: Request, desk: DeskHere, asked: Annotated[Asked, Depends()]
) -> Response:
    staff: Staff = request.state.staff
    today, part = desk.clock.today(), staff.role in (Role.COUNTER, Role.NURSE)
    rows = await page_of(
        desk.db, _wanted(staff, asked), asked.step, today, (asked.page - 1) * PAGE, PAGE + 1
    )
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if part:  # what one's own counter or district goes on with
        rows = [row for row in rows if knows_person(staff, row)]
    named = frozenset(row.case_id for row in rows if knows_person(staff, row))
    if asked.q.strip():  # a search by name answers only about cases whose name one may see
        rows = [row for row in rows if row.case_id in named]
    await saw(desk.db, staff, named, LIST.name)
    page = CasesPage(
        today,
        asked,
        rows,
        more,
        named,
        _whose(desk, staff),
        {row.case_id: next_step(row, today) for row in rows},
        {} if part else await counts_by_phase(desk.db),
        list({step.code: (step.code, step.todo) for step in WAY}.values()),
        desk.city.choices("nurse_districts", today),
        desk.city.choices("agencies", today),
        words,
    )
    return render(request, "cases.html", page)


def _wanted(staff: Staff, asked: Asked) -> dict[str, Any]:
    """A counter sees what it referred or leads; a nurse her district and what has none."""
    own = staff.district if staff.role is Role.NURSE else None
    linked = (staff.agency or "") if staff.role is Role.COUNTER else asked.agency or None
    return {
        "status": asked.phase or None,
        "q": asked.q,
        "district": own or asked.district or None,
        "only": own is None,
        "linked": linked,
        "keeper": staff.staff_id if asked.mine else None,
        "by_age": asked.sort == "age",
    }


def _whose(desk: Desk, staff: Staff) -> str:
    if staff.role is Role.COUNTER:
        return "この窓口が紹介したケースと、主担当のケースです。"
    if staff.role is Role.NURSE and staff.district:
        district = desk.city.label("nurse_districts", staff.district)
        return f"担当地区（{district}）のケースと、地区の決まっていないケースです。"
    return ""
