"""データの質 on screen and as JSON (F-29): each rule in words, how much it finds, and what."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.reporting.asking import RULE, OnAsked, View, view_of
from services.reporting.closing import closings_of
from services.reporting.desk import Desk
from services.reporting.indicators import by_id
from services.reporting.indicators.everywhere import EVERYWHERE
from services.reporting.pages.figures import href_of
from services.reporting.quality import Finding, Found, found_by, spells_of
from services.reporting.read.decided import closed_years
from services.reporting.read.figures import MONTHS, Number, figures_of
from services.reporting.read.labels import TEAMS, title_of, year_label
from services.reporting.read.standing import Late, late_of, oldest_lacking, standings_of
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
PAGE = 100

_LACKS = {
    "town": (
        "町名のわからない相談",
        "住所から圏域の決まらなかった相談。住所不定や市外の方も、断らずに受け止めたもの。",
    ),
    "district": (
        "担当地区の決まらない相談",
        "町名はわかるが、地区担当保健師の地区が決まらなかった相談。",
    ),
    "issues": ("課題の種類のない相談", "受け止めたとき、課題の種類が一つも選ばれなかった相談。"),
}


@dataclass(frozen=True)
class Lacking:
    """Consultations of the running year without something."""

    id: str
    title: str
    said: str
    count: int
    of: Number
    """All consultations of the year."""
    oldest: date | None
    months: tuple[tuple[int, Number | None], ...]
    href: str


@dataclass(frozen=True)
class LateYear:
    """A closed year, and what came after."""

    fiscal_year: int
    label: str
    closed_on: date
    edition: int
    count: int
    newest: list[Late]


@dataclass(frozen=True)
class QualityPage:
    view: View
    year: str
    found: list[Found]
    lacking: list[Lacking]
    late: list[LateYear]

    def href(self, one: Found) -> str:
        on = f"&on={self.view.on}" if self.view.on else ""
        return f"/reporting/quality/cases?rule={one.rule.id}{on}"


@dataclass(frozen=True)
class CasesPage:
    """The cases of one rule."""

    view: View
    found: Found
    cases: tuple[Finding, ...]
    next_href: str | None


@dataclass(frozen=True)
class LatePage:
    """What was told of a closed year after its closing."""

    late: LateYear
    rows: list[tuple[Late, str, str, bool]]
    """The fact, the indicator in words, its team, and whether 多機関協働 has the case."""


class CaseFound(BaseModel):
    case_id: UUID
    since: date
    days: int


class CountThen(BaseModel):
    on: date
    count: int


class RuleFound(BaseModel):
    """One rule about open cases. `limit_days` is the city's; `oldest_days` null: nothing found."""

    id: str
    title: str
    rule: str
    limit_days: int
    count: int
    oldest_days: int | None
    trend: list[CountThen]
    cases: list[CaseFound]


class LackFound(BaseModel):
    """Consultations of the fiscal year without something."""

    id: str
    title: str
    rule: str
    count: int
    of: int | float
    oldest: date | None


class LateFound(BaseModel):
    """What was counted in a closed year after its closing."""

    fiscal_year: int
    closed_on: date
    edition: int
    count: int


class Quality(BaseModel):
    on: date
    fiscal_year: int
    cases: list[RuleFound]
    consultations: list[LackFound]
    late: list[LateFound]


@pages.get("/quality", rule=RULE)
async def show_quality(request: Request, desk: DeskHere, on: OnAsked = "") -> Response:
    view = view_of(desk, None, on)
    page = QualityPage(
        view,
        year_label(view.year),
        await _found(desk, view),
        await _lacking(desk, view),
        await _late(desk),
    )
    return render(request, "quality.html", page)


