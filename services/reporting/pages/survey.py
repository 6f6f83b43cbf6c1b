"""アンケートの画面: rounds and links for staff, one quiet page for who answers (L-01 … L-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request, Response
from pydantic import BaseModel, Field

from services.reporting.asking import DECIDE, RULE, running_year
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
from services.reporting.read.labels import year_label
from services.reporting.survey_results import Result, beside, notes_of, results_of
from shared.contracts.fact import Code
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other

pages = Pages("reporting")
api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
YearPath = Annotated[int, Path(ge=2000, le=2100)]
WHEN: dict[When, str] = {"start": "年度の初め", "end": "年度の終わり"}
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
    hearings: list[tuple[str, date, str]]
    beside: list[tuple[str, str, str]]
    """What the facts show: words, number, link."""
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


@pages.get("/surveys", rule=RULE)
async def list_surveys(request: Request, desk: DeskHere) -> Response:
    year = running_year(desk.clock.today())
    rounds = []
    for fiscal_year in (year, year - 1):
        for when, title in WHEN.items():
            state = await desk.surveys.state(round_of(fiscal_year, when))
            link = f"/reporting/surveys/{fiscal_year}/{when}"
            rounds.append((f"{year_label(fiscal_year)} {title}", link, state))
    return render(request, "surveys.html", SurveysPage(rounds))


@pages.get("/surveys/{fiscal_year}/{when}", rule=RULE)
async def show_survey(
    request: Request, fiscal_year: YearPath, when: When, desk: DeskHere
) -> Response:
    return await _show(request, desk, fiscal_year, when)


class OpenAsked(BaseModel):
    """A round of the survey, with the agencies to ask."""

    closes_on: date
    agencies: list[Code] = Field([], max_length=60)


class OpenDone(BaseModel):
    """Agency → its link, relative to this site."""

    links: dict[str, str]


@api.post("/surveys/{fiscal_year}/{when}", rule=DECIDE, status_code=201)
async def post_survey(
    request: Request, fiscal_year: YearPath, when: When, asked: OpenAsked, desk: DeskHere
) -> OpenDone:
    """Open a round and invite; a second time moves the closing date and invites whoever is new."""
    round_id, today = round_of(fiscal_year, when), desk.clock.today()
    items = desk.city.codes("survey_items")[:MOST]
    await desk.surveys.act(
        round_id,
        open_round,
        fiscal_year=fiscal_year,
        when=when,
        items=items,
        closes_on=asked.closes_on,
        today=today,
    )
    known = [desk.city.listed("agencies", one, "agencies") for one in asked.agencies]
    await desk.surveys.act(round_id, invite, agencies=known, today=today)
    state = await desk.surveys.state(round_id)
    return OpenDone(links={agency: link for agency, link, _ in _links(request, state, round_id)})


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
    opening: Form[Any] | None = None,
    inviting: Form[Any] | None = None,
    hearing: Form[Any] | None = None,
) -> Response:
    round_id, today = round_of(fiscal_year, when), desk.clock.today()
    state = await desk.surveys.state(round_id)
    history = [one.event for one in await desk.surveys.history(round_id)]
    answers = [one for one in history if isinstance(one, Answered)]
    agencies = desk.city.choices("agencies", today)
    decides = request.state.staff.role in DECIDE.roles
    page = RoundPage(
        fiscal_year=fiscal_year,
        when=when,
        title=f"{year_label(fiscal_year)} {WHEN[when]}",
        state=state,
        links=_links(request, state, round_id) if decides else [],
        over=is_over(state, today),
        results=results_of(desk, state, answers, today),
        notes=notes_of(desk, state, answers, today) if decides else [],
        hearings=[_heard(one) for one in history if isinstance(one, Interviewed) and decides],
        beside=await beside(desk, fiscal_year),
        forms={
            "opening": opening or blank(OpenForm, closes_on=state.closes_on),
            "inviting": inviting or blank(InviteForm),
            "hearing": hearing or blank(HearingForm, on=today),
        },
        agencies=agencies,
        grades=GRADES,
        today=today,
        site=str(request.base_url).rstrip("/"),
    )
    status = max((form.status for form in (opening, inviting, hearing) if form), default=200)
    return render(request, "survey.html", page, status=status)


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


def _links(request: Request, state: Survey, round_id: UUID) -> list[tuple[str, str, bool]]:
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
