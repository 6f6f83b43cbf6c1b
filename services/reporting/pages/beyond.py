"""計画の外の問い on screen, by fiscal year, each with words, a chart and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from services.reporting.asking import RULE, OnAsked, View, view_of
from services.reporting.beyond import Question, Rules, questions_of
from services.reporting.desk import Desk
from services.reporting.read.figures import fiscal_years
from services.reporting.read.labels import year_label
from services.reporting.read.steps import steps_of
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


async def questions_asked(desk: Desk, view: View) -> tuple[list[int], list[Question]]:
    rules = Rules(desk.city.offices.coordination, view.today, desk.city.deadlines.silence)
    years = sorted(year for year in await fiscal_years(desk.db, view.today) if year <= view.year)
    return years, questions_of(await steps_of(desk.db, view.known), years, rules)
