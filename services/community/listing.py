"""The list of the directory, for staff: everything that is in it, and what asks to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from services.community.access import LOOK
from services.community.desk import Desk
from services.community.looking import NO_TOWN, WEEKDAY_CHOICES, Looking, check_before
from services.community.read.directory import ResourceRow, count_open, count_unchecked
from services.community.read.searching import SHOWN, areas, count, find
from services.community.venues import venues_missing
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

listing = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Choosing:
    """What the search form offers."""

    areas: Choices
    towns: Choices
    """With 「町名が未記載」 for those that nobody has told apart yet (X-06)."""
    kinds: Choices
    targets: Choices
    cares: Choices
    programmes: Choices
    weekdays: Choices


@dataclass(frozen=True)
class DirectoryPage:
    """社会資源の台帳."""

    today: date
    asked: Looking
    offers: Choosing
    found: list[ResourceRow]
    total: int
    open: int
    unchecked: int
    """Entries that ask to be checked."""
    missing: int
    """Venues of the plan that are not in the directory yet."""
    before: str
    after: str


@listing.get("", rule=LOOK)
async def show_directory(
    request: Request, desk: DeskHere, asked: Annotated[Looking, Query()]
) -> Response:
    today = desk.clock.today()
    wanted = asked.search(desk.city, today)
    total = await count(desk.db, wanted)
    page = DirectoryPage(
        today=today,
        asked=asked,
        offers=await offered(desk),
        found=await find(desk.db, wanted, after=(asked.page - 1) * SHOWN),
        total=total,
        open=await count_open(desk.db),
        unchecked=await count_unchecked(desk.db, check_before(desk.city, today)),
        missing=await venues_missing(desk),
        before=asked.address("/community", asked.page - 1) if asked.page > 1 else "",
        after=asked.address("/community", asked.page + 1) if total > asked.page * SHOWN else "",
    )
    return render(request, "directory.html", page)


async def offered(desk: Desk, *, published: bool = False) -> Choosing:
    """The choices of the search form."""
    ours = {code for kind in desk.city.activity_kinds for code in kind.programmes}
    return Choosing(
        [(area, area) for area in await areas(desk.db, published=published)],
        [*([] if published else [(NO_TOWN, "町名が未記載")]), *desk.choices("towns")],
        desk.choices("resource_kinds"),
        desk.choices("resource_targets"),
        desk.choices("resource_cares"),
        [(code, label) for code, label in desk.choices("programmes") if code in ours],
        WEEKDAY_CHOICES,
    )
