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
from services.community.domain.activity import record
from services.community.month import ROWS, form_of, rows_of
from services.community.monthly import Row, asked_again, read_rows, repeated
from services.community.placing import by_name, fields_of
from services.community.read.naming import names_of, regular, suggested
from services.community.sheets import field_of, kind_of
from services.community.workbook import NoWorkbook, fields_in, template_of, typed_in
from shared.paper.sending import MEDIA
from shared.sourcing.log import Origin
from shared.vocabulary.entries import ActivityKind
from shared.web.desks import desk_of, desk_of_one_commit, origin_of
from shared.web.forms import WHOLE, Form, blank, parsed
from shared.web.pages import Pages
from shared.web.render import render, see_other

month_pages = Pages("community")
DeskHere = Annotated[Desk, Depends(desk_of)]
OriginHere = Annotated[Origin, Depends(origin_of)]
KindAsked = Annotated[str, Query(max_length=64)]
PRESSED = "row"
EXPECTED = 100
"""Places that have a row before anybody typed: a screen that nobody has to scroll for minutes."""
_LISTED = 20_000
"""Places in a workbook at the most."""


@dataclass(frozen=True)
class MonthPage:
    kind: ActivityKind
    form: Form[Any]
    programmes: list[tuple[str, str]]
    measures: list[tuple[str, str]]
    """Field → heading."""
    places: list[str]
    """Names to choose from, once for all rows; any other place may be typed."""
    rows: range
    most: int
    repeated: Sequence[int] = ()
    """Rows whose day and place have a record of this kind already."""


@month_pages.get("/activities/month", rule=WRITE)
async def new_month(request: Request, desk: DeskHere, kind: KindAsked = "") -> Response:
    """An empty form; where the city expects a month of every place, a row for each."""
    known = kind_of(desk.city, kind)
    if known is None:
        return see_other("/community/activities/new")
    expected = dict(zip(fields_of(range(1, ROWS + 1)), await _expected(desk, known), strict=False))
    shared = {"kind": known.code, "programme": _only_programme(known)}
    form = blank(form_of(desk.city, known), **shared, **expected)
    return await _show(request, desk, known, form)


@month_pages.post("/activities/month", rule=WRITE)
async def create_month(request: Request, desk: DeskHere, origin: OriginHere) -> Response:
    sent = await request.form()
    known = kind_of(desk.city, str(sent.get("kind") or ""))
    if known is None:
        return see_other("/community/activities/new")
    if sent.get(PRESSED):
        form = parsed(sent, form_of(desk.city, known))
        form = replace(form, value=None, errors={}, status=200)
        return await _show(request, desk, known, form, more=True)
    rows, form = await read_rows(desk, known, sent)
    if form.value is None:
        return await _show(request, desk, known, form)
    before = await repeated(desk, known, rows)
    if before and not form.value.again:
        form = asked_again(form, before)
        return await _show(request, desk, known, form, before=before)
    log, today = desk.log_of(known.code), desk.clock.today()
    async with desk_of_one_commit(request, origin) as whole:
        for row in rows:
            await whole.activities.act(
                row.activity_id,
                record,
                activity_id=row.activity_id,
                sheet=row.sheet,
                log=log,
                today=today,
            )
    return see_other("/community/activities", said=f"{len(rows)}件の活動を記録しました。")


@month_pages.get("/activities/month.xlsx", rule=WRITE)
async def download_month(desk: DeskHere, kind: KindAsked) -> Response:
    """The empty form for Excel."""
    known = kind_of(desk.city, kind)
    if known is None:
        return see_other("/community/activities/new")
    places = await suggested(desk.db, known.programmes, _LISTED)
    ids = await _expected(desk, known)
    names = await names_of(desk.db, ids)
    content = await template_of(desk.city, known, places, [names[one].label for one in ids])
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
    file, only = sent.get("file"), _only_programme(known) or str(sent.get("programme") or "")
    shared: list[tuple[str, str | UploadFile]] = [("kind", known.code), ("programme", only)]
    raw = await file.read() if isinstance(file, UploadFile) else b""
    try:
        typed = await typed_in(raw, desk.city, known)
    except NoWorkbook as fault:
        form = parsed(FormData(shared), form_of(desk.city, known))
        form = replace(form, value=None, errors={WHOLE: str(fault)}, status=422)
        return await _show(request, desk, known, form)
    rows, form = await read_rows(desk, known, FormData([*shared, *fields_in(typed)]))
    return await _show(request, desk, known, form, before=await repeated(desk, known, rows))


async def _expected(desk: Desk, kind: ActivityKind) -> list[UUID]:
    """The places of which a month is expected: those of the one programme, of the kind it names."""
    programme = _only_programme(kind)
    if programme is None or kind.each is None:
        return []
    return await regular(desk.db, programme, kind.each, EXPECTED)


def _only_programme(kind: ActivityKind) -> str | None:
    return kind.programmes[0] if len(kind.programmes) == 1 else None


async def _show(
    request: Request,
    desk: Desk,
    kind: ActivityKind,
    form: Form[Any],
    *,
    more: bool = False,
    before: Sequence[Row] = (),
) -> Response:
    label = desk.city.label
    rows = rows_of(form, kind, more=more)
    page = MonthPage(
        kind,
        await by_name(desk, form, fields_of(rows)),
        [(code, label("programmes", code)) for code in kind.programmes],
        [(field_of(code), label("activity_measures", code)) for code in kind.measures],
        await suggested(desk.db, kind.programmes),
        rows,
        ROWS,
        [row.n for row in before],
    )
    return render(request, "month.html", page, status=form.status)
