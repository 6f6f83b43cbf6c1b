"""Rounds of the survey for other programs: opened and invited with one call (L-01 … L-03)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.reporting.asking import DECIDE
from services.reporting.desk import Desk
from services.reporting.domain.survey import When, invite, open_round, round_of
from services.reporting.pages.answer import MOST
from services.reporting.pages.survey import YearPath, links_of
from shared.contracts.fact import Code
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]


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
    return OpenDone(links={agency: link for agency, link, _ in links_of(request, state, round_id)})
