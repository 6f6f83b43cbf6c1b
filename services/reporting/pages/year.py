"""Targets of the figures, and two years side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import (
    DECIDE,
    RULE,
    FiscalYear,
    OnAsked,
    View,
    found,
    running_year,
    view_of,
)
from services.reporting.desk import Desk
from services.reporting.domain.target import set_target, target_stream
from services.reporting.indicators import Definition
from services.reporting.messages import messages
from services.reporting.read.decided import Target, targets_of
from services.reporting.read.figures import Figure, figures_of, fiscal_years
from services.reporting.read.labels import planned_by, title_of, year_label
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


class TargetForm(BaseModel):
    """目標と基準値."""

    fiscal_year: int = Field(title="年度", ge=2000, le=2100)
    baseline: float | None = Field(None, title="基準値", ge=0, le=10_000_000)
    target: float | None = Field(None, title="目標値", ge=0, le=10_000_000)
    reason: str = Field("", title="決めた根拠・変えた理由", max_length=500)


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
    view: View


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
    form, year = await read_form(request, TargetForm), running_year(desk.clock.today())
    if form.value is not None:
        asked = form.value
        year = asked.fiscal_year
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
    return _show_target(request, desk, indicator, form, year)


def _show_target(
    request: Request, desk: Desk, indicator: str, form: Form[Any], year: int
) -> Response:
    definition = found(indicator)
    form = replace(form, typed={**form.typed, "fiscal_year": [str(year)]})
    page = TargetPage(definition, title_of(desk.city, definition), year_label(year), form)
    return render(request, "target.html", page, status=form.status)


@pages.get("/compare", rule=RULE)
async def compare_years(
    request: Request,
    desk: DeskHere,
    fiscal_year: FiscalYear = None,
    against: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    on: OnAsked = "",
) -> Response:
    """Two fiscal years side by side, the earlier one first."""
    view = view_of(desk, fiscal_year, on)
    first, second = sorted((against or view.year - 1, view.year))
    planned, today = planned_by(desk.city), view.today
    before = await figures_of(desk.db, first, today, planned, view.known)
    after = await figures_of(desk.db, second, today, planned, view.known)
    targets = await targets_of(desk.db, second, view.on)
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
        view,
    )
    return render(request, "compare.html", page)
