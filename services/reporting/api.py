"""The JSON of reporting: figures of a fiscal year, and the facts behind one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from services.reporting.asking import (
    PUBLISHED,
    RULE,
    FiscalYear,
    MonthAsked,
    OnAsked,
    Use,
    found,
    heads_of,
    view_of,
)
from services.reporting.desk import Desk
from services.reporting.publishing import HIDDEN, Table, published, whole
from services.reporting.read.as_of import data_as_of
from services.reporting.read.behind import PAGE, Asked, facts_behind
from services.reporting.read.decided import Target, targets_of
from services.reporting.read.figures import MONTHS, Figure, Number, figures_of
from services.reporting.read.labels import code_label, not_yet, planned_by, title_of, year_label
from services.reporting.read.texts import Text, texts_of
from shared.privacy.access import Role
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


class MonthValue(BaseModel):
    """`value` is null for a month that has not begun, and where it is `hidden`."""

    month: int
    value: int | float | None
    hidden: bool = False


class PartValue(BaseModel):
    part: str
    code: str
    label: str
    total: int | float | None
    """Null where it is `hidden`."""
    hidden: bool = False
    months: list[MonthValue]
    """Of the year alone in what is published: none."""


class TextValue(BaseModel):
    day: date
    text: str
    fact_id: UUID


class IndicatorValue(BaseModel):
    """One indicator in one fiscal year. A stock (`stock`) is as of each month's end, not a sum.

    Other systems get what may be published: small numbers of persons are null and `hidden`, and
    breakdowns that could give them away are left out.
    """

    id: str
    version: int
    title: str
    programme: str
    unit: str
    definition: str
    term: str = ""
    """用語."""
    leaves_out: str = ""
    """What it does not count; the end of `definition`."""
    kind: Literal["number", "text", "number+text"]
    stock: bool
    total: int | float | None
    """Null where it is `hidden`."""
    hidden: bool = False
    months: list[MonthValue]
    baseline: float | None
    target: float | None
    """What the city decided for the year; null where it decided nothing (X-29)."""
    parts: list[PartValue]
    texts: list[TextValue]
    """What was written, where the indicator is words (X-28)."""


class SourcePosition(BaseModel):
    """How far the facts of one team are counted. `waiting` is null while that is not known."""

    team: str
    position: int
    waiting: int | None
    last_day: date | None


class NotYet(BaseModel):
    id: str
    title: str


class Indicators(BaseModel):
    fiscal_year: int
    label: str
    on: date | None
    """The day as of which all this was known; null: now."""
    as_of: list[SourcePosition]
    indicators: list[IndicatorValue]
    not_yet: list[NotYet]


class CountedFact(BaseModel):
    """One counted thing and the fact that told it."""

    fact_id: UUID
    item: int
    day: date
    team: str
    position: int
    case_id: UUID | None
    dims: list[str]
    number: int
    note: str | None
    recorded_on: date | None
    """The day that the fact's id bears, if it bears one."""
    late: bool
    """Recorded when the month it counts in was over."""
    corrects: bool
    """It puts right what an earlier fact said."""


class Facts(BaseModel):
    """One page. Ask again with `after` = `next_after` until it is null."""

    id: str
    version: int
    fiscal_year: int
    on: date | None
    """The day as of which they were known; null: now."""
    count: int
    total: int
    facts: list[CountedFact]
    next_after: str | None


@api.get("/indicators", rule=PUBLISHED)
async def list_indicators(
    request: Request,
    desk: DeskHere,
    fiscal_year: FiscalYear = None,
    use: Use = "",
    on: OnAsked = "",
) -> Indicators:
    """With `on` as all was known on that day; `use=public` shows staff what other systems see."""
    view = view_of(desk, fiscal_year, on)
    year = view.year
    planned = planned_by(desk.city)
    public = use == "public" or request.state.staff.role is Role.INTEGRATOR
    texts = await texts_of(desk.db, year, planned, view.known)
    targets = await targets_of(desk.db, year, view.on)
    return Indicators(
        fiscal_year=year,
        label=year_label(year),
        on=view.on,
        as_of=[
            SourcePosition(
                team=one.team,
                position=one.position,
                waiting=one.waiting,
                last_day=one.last_day,
            )
            for one in await data_as_of(desk.db, heads_of(request), view.known)
        ],
        indicators=[
            told(
                desk,
                figure,
                texts.get(figure.definition.id, []),
                targets.get(figure.definition.id),
                public=public,
            )
            for figure in await figures_of(desk.db, year, view.today, planned, view.known)
        ],
        not_yet=[NotYet(id=name, title=title) for name, title in not_yet(desk.city)],
    )


@api.get("/indicators/{indicator}/facts", rule=RULE)
async def list_facts(
    desk: DeskHere,
    indicator: str,
    fiscal_year: FiscalYear = None,
    month: MonthAsked = None,
    dim: Annotated[str, Query(max_length=1000)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = PAGE,
    on: OnAsked = "",
) -> Facts:
    definition, view = found(indicator), view_of(desk, fiscal_year, on)
    asked = Asked(view.year, month, dim, view.known)
    page = await facts_behind(desk.db, definition, asked, after, limit)
    return Facts(
        id=definition.id,
        version=definition.version,
        fiscal_year=view.year,
        on=view.on,
        count=page.count,
        total=page.total,
        facts=[
            CountedFact(
                fact_id=row.fact_id,
                item=row.item,
                day=row.day,
                team=row.source,
                position=row.position,
                case_id=row.case_id,
                dims=list(row.dims),
                number=row.number,
                note=row.note,
                recorded_on=row.recorded_on,
                late=row.late,
                corrects=row.corrects,
            )
            for row in page.rows
        ],
        next_after=page.next_after,
    )


def told(
    desk: Desk, figure: Figure, texts: list[Text], target: Target | None, *, public: bool
) -> IndicatorValue:
    definition = figure.definition
    table = published(figure, desk.city.publication.smallest) if public else whole(figure)
    return IndicatorValue(
        id=definition.id,
        version=definition.version,
        title=title_of(desk.city, definition),
        programme=definition.programme,
        unit=definition.unit,
        definition=definition.sentence,
        term=definition.term,
        leaves_out=definition.leaves_out,
        kind=definition.kind,
        stock=definition.stock,
        total=_shown(table.total),
        hidden=table.total == HIDDEN,
        months=_months(table.months),
        baseline=target.baseline if target else None,
        target=target.target if target else None,
        parts=list(_parts(desk, figure, table, public=public)),
        texts=[TextValue(day=one.day, text=one.text, fact_id=one.fact_id) for one in texts],
    )


def _parts(desk: Desk, figure: Figure, table: Table, *, public: bool) -> Iterator[PartValue]:
    """Parts by month are for staff only."""
    for part, codes in table.parts.items():
        for code, value in codes.items():
            yield PartValue(
                part=part,
                code=code,
                label=code_label(desk.city, part, code),
                total=_shown(value),
                hidden=value == HIDDEN,
                months=[] if public else _months(figure.parts[part][code].months),
            )


def _months(values: Sequence[Number | str | None]) -> list[MonthValue]:
    return [
        MonthValue(month=month, value=_shown(value), hidden=value == HIDDEN)
        for month, value in zip(MONTHS, values, strict=True)
    ]


def _shown(value: Number | str | None) -> Number | None:
    return None if isinstance(value, str) else value
