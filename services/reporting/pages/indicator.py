"""One indicator in one fiscal year, down to its facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from services.reporting.pages.parts import Cell, PartTable, cells, parts_of
from services.reporting.read.behind import Asked, BehindPage, facts_behind
from services.reporting.read.changed import Changed, changed_of
from services.reporting.read.decided import Target, targets_of
from services.reporting.read.figures import MONTHS, Figure, figures_of
from services.reporting.read.labels import (
    TEAMS,
    dim_label,
    title_of,
    year_label,
)
from services.reporting.read.steps import accepted_of
from services.reporting.read.texts import Written, page_of_texts
from services.reporting.read.there import ThereOn, there_on
from shared.vocabulary.entries import Indicator
from shared.web.desks import desk_of
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
COORDINATED = frozenset({"coordination", "participation", "outreach"})
"""Who tells only of cases that 多機関協働 has."""


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
class Opened:
    """What makes a figure that is no mere sum of its facts (G9)."""

    besides: list[FactRow]
    """Of an average: the first facts of what it is divided by."""
    besides_count: int
    there: ThereOn
    """Of a stock: what is there on the day."""
    there_said: str
    there_href: str | None
    """Where the list goes on."""


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
    opened: Opened
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
    there_from: int


def narrowed_by(
    month: MonthAsked = None,
    dim: Annotated[str, Query(max_length=1000)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
    texts_from: Annotated[int, Query(ge=0, le=1_000_000, title="文の続き")] = 0,
    there_from: Annotated[int, Query(ge=0, le=1_000_000, title="一覧の続き")] = 0,
) -> Narrowed:
    return Narrowed(month, dim, after, texts_from, there_from)


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
    figure = (await figures_of(desk.db, year := view.year, view.today, [definition], view.known))[0]
    asked = Asked(year, narrowed.month, narrowed.dim, view.known)
    behind = await facts_behind(desk.db, definition, asked, narrowed.after)
    texts = await page_of_texts(desk.db, year, definition, view.known, narrowed.texts_from)
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
        parts=await parts_of(desk, figure, view),
        texts=texts,
        asked=asked_in_words(desk, definition, asked),
        behind=behind,
        facts=await fact_rows(desk, definition, behind, view),
        opened=await opened_by(desk, figure, asked, narrowed.there_from, view),
        whole_href=href_of(definition, view) + "#facts",
        next_href=next_page(definition, asked, behind, view),
        texts_href=next_texts(definition, texts, view),
    )
    return render(request, "indicator.html", page)


def asked_in_words(desk: Desk, definition: Definition, asked: Asked) -> str:
    said = [f"{asked.month}月"] if asked.month else []
    if asked.dim:
        said.append(dim_label(desk.city, asked.dim, definition.parts))
    return "、".join(said)


async def fact_rows(
    desk: Desk, definition: Definition, behind: BehindPage, view: View
) -> list[FactRow]:
    accepted = await accepted_of(desk.db, behind.rows, view.known)
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
            coordinated=row.source in COORDINATED or row.case_id in accepted,
        )
        for row in behind.rows
    ]


def next_page(definition: Definition, asked: Asked, behind: BehindPage, view: View) -> str | None:
    if behind.next_after is None:
        return None
    here = href_of(definition, view, asked.month, asked.dim)
    return f"{here}&{urlencode({'after': behind.next_after})}#facts"


async def opened_by(desk: Desk, figure: Figure, asked: Asked, start: int, view: View) -> Opened:
    definition = figure.definition
    besides = await divided_by(desk, figure, asked)
    there = await there_on(desk.db, definition, asked, start)
    return Opened(
        besides=await fact_rows(desk, definition, besides, view),
        besides_count=besides.count,
        there=there,
        there_said=f"{asked.month}月末" if asked.month else "年度末（進行中の年度は今日）",
        there_href=next_there(definition, asked, there, view),
    )


async def divided_by(desk: Desk, figure: Figure, asked: Asked) -> BehindPage:
    """The first facts of what an average is divided by; each code of it opens to all its own."""
    per = figure.definition.per
    codes = figure.parts.get(per, {})
    if not codes or asked.dim:
        return BehindPage((), 0, 0, None)
    divisor = replace(asked, dim=f"{per}:{','.join(codes)}")
    return await facts_behind(desk.db, figure.definition, divisor)


def next_there(definition: Definition, asked: Asked, there: ThereOn, view: View) -> str | None:
    if there.next_start is None:
        return None
    here = href_of(definition, view, asked.month, asked.dim)
    return f"{here}&{urlencode({'there_from': there.next_start})}#there"


def next_texts(definition: Definition, texts: Written, view: View) -> str | None:
    if texts.next_start is None:
        return None
    return f"{href_of(definition, view)}&{urlencode({'texts_from': texts.next_start})}#texts"


def facts_of(definition: Definition) -> list[str]:
    return [f"{TEAMS.get(team, team)} {fact}" for team, fact in counted_of(definition).observes]


def plan_of(desk: Desk, definition: Definition) -> Indicator | None:
    code = counted_of(definition).id
    return next((entry for entry in desk.city.indicators if entry.code == code), None)
