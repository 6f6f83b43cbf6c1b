"""年度の締め on screen and as JSON: closing, editions, what was signed (F-30, N-15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import (
    DECIDE,
    RULE,
    OnAsked,
    View,
    heads_of,
    running_year,
    view_of,
)
from services.reporting.closing import Closing, close, closing_of, closings_of, counted_now, state
from services.reporting.desk import Desk
from services.reporting.domain.year import YearClosed
from services.reporting.messages import messages
from services.reporting.read.decided import closed_years
from services.reporting.read.figures import fiscal_years
from services.reporting.read.labels import year_label
from services.reporting.signing import content_of, is_genuine, keys_of
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]


class ClosingForm(BaseModel):
    """年度の締め."""

    edition: int = Field(0, ge=0)
    reason: str = Field("", title="理由", max_length=500)


@dataclass(frozen=True)
class YearsPage:
    years: list[tuple[int, str, tuple[int, Any] | None, bool]]
    """Year, in words, newest closing, and whether it is over."""
    may_decide: bool
    view: View


@dataclass(frozen=True)
class ClosingPage:
    fiscal_year: int
    year: str
    over: bool
    closing: Closing | None
    editions: list[tuple[YearClosed, bool]]
    """Newest first, and whether its signature is ours and right."""
    missing: int
    """Facts that are told and not counted."""
    form: Form[Any]
    may_decide: bool


@pages.get("/years", rule=RULE)
async def list_years(request: Request, desk: DeskHere, on: OnAsked = "") -> Response:
    view = view_of(desk, None, on)
    closed, running = await closed_years(desk.db, view.on), running_year(view.today)
    known = [year for year in await fiscal_years(desk.db, view.today) if year <= running]
    page = YearsPage(
        [
            (year, year_label(year), closed.get(year), year < running)
            for year in sorted({*known, running - 1}, reverse=True)
        ],
        view.on is None and _may_decide(request),
        view,
    )
    return render(request, "closings.html", page)


@pages.get("/years/{fiscal_year}", rule=RULE)
async def show_closing(request: Request, fiscal_year: YearPath, desk: DeskHere) -> Response:
    return await _show_closing(request, desk, fiscal_year, None)


@pages.post("/years/{fiscal_year}/closing", rule=DECIDE)
async def create_closing(request: Request, fiscal_year: YearPath, desk: DeskHere) -> Response:
    form = await read_form(request, ClosingForm)
    if form.value is not None:
        key_file = request.app.state.host.settings.master_key_file
        asked = form.value
        try:
            await close(desk, key_file, fiscal_year, asked.edition, heads_of(request), asked.reason)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/reporting/years/{fiscal_year}", said="年度を締めました。")
    return await _show_closing(request, desk, fiscal_year, form)


class ClosingAsked(BaseModel):
    """`edition`: the one that was seen, 0 before the first."""

    edition: int = Field(0, ge=0)
    reason: str = Field("", max_length=500)


class ClosingDone(BaseModel):
    """The edition that holds now."""

    fiscal_year: int
    edition: int
    signature: str
    key: str


@api.post("/years/{fiscal_year}/closing", rule=DECIDE, status_code=201)
async def post_closing(
    request: Request, fiscal_year: YearPath, asked: ClosingAsked, desk: DeskHere
) -> ClosingDone:
    """Count, sign, keep and tell a year that is over (F-30)."""
    key_file = request.app.state.host.settings.master_key_file
    await close(desk, key_file, fiscal_year, asked.edition, heads_of(request), asked.reason)
    one = (await closings_of(desk, fiscal_year))[0]
    return ClosingDone(
        fiscal_year=fiscal_year, edition=one.edition, signature=one.signature, key=one.key
    )


@pages.post("/years/{fiscal_year}/statement", rule=DECIDE)
async def create_statement(fiscal_year: YearPath, desk: DeskHere) -> Response:
    """Tell other systems the running figures, as far as they changed."""
    told = await state(desk, fiscal_year)
    return see_other(f"/reporting/years/{fiscal_year}", said=f"変わった値{told}件を知らせました。")


@pages.get("/years/{fiscal_year}/signed.json", rule=RULE)
async def download_signed(
    fiscal_year: YearPath,
    desk: DeskHere,
    edition: Annotated[int | None, Query(ge=1, le=10_000, title="版")] = None,
) -> Response:
    """What was signed, byte for byte, of the newest edition or an earlier one; the signature
    stands in the headers and on the page.
    """
    closings = await closings_of(desk, fiscal_year)
    if not closings:
        raise Refused("year-open")
    one = next((one for one in closings if edition in (None, one.edition)), None)
    if one is None:
        raise Refused("edition-unknown")
    content = content_of(desk.city.code, one)
    name = f'attachment; filename="closing-{fiscal_year}-{one.edition}.json"'
    headers = {"Content-Disposition": name, "X-Signature": one.signature, "X-Public-Key": one.key}
    return Response(content, media_type="application/json", headers=headers)


async def _show_closing(
    request: Request, desk: Desk, fiscal_year: int, form: Form[Any] | None
) -> Response:
    editions, now = await closings_of(desk, fiscal_year), await counted_now(desk, fiscal_year)
    keys = keys_of(request.app.state.host.settings.master_key_file)
    shown = form or blank(ClosingForm, edition=editions[0].edition if editions else 0)
    page = ClosingPage(
        fiscal_year,
        year_label(fiscal_year),
        fiscal_year < running_year(desk.clock.today()),
        closing_of(desk, editions, now, keys),
        [(one, is_genuine(desk.city.code, one, keys)) for one in editions],
        now.missing(heads_of(request)),
        shown,
        _may_decide(request),
    )
    return render(request, "closing.html", page, status=shown.status)


def _may_decide(request: Request) -> bool:
    return request.state.staff.role in DECIDE.roles
