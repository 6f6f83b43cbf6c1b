"""相談の一覧 and 主担当のケース."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from services.intake.access import LED, LIST, scope_of
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.pages.forms import Short
from services.intake.read.searching import PAGE, Question, find, led_by, rows_of
from services.intake.showing import Line, lines_for
from services.intake.words import STATUS
from shared.privacy.access import Staff
from shared.web.desks import desk_of
from shared.web.forms import Form, parsed
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


class Filter(BaseModel):
    """What the list is narrowed to."""

    counter: Short = Field("", title="受付窓口")
    status: Short = Field("", title="状況")
    q: Short = Field("", title="氏名・ふりがな・電話番号")


@dataclass(frozen=True)
class ListPage:
    form: Form[Filter]
    lines: list[Line]
    counters: list[tuple[str, str]]
    statuses: list[tuple[str, str]]
    narrowed: bool
    newest: str
    """Back to the first page; empty there."""
    following: str


@dataclass(frozen=True)
class LedPage:
    lines: list[Line]
    agency: str | None


@pages.get("", rule=LIST)
async def list_consultations(request: Request, desk: DeskHere, after: str = "") -> Response:
    form = parsed(FormData([*request.query_params.multi_items()]), Filter)
    asked = form.value or Filter()
    staff: Staff = request.state.staff
    question = Question(asked.counter, asked.status, asked.q, after=after)
    shown, mark = rows_of(await find(desk.db, question, scope_of(staff)), PAGE)
    page = ListPage(
        form=form,
        lines=await lines_for(desk, staff, shown, LIST),
        counters=[("", "すべての窓口"), *options(desk.city, "counters", desk.clock.today())],
        statuses=[("", "すべて"), *STATUS.items()],
        narrowed=bool(asked.counter or asked.status or asked.q),
        newest=_address(asked) if after else "",
        following=_address(asked, after=mark) if mark else "",
    )
    return render(request, "list.html", page, status=form.status)


@pages.get("/led", rule=LED)
async def list_led(request: Request, desk: DeskHere) -> Response:
    """主担当 (T-08, T-10): closed cases that this person's counter keeps an eye on."""
    staff: Staff = request.state.staff
    rows = await led_by(desk.db, staff.agency) if staff.agency else []
    page = LedPage(await lines_for(desk, staff, rows, LED), staff.agency)
    return render(request, "led.html", page)


def _address(asked: Filter, **more: str) -> str:
    given = {name: value for name, value in asked.model_dump().items() if value} | more
    return f"/intake?{urlencode(given)}" if given else "/intake"
