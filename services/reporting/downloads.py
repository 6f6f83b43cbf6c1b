"""What leaves the screen: a chart, the year as CSV, PDF and Excel."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response

from services.reporting.asking import DECIDE, RULE, FiscalYear, OnAsked, Use, View, found, view_of
from services.reporting.charts import month_chart, part_chart
from services.reporting.closing import closings_of
from services.reporting.desk import Desk
from services.reporting.domain.review import Reviews
from services.reporting.domain.year import YearClosed
from services.reporting.pages.beyond import questions_asked
from services.reporting.pages.parts import bars_of
from services.reporting.read.decided import targets_of
from services.reporting.read.figures import figures_of
from services.reporting.read.labels import planned_by, year_label
from services.reporting.read.texts import texts_of
from services.reporting.report import Spoken, Year, report_of
from services.reporting.sheet_csv import csv_of
from services.reporting.survey_results import hearings_of, rounds_of
from services.reporting.then import reviews_known
from services.reporting.workbook import workbook_of
from shared.paper.pdf import pdf_of
from shared.paper.sending import MEDIA, Kind
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Pages

pages = Pages("reporting")
YEARS_SHOWN = 4
"""Of the questions beyond the plan, on paper."""
DeskHere = Annotated[Desk, Depends(desk_of)]


@pages.get("/indicators/{indicator}/chart.svg", rule=RULE)
async def draw_indicator(
    request: Request,
    desk: DeskHere,
    indicator: str,
    fiscal_year: FiscalYear = None,
    on: OnAsked = "",
) -> Response:
    """The chart alone: the pages ask for it when it comes into view."""
    definition, view = found(indicator), view_of(desk, fiscal_year, on)
    year = view.year
    figure, before = [
        (await figures_of(desk.db, one, view.today, [definition], view.known))[0]
        for one in (year, year - 1)
    ]
    svg = await month_chart(figure, before.series, year_label(year), year_label(year - 1))
    return _picture(request, svg)


@pages.get("/indicators/{indicator}/parts/{part}.svg", rule=RULE)
async def draw_part(
    request: Request,
    desk: DeskHere,
    indicator: str,
    part: str,
    fiscal_year: FiscalYear = None,
    on: OnAsked = "",
) -> Response:
    """The codes of one part, each with the year before."""
    definition, view = found(indicator), view_of(desk, fiscal_year, on)
    if part not in definition.parts:
        raise Refused("indicator-unknown", indicator=f"{indicator} {part}")
    bars = await bars_of(desk, definition, view)
    label, former = year_label(view.year), year_label(view.year - 1)
    return _picture(request, await part_chart(bars[part], definition.unit, label, former))


def _picture(request: Request, svg: str) -> Response:
    mark = f'"{sha256(svg.encode()).hexdigest()[:24]}"'
    kept = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=kept)
    return Response(svg, media_type="image/svg+xml", headers=kept)


@pages.get("/indicators.csv", rule=RULE)
async def download_year(
    desk: DeskHere, fiscal_year: FiscalYear = None, use: Use = "", on: OnAsked = ""
) -> Response:
    """The whole year for Excel; with `use=public` as it may be passed on."""
    year = await _year(desk, view_of(desk, fiscal_year, on), public=use == "public")
    content = csv_of(desk.city, year.figures, year.texts, year.targets, public=year.public)
    name = quote(f"計画の指標_{year.label}{'_公表用' if year.public else ''}.csv")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type="text/csv; charset=utf-8", headers=kept)


@pages.get("/report.{kind}", rule=RULE)
async def download_report(
    request: Request,
    desk: DeskHere,
    kind: Kind,
    fiscal_year: FiscalYear = None,
    use: Use = "",
    on: OnAsked = "",
) -> Response:
    """The year's report: on paper or as a workbook, for inside or (`use=public`) for everybody."""
    decides = request.state.staff.role in DECIDE.roles
    year = await _year(
        desk, view_of(desk, fiscal_year, on), public=use == "public", decides=decides
    )
    content = await (pdf_of(await report_of(year)) if kind == "pdf" else workbook_of(year))
    name = quote(f"定量評価_{year.label}{'_公表用' if year.public else ''}.{kind}")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=MEDIA[kind], headers=kept)


async def _year(desk: Desk, view: View, *, public: bool, decides: bool = False) -> Year:
    planned, year = planned_by(desk.city), view.year
    return Year(
        desk.city,
        year,
        view.today,
        await figures_of(desk.db, year, view.today, planned, view.known),
        await figures_of(desk.db, year - 1, view.today, planned, view.known),
        await texts_of(desk.db, year, planned, view.known),
        public,
        # What was written freely is not published.
        await targets_of(desk.db, year, view.on),
        Reviews() if public else await reviews_known(desk, year, view.on),
        await _spoken(desk, view, public=public, decides=decides),
        await _closing(desk, view),
    )


async def _spoken(desk: Desk, view: View, *, public: bool, decides: bool) -> Spoken:
    """What few cases show is not published; what was heard of whom is for those who decide."""
    rounds = await rounds_of(desk, view.year, view)
    if public:
        return Spoken(rounds)
    years, questions = await questions_asked(desk, view)
    shown = [one for one in years if one <= view.year][-YEARS_SHOWN:]
    heard = await hearings_of(desk, view.year, view) if decides else []
    return Spoken(rounds, heard, questions, shown)


async def _closing(desk: Desk, view: View) -> YearClosed | None:
    """The newest edition there was on the day of the report."""
    closings = await closings_of(desk, view.year)
    return next((one for one in closings if one.closed_on <= view.today), None)
