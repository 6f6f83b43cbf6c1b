"""計画の外の問い on screen, by fiscal year, in words, chart and table; each answer opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.reporting.asking import RULE, FiscalYear, OnAsked, View, view_of
from services.reporting.beyond import Question, behind_answer, questions_of
from services.reporting.desk import Desk
from services.reporting.read.behind import PAGE
from services.reporting.read.figures import fiscal_years
from services.reporting.read.labels import code_label, year_label
from services.reporting.read.steps import steps_of
from services.reporting.walking import One, Rules
from shared.web.desks import desk_of
from shared.web.pages import Api, Pages
from shared.web.render import render

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class BeyondPage:
    view: View
    years: list[tuple[int, str]]
    questions: list[Question]


@dataclass(frozen=True)
class CountedLine:
    """One case, request or need that an answer counts."""

    one: One
    said: str
    """What it adds: days, or whether it is one of the share."""
    kind: str
    """Of a need that is no case: which resource is missed, in words."""


@dataclass(frozen=True)
class BehindAnswerPage:
    view: View
    year: str
    question: Question
    count: int
    lines: list[CountedLine]
    next_href: str | None


class CountedOne(BaseModel):
    """`number`: days, or of a share 1 where it is one of those and 0 where not."""

    case_id: UUID | None
    since: date | None
    day: date
    number: float


class BehindAnswer(BaseModel):
    question: str
    fiscal_year: int
    count: int
    counted: list[CountedOne]


Start = Annotated[int, Query(ge=0, le=10_000_000, title="一覧の続き")]


@pages.get("/beyond", rule=RULE)
async def show_beyond(request: Request, desk: DeskHere, on: OnAsked = "") -> Response:
    view = view_of(desk, None, on)
    years, questions = await questions_asked(desk, view)
    page = BeyondPage(view, [(year, year_label(year)) for year in years], questions)
    return render(request, "beyond.html", page)


@api.get("/beyond", rule=RULE)
async def get_beyond(desk: DeskHere, on: OnAsked = "") -> list[Question]:
    """The questions beyond the plan, by fiscal year."""
    return (await questions_asked(desk, view_of(desk, None, on)))[1]


@pages.get("/beyond/{question}", rule=RULE)
async def show_behind_answer(
    request: Request,
    desk: DeskHere,
    question: str,
    fiscal_year: FiscalYear = None,
    start: Start = 0,
    on: OnAsked = "",
) -> Response:
    """Each case or request that the answer of a year counts."""
    view = view_of(desk, fiscal_year, on)
    asked, counted = await _opened(desk, view, question)
    more = start + PAGE < len(counted)
    query = urlencode({**view.query, "start": start + PAGE})
    page = BehindAnswerPage(
        view,
        year_label(view.year),
        asked,
        len(counted),
        [_line(desk, asked, one) for one in counted[start : start + PAGE]],
        f"/reporting/beyond/{question}?{query}" if more else None,
    )
    return render(request, "beyond_answer.html", page)


@api.get("/beyond/{question}", rule=RULE)
async def get_behind_answer(
    desk: DeskHere, question: str, fiscal_year: FiscalYear = None, on: OnAsked = ""
) -> BehindAnswer:
    view = view_of(desk, fiscal_year, on)
    _, counted = await _opened(desk, view, question)
    return BehindAnswer(
        question=question,
        fiscal_year=view.year,
        count=len(counted),
        counted=[
            CountedOne(
                case_id=one.step.case_id,
                since=one.since.day if one.since else None,
                day=one.step.day,
                number=one.number,
            )
            for one in counted
        ],
    )


async def _opened(desk: Desk, view: View, question: str) -> tuple[Question, Sequence[One]]:
    """The question with its answer in that year, and what the answer counts."""
    steps, rules = await steps_of(desk.db, view.known), _rules(desk, view)
    counted = behind_answer(question, steps, view.year, rules)
    asked = questions_of(steps, [view.year], rules)
    return next(one for one in asked if one.id == question), counted


def _line(desk: Desk, question: Question, one: One) -> CountedLine:
    if question.unit == "%":
        said = "あてはまる" if one.number else "あてはまらない"
    else:
        said = f"{int(one.number):,} {question.unit}"
    code = one.step.code or (one.since.code if one.since else "")
    kind = code_label(desk.city, "kind", code) if one.step.case_id is None and code else ""
    return CountedLine(one, said, kind)


def _rules(desk: Desk, view: View) -> Rules:
    return Rules(desk.city.offices.coordination, view.today, desk.city.deadlines.silence)


async def questions_asked(desk: Desk, view: View) -> tuple[list[int], list[Question]]:
    rules = _rules(desk, view)
    years = sorted(year for year in await fiscal_years(desk.db, view.today) if year <= view.year)
    return years, questions_of(await steps_of(desk.db, view.known), years, rules)
