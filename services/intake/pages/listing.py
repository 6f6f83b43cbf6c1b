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
from services.intake.handed import HandedCase, handed_cases
from services.intake.pages.forms import Short
from services.intake.read.searching import PAGE, Question, Sort, find, led_by, rows_of
from services.intake.read.terms import terms_of
from services.intake.showing import Line, lines_for
from services.intake.words import STATUS
from shared.casefile import showing
from shared.privacy.access import Staff
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, parsed
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


KINDS = {"issue": "issues", "district": "nurse_districts", "urgency": "urgencies"}
"""Further conditions, and the city's lists they choose from."""
SORTS: tuple[tuple[str, str], ...] = (
    ("newest", "新しい順"),
    ("oldest", "古い順（待っている長さの順）"),
    ("urgency", "緊急を先に"),
)
EVERY = "all"
"""The counter to ask for when the rows of all counters are wanted."""


class Filter(BaseModel):
    """What the list is narrowed to. No counter: one's own, or whoever a name is searched among."""

    counter: Short = Field("", title="受付窓口")
    status: Short = Field("", title="状況")
    issue: Short = Field("", title="課題")
    district: Short = Field("", title="担当保健師の地区")
    urgency: Short = Field("", title="緊急度")
    sort: Sort = Field("newest", title="並べ方")
    q: Short = Field("", title="氏名・ふりがな・電話番号・生年月日・町名")


@dataclass(frozen=True)
class View:
    """One choice of the switch above the list."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class ListPage:
    form: Form[Filter]
    lines: list[Line]
    caption: str
    views: list[View]
    """自分の窓口 or all of them; empty for who has no counter."""
    mine: bool
    """Only the own counter is listed: its name need not stand in every row."""
    counters: list[tuple[str, str]]
    statuses: list[tuple[str, str]]
    more: list[tuple[str, str, list[tuple[str, str]]]]
    """Further conditions: field, label, choices."""
    narrowed: bool
    """One of the further conditions is set."""
    passed_on: bool
    """Names of what was passed on to 多機関協働 are searched too."""
    everything: str
    """The same list without the conditions; empty when there are none."""
    newest: str
    """Back to the first page; empty there."""
    following: str


@dataclass(frozen=True)
class LedPage:
    lines: list[Line]
    agency: str | None
    handed: list[tuple[HandedCase, list[tuple[str, str]]]]
    """Cases that no counter received, each with what was handed over, in words."""


@pages.get("", rule=LIST)
async def list_consultations(request: Request, desk: DeskHere, after: str = "") -> Response:
    form = parsed(FormData([*request.query_params.multi_items()]), Filter)
    asked = form.value or Filter()
    staff: Staff = request.state.staff
    own = _own_counter(desk, staff)
    mine = bool(own) and not asked.counter and not asked.q
    counter = own if mine else "" if asked.counter == EVERY else asked.counter
    question = Question(
        counter,
        asked.status,
        asked.q,
        after=after,
        issue=asked.issue,
        district=asked.district,
        urgency=asked.urgency,
        sort=asked.sort,
        terms=terms_of(asked.q, desk.city),
    )
    scope = scope_of(staff)
    shown, mark = rows_of(await find(desk.db, question, scope), PAGE)
    page = ListPage(
        form=form,
        lines=await lines_for(desk, staff, shown, LIST, question.terms),
        caption=_caption(desk, asked, counter),
        views=_views(desk, asked, own) if own else [],
        mine=mine,
        counters=[(EVERY, "すべての窓口"), *options(desk.city, "counters", desk.clock.today())],
        statuses=[("", "すべて"), *STATUS.items()],
        more=_more(desk),
        narrowed=bool(_narrowed(asked)) or asked.sort != "newest",
        passed_on=scope.escalated,
        everything=_everything(asked, own),
        newest=_address(asked) if after else "",
        following=_address(asked, after=mark) if mark else "",
    )
    return render(request, "list.html", page, status=form.status)


@pages.get("/led", rule=LED)
async def list_led(request: Request, desk: DeskHere) -> Response:
    """主担当 (T-08, T-10): closed cases that this person's counter keeps an eye on."""
    staff: Staff = request.state.staff
    rows = await led_by(desk.db, staff.agency) if staff.agency else []
    handed = [
        (one, showing.lines(one.person, wareki) if one.person else [])
        for one in await handed_cases(desk, staff)
    ]
    page = LedPage(await lines_for(desk, staff, rows, LED), staff.agency, handed)
    return render(request, "led.html", page)


def _own_counter(desk: Desk, staff: Staff) -> str:
    """The counter this person sits at; empty for other agencies."""
    agency = staff.agency or ""
    return agency if agency in desk.city.codes("counters", desk.clock.today()) else ""


def _views(desk: Desk, asked: Filter, own: str) -> list[View]:
    # A name is searched among all whose names one may see: neither of the two.
    here = asked.counter or ("" if asked.q else own)
    label = f"自分の窓口（{desk.city.label('counters', own)}）"
    return [
        View(label, _address(asked, counter="", q=""), here == own),
        View("すべての窓口", _address(asked, counter=EVERY), here not in ("", own)),
    ]


def _caption(desk: Desk, asked: Filter, counter: str) -> str:
    """What is listed, in words: nobody has to guess which conditions hold."""
    whose = f"{desk.city.label('counters', counter)}の相談" if counter else "すべての窓口の相談"
    said = [
        f"「{asked.q}」をさがした結果" if asked.q else whose,
        f"状況「{STATUS.get(asked.status, asked.status)}」" if asked.status else "",
        *(f"{Filter.model_fields[name].title}「{label}」" for name, label in _named(desk, asked)),
        dict(SORTS)[asked.sort],
    ]
    return "　".join(word for word in said if word)


def _more(desk: Desk) -> list[tuple[str, str, list[tuple[str, str]]]]:
    today = desk.clock.today()
    chosen = {
        name: [("", "すべて"), *options(desk.city, kind, today)] for name, kind in KINDS.items()
    }
    chosen["sort"] = list(SORTS)
    return [(name, str(Filter.model_fields[name].title), some) for name, some in chosen.items()]


def _narrowed(asked: Filter) -> dict[str, str]:
    """The further conditions that are set."""
    return {name: code for name in KINDS if (code := str(getattr(asked, name)))}


def _named(desk: Desk, asked: Filter) -> list[tuple[str, str]]:
    return [(name, desk.city.label(KINDS[name], code)) for name, code in _narrowed(asked).items()]


def _everything(asked: Filter, own: str) -> str:
    if asked.q or asked.status or _narrowed(asked) or asked.counter not in ("", EVERY, own):
        return _address(Filter(counter=asked.counter and EVERY))
    return ""


def _address(asked: Filter, **more: str) -> str:
    given = {name: value for name, value in (asked.model_dump() | more).items() if value}
    if given.get("sort") == "newest":
        del given["sort"]
    return f"/intake?{urlencode(given)}" if given else "/intake"
