"""A fiscal year at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response

from services.reporting.asking import (
    RULE,
    FiscalYear,
    OnAsked,
    View,
    heads_of,
    view_of,
)
from services.reporting.charts import in_words
from services.reporting.desk import Desk
from services.reporting.indicators import Definition
from services.reporting.read.as_of import AsOf, data_as_of
from services.reporting.read.changed import Changed, changes_in
from services.reporting.read.decided import Target, targets_of
from services.reporting.read.figures import MONTHS, Figure, figures_of, fiscal_years
from services.reporting.read.labels import (
    not_yet,
    planned_by,
    title_of,
    year_label,
)
from services.reporting.read.texts import Written, newest_of
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class YearLink:
    """One choice of the fiscal-year switch."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Shown:
    """One indicator on the year's page."""

    title: str
    figure: Figure
    said: str
    """The chart in words."""
    chart: str
    href: str
    before: float
    """The figure of the year before."""
    texts: Written
    """What was written last, where the indicator is words."""


@dataclass(frozen=True)
class YearPage:
    """計画の指標: one fiscal year."""

    view: View
    year: str
    years: list[YearLink]
    programmes: list[tuple[str, list[Shown]]]
    """In the order of the plan's table."""
    not_yet: tuple[tuple[str, str], ...]
    as_of: list[AsOf]
    targets: dict[str, Target]
    changes: dict[str, Changed]
    """What changed a figure after its month was over, as it is known now."""
    months: tuple[int, ...] = MONTHS


@pages.get("", rule=RULE)
async def show_year(
    request: Request, desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> Response:
    view, planned = view_of(desk, fiscal_year, on), planned_by(desk.city)
    year = view.year
    figures = await figures_of(desk.db, year, view.today, planned, view.known)
    earlier = await figures_of(desk.db, year - 1, view.today, planned, view.known)
    before = {f.definition.id: f.series.total for f in earlier}
    texts = await newest_of(desk.db, year, planned, view.known)
    shown = [
        Shown(
            title_of(desk.city, figure.definition),
            figure,
            in_words(figure),
            chart_href(figure.definition, view),
            href_of(figure.definition, view),
            before[figure.definition.id],
            texts.get(figure.definition.id, Written([], 0)),
        )
        for figure in figures
    ]
    years = await year_links(desk, "/reporting", view)
    as_of = await data_as_of(desk.db, heads_of(request), view.known)
    targets = await targets_of(desk.db, year, view.on)
    changes = {} if view.on else await changes_in(desk.db, year)
    groups, missing = _by_programme(shown), not_yet(desk.city)
    page = YearPage(view, year_label(year), years, groups, missing, as_of, targets, changes)
    return render(request, "year.html", page)


def _by_programme(shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    groups: dict[str, list[Shown]] = {}
    for one in shown:
        groups.setdefault(one.figure.definition.programme, []).append(one)
    return list(groups.items())


def chart_href(definition: Definition, view: View) -> str:
    return f"/reporting/indicators/{definition.id}/chart.svg?{urlencode(view.query)}"


def href_of(definition: Definition, view: View, month: int | None = None, dim: str = "") -> str:
    """The page of an indicator, narrowed to a month and a part."""
    asked = dict(view.query)
    if month:
        asked["month"] = month
    if dim:
        asked["dim"] = dim
    return f"/reporting/indicators/{definition.id}?{urlencode(asked)}"


async def year_links(desk: Desk, path: str, view: View) -> list[YearLink]:
    known = await fiscal_years(desk.db, desk.clock.today())
    links = []
    for year in sorted({*known, view.year}, reverse=True):
        href = f"{path}?{urlencode(view.of_year(year).query)}"
        links.append(YearLink(year_label(year), href, year == view.year))
    return links
