"""What people decide about figures, on screen: targets, closing a year, two years side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import RULE, FiscalYear, found, heads_of, running_year, view_of
from services.reporting.closing import Closing, close, closing_of, closings_of, state
from services.reporting.desk import Desk
from services.reporting.domain.target import set_target, target_stream
from services.reporting.domain.year import YearClosed
from services.reporting.indicators import Definition
from services.reporting.messages import messages
from services.reporting.read.decided import Target, closed_years, targets_of
from services.reporting.read.figures import Figure, figures_of, fiscal_years
from services.reporting.read.labels import planned_by, title_of, year_label
from services.reporting.signing import content_of
from shared.privacy.access import AccessRule, Role
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]
DECIDE = AccessRule("reporting.decide", frozenset({Role.COORDINATOR, Role.MANAGER}))


class TargetForm(BaseModel):
    """目標と基準値."""

    fiscal_year: int = Field(title="年度", ge=2000, le=2100)
    baseline: float | None = Field(None, title="基準値", ge=0, le=10_000_000)
    target: float | None = Field(None, title="目標値", ge=0, le=10_000_000)
    reason: str = Field("", title="決めた根拠・変えた理由", max_length=500)


class ClosingForm(BaseModel):
    """年度の締め."""

    edition: int = Field(0, ge=0)
    reason: str = Field("", title="締め直す理由", max_length=500)


@dataclass(frozen=True)
class TargetPage:
    definition: Definition
    title: str
    year: str
    form: Form[Any]


@dataclass(frozen=True)
class Compared:
    """One indicator in two years."""

    definition: Definition
    title: str
    first: Figure
    second: Figure
    target: Target | None

    @property
    def difference(self) -> float:
        return round(self.second.series.total - self.first.series.total, 2)

    @property
    def percent(self) -> int | None:
        """Of the first year; None where there is nothing to compare with."""
        before = self.first.series.total
        return round(self.difference / before * 100) if before else None


@dataclass(frozen=True)
class ComparePage:
    years: list[tuple[int, str]]
    first: tuple[int, str]
    second: tuple[int, str]
    programmes: list[tuple[str, list[Compared]]]
    most: float
    """The largest figure, for the bars."""


@dataclass(frozen=True)
class YearsPage:
    years: list[tuple[int, str, tuple[int, Any] | None, bool]]
    """Year, in words, newest closing, and whether it is over."""
    may_decide: bool


@dataclass(frozen=True)
class ClosingPage:
    fiscal_year: int
    year: str
    over: bool
    closing: Closing | None
    editions: list[YearClosed]
    form: Form[Any]
    may_decide: bool


@pages.get("/indicators/{indicator}/target", rule=DECIDE)
async def edit_target(
    request: Request, desk: DeskHere, indicator: str, fiscal_year: FiscalYear = None
) -> Response:
    year = fiscal_year or running_year(desk.clock.today())
    held = (await targets_of(desk.db, year)).get(indicator)
    known = {"baseline": held.baseline, "target": held.target} if held else {}
    return _show_target(
        request, desk, indicator, blank(TargetForm, fiscal_year=year, **known), year
    )


@pages.post("/indicators/{indicator}/target", rule=DECIDE)
async def create_target(request: Request, desk: DeskHere, indicator: str) -> Response:
    definition = found(indicator)
    form = await read_form(request, TargetForm)
    if form.value is not None:
        asked = form.value
        try:
            await desk.targets.act(
                target_stream(definition.id),
                set_target,
                indicator=definition.id,
                fiscal_year=asked.fiscal_year,
                baseline=asked.baseline,
                target=asked.target,
                reason=asked.reason or None,
                today=desk.clock.today(),
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            there = f"/reporting/indicators/{definition.id}?fiscal_year={asked.fiscal_year}"
            return see_other(there, said="目標を登録しました。")
    typed = form.first("fiscal_year")
    year = int(typed) if typed.isdigit() else running_year(desk.clock.today())
    return _show_target(request, desk, indicator, form, year)


def _show_target(
    request: Request, desk: Desk, indicator: str, form: Form[Any], year: int
) -> Response:
    definition = found(indicator)
    page = TargetPage(definition, title_of(desk.city, definition), year_label(year), form)
    return render(request, "target.html", page, status=form.status)


@pages.get("/compare", rule=RULE)
async def compare_years(
    request: Request,
    desk: DeskHere,
    fiscal_year: FiscalYear = None,
    against: Annotated[int | None, Query(ge=2000, le=2100)] = None,
) -> Response:
    """Two fiscal years side by side, the earlier one first."""
    view = view_of(desk, fiscal_year)
    first, second = sorted((against or view.year - 1, view.year))
    planned, today = planned_by(desk.city), desk.clock.today()
    before = await figures_of(desk.db, first, today, planned)
    after = await figures_of(desk.db, second, today, planned)
    targets = await targets_of(desk.db, second)
    groups: dict[str, list[Compared]] = {}
    for one, two in zip(before, after, strict=True):
        line = Compared(
            one.definition,
            title_of(desk.city, one.definition),
            one,
            two,
            targets.get(one.definition.id),
        )
        groups.setdefault(one.definition.programme, []).append(line)
    known = sorted({*(await fiscal_years(desk.db, today)), first, second})
    most = max((one.series.total for one in (*before, *after)), default=0)
    page = ComparePage(
        [(year, year_label(year)) for year in known],
        (first, year_label(first)),
        (second, year_label(second)),
        list(groups.items()),
        float(most or 1),
    )
    return render(request, "compare.html", page)


@pages.get("/years", rule=RULE)
async def list_years(request: Request, desk: DeskHere) -> Response:
    closed, running = await closed_years(desk.db), running_year(desk.clock.today())
    years = sorted({*(await fiscal_years(desk.db, desk.clock.today())), running - 1}, reverse=True)
    page = YearsPage(
        [(year, year_label(year), closed.get(year), year < running) for year in years],
        _may_decide(request),
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
async def download_signed(fiscal_year: YearPath, desk: DeskHere) -> Response:
    """What was signed, byte for byte; the signature stands in the headers and on the page."""
    closings = await closings_of(desk, fiscal_year)
    if not closings:
        raise Refused("year-open")
    one = closings[0]
    content = content_of(desk.city.code, fiscal_year, one.closed_on, one.figures, one.heads)
    name = f'attachment; filename="closing-{fiscal_year}-{one.edition}.json"'
    headers = {"Content-Disposition": name, "X-Signature": one.signature, "X-Public-Key": one.key}
    return Response(content, media_type="application/json", headers=headers)


async def _show_closing(
    request: Request, desk: Desk, fiscal_year: int, form: Form[Any] | None
) -> Response:
    editions = await closings_of(desk, fiscal_year)
    closing = await closing_of(desk, fiscal_year)
    shown = form or blank(ClosingForm, edition=editions[0].edition if editions else 0)
    page = ClosingPage(
        fiscal_year,
        year_label(fiscal_year),
        fiscal_year < running_year(desk.clock.today()),
        closing,
        editions,
        shown,
        _may_decide(request),
    )
    return render(request, "closing.html", page, status=shown.status)


def _may_decide(request: Request) -> bool:
    return request.state.staff.role in DECIDE.roles
