"""予定表: a week by days, for staff with what was recorded; for everybody; as iCalendar."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK
from services.community.desk import Desk
from services.community.ical import calendar_of
from services.community.listing import Choosing, offered
from services.community.looking import Looking
from services.community.pages.public import KEPT
from services.community.read.activities import HELD, held_between
from services.community.read.occasions import coming
from services.community.read.searching import count, find
from services.community.week import PLACES, Week, monday_of, week_of
from shared.privacy.access import PUBLIC
from shared.vocabulary.wareki import parse_date
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

_FEED = 20_000
"""As many as the open data has: nothing is cut without a word."""
_KEPT_BACK = timedelta(days=31)
"""What was announced stays in the feed for a while after its day."""
_YEARS = range(2000, 2100)
calendar_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]


class Wanted(Looking):
    """Which places, in which week: any day of it."""

    week: str = ""

    def monday(self, today: date) -> date:
        """The week that is asked for; what is no day is this week."""
        try:
            day = parse_date(self.week) if self.week else today
        except ValueError:
            return monday_of(today)
        return monday_of(day if day.year in _YEARS else today)


@dataclass(frozen=True)
class CalendarPage:
    week: Week
    asked: Wanted
    offers: Choosing
    here: str
    entry: str
    """The address of a place goes on after this."""
    public: bool
    before: str
    after: str
    feed: str
    cut: bool
    """There are more places than are shown."""
    held_cut: bool
    """There are more records than are shown."""
    most: int = PLACES
    most_held: int = HELD


@calendar_pages.get("/calendar", rule=LOOK)
async def show_calendar(
    request: Request, desk: DeskHere, asked: Annotated[Wanted, Query()]
) -> Response:
    return await _show(request, desk, asked, public=False)


@calendar_pages.get("/public/calendar", rule=PUBLIC)
async def show_public_calendar(
    request: Request, desk: DeskHere, asked: Annotated[Wanted, Query()]
) -> Response:
    return await _show(request, desk, asked, public=True)


@calendar_pages.get("/public/calendar.ics", rule=PUBLIC)
async def send_calendar(desk: DeskHere, asked: Annotated[Looking, Query()]) -> Response:
    """What somebody looks for, as a feed: it follows the directory."""
    today = desk.clock.today()
    wanted = asked.search(desk.city, today, published=True)
    announced = await coming(desk.db, today - _KEPT_BACK, wanted=wanted)
    places = await find(desk.db, wanted, limit=_FEED)
    title = f"{desk.city.name} 地域の居場所"
    content = await asyncio.to_thread(calendar_of, desk.city, places, title, announced)
    name = quote("地域の居場所.ics")
    kept = KEPT | {"Content-Disposition": f"inline; filename*=UTF-8''{name}"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=kept)


async def _show(request: Request, desk: Desk, asked: Wanted, *, public: bool) -> Response:
    today = desk.clock.today()
    monday = asked.monday(today)
    wanted = asked.search(desk.city, today, published=public)
    until = monday + timedelta(days=6)
    held = [] if public else await held_between(desk.db, monday, until, wanted)
    here = "/community/public/calendar" if public else "/community/calendar"
    page = CalendarPage(
        week_of(
            monday,
            await find(desk.db, wanted, limit=PLACES),
            held[:HELD],
            await coming(desk.db, monday, until, wanted),
        ),
        asked,
        await offered(desk, published=public),
        here,
        "/community/public/places/" if public else "/community/resources/",
        public,
        _at(here, asked, monday - timedelta(days=7)),
        _at(here, asked, monday + timedelta(days=7)),
        asked.model_copy(update={"week": ""}).address("/community/public/calendar.ics"),
        await count(desk.db, wanted) > PLACES,
        len(held) > HELD,
    )
    return render(request, "calendar.html", page)


def _at(here: str, asked: Wanted, week: date) -> str:
    said = asked.model_dump(exclude={"page", "week"}) | {"week": week.isoformat()}
    return f"{here}?{urlencode({name: value for name, value in said.items() if value})}"
