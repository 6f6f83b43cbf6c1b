"""アンケートの画面: rounds and links for staff, one quiet page for who answers (L-01 … L-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import DECIDE, RULE, OnAsked, View, view_of
from services.reporting.desk import Desk
from services.reporting.domain.survey import (
    Answered,
    Grade,
    Interviewed,
    Rescheduled,
    RoundOpened,
    Survey,
    SurveyEvent,
    When,
    interview,
    invite,
    is_over,
    open_round,
    round_of,
)
from services.reporting.inviting import token_of
from services.reporting.messages import messages
from services.reporting.pages.answer import GRADES, MOST
from services.reporting.read.figures import fiscal_years
from services.reporting.read.labels import year_label
from services.reporting.survey_results import (
    WHEN,
    Beside,
    Result,
    beside,
    notes_of,
    results_of,
    round_known,
    rounds_of,
)
from shared.contracts.fact import Code
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]
Story = Annotated[str, Field(max_length=4000)]


class OpenForm(BaseModel):
    closes_on: date = Field(title="回答の締切")


class InviteForm(BaseModel):
    agencies: list[Code] = Field(title="お願いする機関", min_length=1, max_length=60)


class HearingForm(BaseModel):
    agency: Code = Field(title="機関")
    on: date = Field(title="聞いた日")
    note: Story = Field(title="聞いたこと", min_length=1)


@dataclass(frozen=True)
class RoundPage:
    """One round for staff."""

    fiscal_year: int
    when: When
    title: str
    state: Survey
    over: bool
    """Nobody can answer any more: results may be shown."""
    links: list[tuple[str, str, bool]]
    """Agency, link, whether it was used."""
    results: list[Result]
    notes: list[str]
    decides: bool
    """May change it; nobody changes what was."""
    hearings: list[tuple[str, date, str]]
    rounds: list[tuple[str, list[Result]]]
    """The start beside the end of the year, as far as both are over."""
    beside: list[Beside]
    """What the facts show of each question."""
    view: View
    forms: dict[str, Form[Any]]
    agencies: list[tuple[str, str]]
    grades: tuple[tuple[Grade, str], ...]
    today: date
    site: str
    """Before a link, where it is sent to somebody."""


@dataclass(frozen=True)
class SurveysPage:
    rounds: list[tuple[str, str, Survey]]
    """Title, link, state."""
    view: View


@pages.get("/surveys", rule=RULE)
async def list_surveys(request: Request, desk: DeskHere, on: OnAsked = "") -> Response:
    """Of the last two years, and of every year there are figures of."""
    view = view_of(desk, None, on)
    known = [year for year in await fiscal_years(desk.db, view.today) if year <= view.year]
    rounds = []
    for fiscal_year in sorted({view.year, view.year - 1, *known}, reverse=True):
        for when, title in WHEN.items():
            state, _ = await round_known(desk, fiscal_year, when, view)
            link = f"/reporting/surveys/{fiscal_year}/{when}?{urlencode(view.of_day)}"
            rounds.append((f"{year_label(fiscal_year)} {title}", link.rstrip("?"), state))
    return render(request, "surveys.html", SurveysPage(rounds, view))


@pages.get("/surveys/{fiscal_year}/{when}", rule=RULE)
async def show_survey(
    request: Request, fiscal_year: YearPath, when: When, desk: DeskHere, on: OnAsked = ""
) -> Response:
    return await _show(request, desk, fiscal_year, when, on=on)


@pages.post("/surveys/{fiscal_year}/{when}", rule=DECIDE)
async def create_survey(
    request: Request, fiscal_year: YearPath, when: When, desk: DeskHere
) -> Response:
    form = await read_form(request, OpenForm)
    if form.value is not None:
        try:
            acted = await desk.surveys.act(
                round_of(fiscal_year, when),
                open_round,
                fiscal_year=fiscal_year,
                when=when,
                items=desk.city.codes("survey_items")[:MOST],
                closes_on=form.value.closes_on,
                today=desk.clock.today(),
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/reporting/surveys/{fiscal_year}/{when}", said=_opened(acted.events))
    return await _show(request, desk, fiscal_year, when, opening=form)


@pages.post("/surveys/{fiscal_year}/{when}/invitations", rule=DECIDE)
async def create_invitations(
    request: Request, fiscal_year: YearPath, when: When, desk: DeskHere
) -> Response:
    form = await read_form(request, InviteForm)
    if form.value is not None:
        known = [desk.city.listed("agencies", one, "agencies") for one in form.value.agencies]
        try:
            await desk.surveys.act(
                round_of(fiscal_year, when), invite, agencies=known, today=desk.clock.today()
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(
                f"/reporting/surveys/{fiscal_year}/{when}", said="リンクを作りました。"
            )
    return await _show(request, desk, fiscal_year, when, inviting=form)


@pages.post("/surveys/{fiscal_year}/{when}/hearings", rule=DECIDE)
async def create_hearing(
    request: Request, fiscal_year: YearPath, when: When, desk: DeskHere
) -> Response:
    form = await read_form(request, HearingForm)
    if form.value is not None:
        asked = form.value
        try:
            await desk.surveys.act(
                round_of(fiscal_year, when),
                interview,
                hearing_id=desk.new_id(),
                agency=desk.city.listed("agencies", asked.agency, "agency"),
                note=asked.note,
                on=asked.on,
                today=desk.clock.today(),
            )
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/reporting/surveys/{fiscal_year}/{when}", said="記録しました。")
    return await _show(request, desk, fiscal_year, when, hearing=form)


async def _show(
    request: Request,
    desk: Desk,
    fiscal_year: int,
    when: When,
    *,
    on: str = "",
    **typed: Form[Any],
) -> Response:
    """`typed`: the form that came back with an error, by its name."""
    view, round_id = view_of(desk, fiscal_year, on), round_of(fiscal_year, when)
    today = view.today
    state, history = await round_known(desk, fiscal_year, when, view)
    answers = [one for one in history if isinstance(one, Answered)]
    decides = view.on is None and request.state.staff.role in DECIDE.roles
    page = RoundPage(
        fiscal_year=fiscal_year,
        when=when,
        title=f"{year_label(fiscal_year)} {WHEN[when]}",
        state=state,
        links=links_of(request, state, round_id) if decides else [],
        over=is_over(state, today),
        results=results_of(desk, state, answers, today),
        notes=notes_of(desk, state, answers, today) if decides else [],
        hearings=[_heard(one) for one in history if isinstance(one, Interviewed) and decides],
        rounds=await rounds_of(desk, fiscal_year, view),
        beside=await beside(desk, view),
        view=view,
        decides=decides,
        forms=_blanks(state, today) | typed,
        agencies=desk.city.choices("agencies", today),
        grades=GRADES,
        today=today,
        site=str(request.base_url).rstrip("/"),
    )
    status = max((form.status for form in typed.values()), default=200)
    return render(request, "survey.html", page, status=status)


def _blanks(state: Survey, today: date) -> dict[str, Form[Any]]:
    return {
        "opening": blank(OpenForm, closes_on=state.closes_on),
        "inviting": blank(InviteForm),
        "hearing": blank(HearingForm, on=today),
    }


def _opened(events: Sequence[SurveyEvent]) -> str:
    match events:
        case [RoundOpened()]:
            return "始めました。"
        case [Rescheduled()]:
            return "締切を変えました。"
        case _:
            return "この締切ですでに始めています。"


def _heard(event: Interviewed) -> tuple[str, date, str]:
    return event.agency, event.heard_on, event.note or ""


def links_of(request: Request, state: Survey, round_id: UUID) -> list[tuple[str, str, bool]]:
    return [
        (
            agency,
            f"/reporting/answers/{token_of(_key(request), round_id, one)}",
            one in state.used,
        )
        for one, agency in state.invited.items()
    ]


def _key(request: Request) -> Any:
    return request.app.state.host.settings.master_key_file
