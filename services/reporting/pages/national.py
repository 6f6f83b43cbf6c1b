"""国への実績報告 on screen, as Excel, CSV and JSON (F-16): nothing is typed a second time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.reporting.api import SourcePosition
from services.reporting.asking import RULE, FiscalYear, OnAsked, View, heads_of, view_of
from services.reporting.closing import closings_of, plain
from services.reporting.desk import Desk
from services.reporting.national import (
    Line,
    Section,
    Unmapped,
    rows_of,
    sections_of,
    sources_of,
    together_of,
)
from services.reporting.national_files import Sheet, csv_of, told_by, workbook_of
from services.reporting.pages.figures import YearLink, href_of, year_links
from services.reporting.read.as_of import AsOf, data_as_of
from services.reporting.read.decided import closed_years
from services.reporting.read.figures import Number, figures_of
from services.reporting.read.labels import year_label
from shared.paper.sending import MEDIA
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class NationalPage:
    """国への実績報告 of one fiscal year."""

    view: View
    year: str
    years: list[YearLink]
    sections: list[Section]
    closed: tuple[int, date] | None
    """Newest edition of the closing and its day."""
    signed: dict[str, Number]
    """Indicator → its figure as the year was closed with."""
    as_of: list[AsOf]

    def signed_of(self, line: Line) -> Number | None:
        """What the closing says of a row that is a whole indicator."""
        return None if line.row.part else self.signed.get(line.row.source or "")

    def href(self, line: Line) -> str:
        """The facts behind a figure."""
        return f"{href_of(line.definition, self.view, dim=line.dim)}#facts"  # type: ignore[arg-type]  # asked for lines with a source only

    def unmapped_href(self, one: Unmapped) -> str:
        return f"{href_of(one.definition, self.view, dim=f'{one.part}:{one.code}')}#facts"

    def told_by(self, line: Line) -> str:
        return told_by(line, self.as_of, self.view.on)


class CountedCode(BaseModel):
    label: str
    value: int | float


class ReturnLine(BaseModel):
    """One row; `value` is null where it is written by hand."""

    code: str
    title: str
    section: str
    unit: str
    value: int | float | None
    by_hand: bool
    indicator: str | None
    version: int | None
    part: str | None
    codes: list[str]
    counted: list[CountedCode]
    note: str | None


class UnmappedCode(BaseModel):
    """A code of ours in no row; `section`: where its list is first counted."""

    section: str
    indicator: str
    part: str
    code: str
    label: str
    value: int | float


class Return(BaseModel):
    """国への実績報告 of a fiscal year. `on`: only what was recorded up to that day."""

    fiscal_year: int
    label: str
    on: date | None
    closed_on: date | None
    edition: int | None
    as_of: list[SourcePosition]
    rows: list[ReturnLine]
    unmapped: list[UnmappedCode]


@pages.get("/return", rule=RULE)
async def show_return(
    request: Request, desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> Response:
    view = view_of(desk, fiscal_year, on)
    closed = (await closed_years(desk.db, view.on)).get(view.year)
    signed = (await closings_of(desk, view.year))[0].figures if closed else ()
    page = NationalPage(
        view,
        year_label(view.year),
        await year_links(desk, "/reporting/return", view),
        await _sections(desk, view),
        closed,
        {one.indicator: plain(one.value) for one in signed},
        await data_as_of(desk.db, heads_of(request)),
    )
    return render(request, "national.html", page)


@pages.get("/return.{kind}", rule=RULE)
async def download_return(
    request: Request,
    desk: DeskHere,
    kind: Literal["xlsx", "csv"],
    fiscal_year: FiscalYear = None,
    on: OnAsked = "",
) -> Response:
    """The same rows to hand in or to copy from, with where every number comes from."""
    view = view_of(desk, fiscal_year, on)
    as_of = await data_as_of(desk.db, heads_of(request))
    sheet = Sheet(year_label(view.year), view.on, await _sections(desk, view), as_of)
    content = csv_of(sheet) if kind == "csv" else await workbook_of(sheet)
    name = quote(f"国への実績報告_{sheet.year}.{kind}")
    kept = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    media = "text/csv; charset=utf-8" if kind == "csv" else MEDIA["xlsx"]
    return Response(content, media_type=media, headers=kept)


@api.get("/return", rule=RULE)
async def get_return(
    request: Request, desk: DeskHere, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> Return:
    """The national return, row by row, with the codes of ours that are counted in each."""
    view = view_of(desk, fiscal_year, on)
    sections = await _sections(desk, view)
    edition, closed_on = (await closed_years(desk.db, view.on)).get(view.year, (None, None))
    return Return(
        fiscal_year=view.year,
        label=year_label(view.year),
        on=view.on,
        closed_on=closed_on,
        edition=edition,
        as_of=[
            SourcePosition(
                team=one.team, position=one.position, waiting=one.waiting, last_day=one.last_day
            )
            for one in await data_as_of(desk.db, heads_of(request))
        ],
        rows=[_told(line) for section in sections for line in section.lines],
        unmapped=[
            UnmappedCode(
                section=section.title,
                indicator=one.definition.id,
                part=one.part,
                code=one.code,
                label=one.label,
                value=one.value,
            )
            for section in sections
            for one in section.unmapped
        ],
    )


def _told(line: Line) -> ReturnLine:
    row = line.row
    return ReturnLine(
        code=row.code,
        title=row.label,
        section=row.section,
        unit=row.unit,
        value=line.value,
        by_hand=line.definition is None,
        indicator=row.source,
        version=line.definition.version if line.definition else None,
        part=row.part,
        codes=list(row.codes),
        counted=[CountedCode(label=label, value=value) for label, value in line.counted],
        note=row.note,
    )


async def _sections(desk: Desk, view: View) -> list[Section]:
    rows = rows_of(desk.city, view.year)
    found = await figures_of(desk.db, view.year, view.today, sources_of(rows), view.known)
    figures = {figure.definition.id: figure for figure in found}
    together = await together_of(desk.db, rows, view.year, view.known)
    return sections_of(desk.city, rows, figures, together, date(view.year + 1, 3, 31))