@pages.get("/quality/cases", rule=RULE)
async def show_cases(
    request: Request,
    desk: DeskHere,
    rule: Annotated[str, Query(max_length=40)] = "no-consent",
    start: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    on: OnAsked = "",
) -> Response:
    view = view_of(desk, None, on)
    one = next((one for one in await _found(desk, view) if one.rule.id == rule), None)
    if one is None:
        raise Refused("rule-unknown", rule=rule)
    more = start + PAGE < len(one.cases)
    back = f"&on={view.on}" if view.on else ""
    href = f"/reporting/quality/cases?rule={rule}&start={start + PAGE}{back}" if more else None
    page = CasesPage(view, one, one.cases[start : start + PAGE], href)
    return render(request, "quality_cases.html", page)


@pages.get("/quality/late", rule=RULE)
async def show_late(
    request: Request, desk: DeskHere, fiscal_year: Annotated[int, Query(ge=2000, le=2100)]
) -> Response:
    late = next((one for one in await _late(desk) if one.fiscal_year == fiscal_year), None)
    if late is None:
        raise Refused("year-open")
    rows = [
        (one, _title(desk, one.indicator), TEAMS.get(one.source, one.source), _ours(one.source))
        for one in late.newest
    ]
    return render(request, "quality_late.html", LatePage(late, rows))


@api.get("/quality", rule=RULE)
async def get_quality(desk: DeskHere, on: OnAsked = "") -> Quality:
    """What the records lack or have let pass, rule by rule."""
    view = view_of(desk, None, on)
    return Quality(
        on=view.today,
        fiscal_year=view.year,
        cases=[_told(one) for one in await _found(desk, view)],
        consultations=[
            LackFound(
                id=one.id,
                title=one.title,
                rule=one.said,
                count=one.count,
                of=one.of,
                oldest=one.oldest,
            )
            for one in await _lacking(desk, view)
        ],
        late=[
            LateFound(
                fiscal_year=one.fiscal_year,
                closed_on=one.closed_on,
                edition=one.edition,
                count=one.count,
            )
            for one in await _late(desk)
        ],
    )


def _told(one: Found) -> RuleFound:
    return RuleFound(
        id=one.rule.id,
        title=one.rule.title,
        rule=one.said,
        limit_days=one.days,
        count=len(one.cases),
        oldest_days=one.cases[0].days if one.cases else None,
        trend=[CountThen(on=day, count=count) for day, count in one.trend],
        cases=[
            CaseFound(case_id=case.case_id, since=case.since, days=case.days)
            for case in one.cases[:PAGE]
        ],
    )


async def _found(desk: Desk, view: View) -> list[Found]:
    """Beside the event loop: it walks over the steps of all cases."""
    steps, deadlines = await standings_of(desk.db, view.known), desk.city.deadlines

    def walk() -> list[Found]:
        return found_by(spells_of(steps, deadlines), deadlines, view.today)

    return await asyncio.to_thread(walk)


async def _lacking(desk: Desk, view: View) -> list[Lacking]:
    lacking = await oldest_lacking(desk.db, view.year, view.known)
    [figure] = await figures_of(desk.db, view.year, view.today, [EVERYWHERE], view.known)
    found = []
    for lack, (title, said) in _LACKS.items():
        count, oldest = lacking.get(lack, (0, None))
        series = figure.parts["lacks"].get(lack)
        months = tuple(zip(MONTHS, series.months, strict=True)) if series else ()
        href = f"{href_of(EVERYWHERE, view, dim=f'lacks:{lack}')}#facts"
        total = figure.series.total
        found.append(Lacking(lack, title, said, count, total, oldest, months, href))
    return found


async def _late(desk: Desk) -> list[LateYear]:
    found = []
    for year, (edition, closed_on) in sorted((await closed_years(desk.db)).items(), reverse=True):
        heads = (await closings_of(desk, year))[0].heads
        count, newest = await late_of(desk.db, year, heads, closed_on)
        found.append(LateYear(year, year_label(year), closed_on, edition, count, newest))
    return found


def _title(desk: Desk, indicator: str) -> str:
    definition = by_id(indicator)
    return f"{indicator} {title_of(desk.city, definition)}" if definition else indicator


def _ours(source: str) -> bool:
    return source in {"coordination", "participation", "outreach"}
