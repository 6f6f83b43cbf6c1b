"""地域の居場所: what everybody may see, without signing in: published entries, never a person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from services.community.desk import Desk
from services.community.hsds import hsds_of
from services.community.listing import Choosing, offered
from services.community.looking import Looking
from services.community.open_data import csv_of
from services.community.read.directory import ResourceRow, resource_row
from services.community.read.searching import SHOWN, Search, count, find
from shared.privacy.access import PUBLIC
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

public_pages = Pages("community", "/community/public")
DeskHere = Annotated[Desk, Depends(desk_of)]
KEPT = {"Cache-Control": "public, max-age=300"}
"""Open data may be kept by whoever passes it on: a day's work is not lost by five minutes."""
MUNICIPAL_FORM = "standard"
_MOST = 20_000


@dataclass(frozen=True)
class PublicPage:
    asked: Looking
    offers: Choosing
    found: list[ResourceRow]
    total: int
    before: str
    after: str


@dataclass(frozen=True)
class PublicEntryPage:
    row: ResourceRow


@public_pages.get("", rule=PUBLIC)
async def show_places(
    request: Request, desk: DeskHere, asked: Annotated[Looking, Query()]
) -> Response:
    here = "/community/public"
    wanted = asked.search(desk.city, desk.clock.today(), published=True)
    total = await count(desk.db, wanted)
    page = PublicPage(
        asked,
        await offered(desk, published=True),
        await find(desk.db, wanted, after=(asked.page - 1) * SHOWN),
        total,
        asked.address(here, asked.page - 1) if asked.page > 1 else "",
        asked.address(here, asked.page + 1) if total > asked.page * SHOWN else "",
    )
    return render(request, "public.html", page)


@public_pages.get("/places.csv", rule=PUBLIC)
async def download_places(
    desk: DeskHere, form: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """Open data: every published place; `form=standard` for the headings of 自治体標準."""
    rows = await find(desk.db, Search(published=True), limit=_MOST)
    code = desk.city.government_code or desk.city.code
    name = quote(f"{code}_地域の居場所一覧.csv")
    kept = KEPT | {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    written = partial(csv_of, desk.city, rows, municipal=form == MUNICIPAL_FORM)
    content = await asyncio.to_thread(written)  # others need not wait for it
    return Response(content, media_type="text/csv; charset=utf-8", headers=kept)


@public_pages.get("/hsds.json", rule=PUBLIC)
async def send_hsds(desk: DeskHere) -> Response:
    """The same for directories of other systems, in the shape of HSDS."""
    rows = await find(desk.db, Search(published=True), limit=_MOST)
    told = await asyncio.to_thread(hsds_of, desk.city, rows)
    return JSONResponse(told, headers=KEPT)


@public_pages.get("/places/{resource_id}", rule=PUBLIC)
async def show_place(request: Request, resource_id: UUID, desk: DeskHere) -> Response:
    return render(request, "public_entry.html", PublicEntryPage(await shown(desk, resource_id)))


async def shown(desk: Desk, resource_id: UUID) -> ResourceRow:
    """The entry if everybody may see it; for strangers another one does not exist."""
    row = await resource_row(desk.db, resource_id)
    if row is None or not row.published or row.retired_on is not None:
        raise Refused("resource-unknown")
    return row
