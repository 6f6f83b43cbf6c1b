"""One indicator in one fiscal year, down to its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from services.reporting.asking import (
    RULE,
    FiscalYear,
    MonthAsked,
    OnAsked,
    View,
    found,
    view_of,
)
from services.reporting.charts import in_words
from services.reporting.desk import Desk
from services.reporting.indicators import Definition, counted_of
from services.reporting.pages.figures import YearLink, chart_href, href_of, year_links
from services.reporting.read.behind import Asked, BehindPage, facts_behind
from services.reporting.read.changed import Changed, changed_of
from services.reporting.read.decided import Target, targets_of
from services.reporting.read.figures import MONTHS, Figure, Series, figures_of
from services.reporting.read.labels import (
    TEAMS,
    code_label,
    dim_label,
    title_of,
    year_label,
)
from services.reporting.read.texts import Written, page_of_texts
from shared.vocabulary.entries import Indicator
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class Cell:
    """A number that opens to its facts; no link where there is nothing to open."""

    value: float | None
    href: str | None


@dataclass(frozen=True)
class PartRow:
    """One code of a part over the year."""

    label: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class PartTable:
    heading: str
    rows: list[PartRow]


@dataclass(frozen=True)
class FactRow:
    """One fact behind the figure."""

    day: date
    team: str
    position: int
    fact_id: str
    case_id: str | None
    codes: list[str]
    number: int
    note: str | None
    recorded_on: date | None
    """None: its id does not bear the day."""
    late: bool
    corrects: bool
    coordinated: bool
    """多機関協働 has the case, so there is a timeline to open."""


@dataclass(frozen=True)
class IndicatorPage:
    """One indicator in one fiscal year, down to its facts."""

    title: str
    definition: Definition
    counted_from: list[str]
    """The facts it is made of: team and name."""
    plan: Indicator | None
    """What the city's plan says of it; None: it is asked beyond the plan."""
    view: View
    year: str
    years: list[YearLink]
    figure: Figure
    changed: Changed
    target: Target | None
    said: str
    chart: str
    months: list[tuple[int, Cell]]
    parts: list[PartTable]
    texts: Written
    asked: str
    """What the list of facts is narrowed to, in words; empty: the whole year."""
    behind: BehindPage
    facts: list[FactRow]
    whole_href: str
    next_href: str | None
    texts_href: str | None
    """Where the texts go on."""


@dataclass(frozen=True)
class Narrowed:
    """Which of an indicator's facts and texts are shown."""

    month: int | None
    dim: str
    after: str
    texts_from: int


def narrowed_by(
    month: MonthAsked = None,
    dim: Annotated[str, Query(max_length=1000)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
    texts_from: Annotated[int, Query(ge=0, le=1_000_000, title="文の続き")] = 0,
) -> Narrowed:
    return Narrowed(month, dim, after, texts_from)


@pages.get("/indicators/{indicator}", rule=RULE)
async def show_indicator(
    request: Request,
    desk: DeskHere,
    indicator: str,
    fiscal_year: FiscalYear = None,
    on: OnAsked = "",
    *,
    narrowed: Annotated[Narrowed, Depends(narrowed_by)],
) -> Response:
    definition, view = found(indicator), view_of(desk, fiscal_year, on)
    year = view.year
    figure = (await figures_of(desk.db, year, view.today, [definition], view.known))[0]
    asked = Asked(year, narrowed.month, narrowed.dim, view.known)
    behind = await facts_behind(desk.db, definition, asked, narrowed.after)
    texts = await page_of_texts(desk.db, year, definition, view.known, narrowed.texts_from)
    tables = [part_table(desk, figure, part, view) for part in definition.parts]
    page = IndicatorPage(
        title=title_of(desk.city, definition),
        definition=definition,
        counted_from=facts_of(definition),
        plan=plan_of(desk, definition),
        view=view,
        year=year_label(year),
        years=await year_links(desk, f"/reporting/indicators/{definition.id}", view),
        figure=figure,
        changed=await changed_of(desk.db, definition, year, view.known),
        target=(await targets_of(desk.db, year, view.on)).get(definition.id),
        said=in_words(figure),
        chart=chart_href(definition, view),
        months=list(zip(MONTHS, cells(definition, view, figure.series), strict=True)),
        parts=[one for one in tables if one.rows],
        texts=texts,
        asked=asked_in_words(desk, definition, asked),
        behind=behind,
        facts=fact_rows(desk, definition, behind),
        whole_href=href_of(definition, view) + "#facts",
        next_href=next_page(definition, asked, behind, view),
        texts_href=next_texts(definition, texts, view),
    )
    return render(request, "indicator.html", page)


def cells(definition: Definition, view: View, series: Series, dim: str = "") -> list[Cell]:
    """Twelve months; each number opens to its facts."""
    return [
        Cell(value, f"{href_of(definition, view, month, dim)}#facts" if value else None)
        for month, value in zip(MONTHS, series.months, strict=True)
    ]


def part_table(desk: Desk, figure: Figure, part: str, view: View) -> PartTable:
    definition = figure.definition
    rows = []
    for code, series in sorted(figure.parts[part].items(), key=lambda item: -item[1].total):
        dim = f"{part}:{code}"
        total = Cell(series.total, href_of(definition, view, dim=dim) + "#facts")
        label = code_label(desk.city, part, code)
        rows.append(PartRow(label, cells(definition, view, series, dim), total))
    return PartTable(definition.parts[part], rows)


def asked_in_words(desk: Desk, definition: Definition, asked: Asked) -> str:
    said = [f"{asked.month}月"] if asked.month else []
    if asked.dim:
        said.append(dim_label(desk.city, asked.dim, definition.parts))
    return "、".join(said)


def fact_rows(desk: Desk, definition: Definition, behind: BehindPage) -> list[FactRow]:
    return [
        FactRow(
            day=row.day,
            team=TEAMS.get(row.source, row.source),
            position=row.position,
            fact_id=str(row.fact_id),
            case_id=str(row.case_id) if row.case_id else None,
            codes=[dim_label(desk.city, dim, counted_of(definition).parts) for dim in row.dims],
            number=row.number,
            note=row.note,
            recorded_on=row.recorded_on,
            late=row.late,
            corrects=row.corrects,
            coordinated=row.source in {"coordination", "participation", "outreach"},
        )
        for row in behind.rows
    ]


def next_page(definition: Definition, asked: Asked, behind: BehindPage, view: View) -> str | None:
    if behind.next_after is None:
        return None
    here = href_of(definition, view, asked.month, asked.dim)
    return f"{here}&{urlencode({'after': behind.next_after})}#facts"


def next_texts(definition: Definition, texts: Written, view: View) -> str | None:
    if texts.next_start is None:
        return None
    return f"{href_of(definition, view)}&{urlencode({'texts_from': texts.next_start})}#texts"


def facts_of(definition: Definition) -> list[str]:
    return [f"{TEAMS.get(team, team)} {fact}" for team, fact in counted_of(definition).observes]


def plan_of(desk: Desk, definition: Definition) -> Indicator | None:
    code = counted_of(definition).id
    return next((entry for entry in desk.city.indicators if entry.code == code), None)
