"""The screen for a month's sessions: all rows are recorded, or none and each says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from starlette.datastructures import FormData, UploadFile

from services.community.access import WRITE
from services.community.desk import Desk
from services.community.domain.activity import Activity, Sheet, record
from services.community.messages import messages
from services.community.month import (
    ROWS,
    begun,
    checked,
    form_of,
    refused_at,
    rows_of,
    sheet_of,
)
from services.community.read.activities import held_between
from services.community.read.searching import Search, find
from services.community.sheets import field_of, kind_of
from services.community.workbook import (
    NoWorkbook,
    place_name,
    template_of,
    typed_in,
    with_places,
)
from shared.paper.sending import MEDIA
from shared.sourcing.decider import Refused
from shared.vocabulary.entries import ActivityKind
from shared.web.desks import desk_of
from shared.web.forms import WHOLE, Form, blank, parsed, read_form
from shared.web.messages import said
from shared.web.pages import Pages
from shared.web.render import render, see_other

month_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
PRESSED = "row"
_NOTHING = UUID(int=0)
_PLACES = 1000


@dataclass(frozen=True)
class MonthPage:
    kind: ActivityKind
    form: Form[Any]
    programmes: list[tuple[str, str]]
    measures: list[tuple[str, str]]
    """Field → heading."""
    places: list[tuple[str, str]]
    rows: range
    most: int
    repeated: Sequence[int] = ()
    """Rows of a workbook whose day and place have a record of this kind already."""


@month_pages.get("/activities/month", rule=WRITE)
async def new_month(
    request: Request, desk: DeskHere, kind: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    known = kind_of(desk.city, kind)
    if known is None:
        return see_other("/community/activities/new")
    only = known.programmes[0] if len(known.programmes) == 1 else None
    form = blank(form_of(desk.city, known), kind=known.code, programme=only)
    return await _show(request, desk, known, form)


@month_pages.post("/activities/month", rule=WRITE)
async def create_month(request: Request, desk: DeskHere) -> Response:
    sent = await request.form()
    known = kind_of(desk.city, str(sent.get("kind") or ""))
    if known is None:
        return see_other("/community/activities/new")
    form = await read_form(request, form_of(desk.city, known))
    if sent.get(PRESSED):
        form = replace(form, value=None, errors={}, status=200)
        return await _show(request, desk, known, form, more=True)
    form = checked(form, known)
    sheets, form = await _read(desk, known, form)
    if form.value is None:
        return await _show(request, desk, known, form)
    log, today = desk.log_of(known.code), desk.clock.today()
    for sheet in sheets:
        new = desk.new_id()
        await desk.activities.act(new, record, activity_id=new, sheet=sheet, log=log, today=today)
    return see_other("/community/activities", said=f"{len(sheets)}件の活動を記録しました。")


@month_pages.get("/activities/month.xlsx", rule=WRITE)
async def download_month(desk: DeskHere, kind: Annotated[str, Query(max_length=64)]) -> Response:
    """The empty form for Excel."""
    known = kind_of(desk.city, kind)
    if known is None:
        return see_other("/community/activities/new")
    places = await find(desk.db, Search(), limit=_PLACES)
    content = await template_of(desk.city, known, places)
    name = quote(f"1か月分の記録_{known.label}.xlsx")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=MEDIA["xlsx"], headers=kept)


@month_pages.post("/activities/month/file", rule=WRITE)
async def read_month(request: Request, desk: DeskHere) -> Response:
    """A workbook onto the screen: what is wrong is said there, and nothing is recorded yet."""
    sent = await request.form()
    known = kind_of(desk.city, str(sent.get("kind") or ""))
    if known is None:
        return see_other("/community/activities/new")
    model, file = form_of(desk.city, known), sent.get("file")
    only = known.programmes[0] if len(known.programmes) == 1 else str(sent.get("programme") or "")
    shared: list[tuple[str, str | UploadFile]] = [("kind", known.code), ("programme", only)]
    raw = await file.read() if isinstance(file, UploadFile) else b""
    try:
        typed = await typed_in(raw, desk.city, known)
    except NoWorkbook as fault:
        form = parsed(FormData(shared), model)
        form = replace(form, value=None, errors={WHOLE: str(fault)}, status=422)
        return await _show(request, desk, known, form)
    fields, wrong = with_places(typed, await find(desk.db, Search(), limit=_PLACES))
    form = checked(parsed(FormData([*shared, *fields]), model), known)
    if wrong:
        errors = {**form.errors, **wrong}
        form = replace(form, value=None, errors=errors, status=422)
    sheets, form = await _read(desk, known, form)
    return await _show(request, desk, known, form, repeated=await _known(desk, sheets))


async def _known(desk: Desk, sheets: Sequence[Sheet]) -> list[int]:
    """Rows, from 1, that look as if they had been recorded before."""
    days = [sheet.held_on for sheet in sheets]
    if not days:
        return []
    held = await held_between(desk.db, min(days), max(days))
    before = {(one.kind, one.held_on, one.resource_id) for one in held}
    return [
        n
        for n, one in enumerate(sheets, start=1)
        if (one.kind, one.held_on, one.resource_id) in before
    ]


async def _read(desk: Desk, kind: ActivityKind, form: Form[Any]) -> tuple[list[Sheet], Form[Any]]:
    """All rows, asked of the rule before any of them is recorded."""
    typed = form.value
    if typed is None:
        return [], form
    sheets: list[Sheet] = []
    log, today = desk.log_of(kind.code), desk.clock.today()
    for n in begun(form, kind):
        try:
            sheet = await desk.listed_sheet(sheet_of(kind, typed, n))
            record(Activity(), activity_id=_NOTHING, sheet=sheet, log=log, today=today)
        except Refused as refused:
            message = said(refused, messages)
            form = refused_at(form, n, message.ja, message.at)
        else:
            sheets.append(sheet)
    return sheets, form


async def _show(
    request: Request,
    desk: Desk,
    kind: ActivityKind,
    form: Form[Any],
    *,
    more: bool = False,
    repeated: Sequence[int] = (),
) -> Response:
    places = await find(desk.db, Search(), limit=_PLACES)
    label = desk.city.label
    page = MonthPage(
        kind,
        form,
        [(code, label("programmes", code)) for code in kind.programmes],
        [(field_of(code), label("activity_measures", code)) for code in kind.measures],
        [(str(place.resource_id), place_name(place)) for place in places],
        rows_of(form, kind, more=more),
        ROWS,
        repeated,
    )
    return render(request, "month.html", page, status=form.status)
