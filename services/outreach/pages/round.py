"""The screens of 見回り: where people gather, we go (T-30)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import district_of, may_help
from services.outreach.asked.lead import RoundForm, RoundPlanForm
from services.outreach.desk import Desk
from services.outreach.domain.round import call_off
from services.outreach.going_round import make_round, plan_round
from services.outreach.lead_access import ROUND, ROUNDS
from services.outreach.pages.lead import SAID
from services.outreach.read.leads import LeadRow, leads_of_round
from services.outreach.read.rounds import RoundRow, round_row, rounds_made, rounds_planned
from services.outreach.sheets import over, round_sheet
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

round_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class RoundsPage:
    today: date
    planned: list[RoundRow]
    made: list[RoundRow]


@dataclass(frozen=True)
class RoundPage:
    """One round with whom we noticed there."""

    today: date
    row: RoundRow
    leads: list[LeadRow]


@dataclass(frozen=True)
class RoundFormPage:
    """`row` is the planned round that is recorded as made; None for a new one."""

    form: Form[Any]
    row: RoundRow | None
    towns: list[tuple[str, str]]
    venues: list[str]


@round_pages.get("/rounds", rule=ROUNDS)
async def show_rounds(request: Request, desk: DeskHere) -> Response:
    district = district_of(request.state.staff)
    page = RoundsPage(
        desk.clock.today(),
        await rounds_planned(desk.db, district),
        await rounds_made(desk.db, district),
    )
    return render(request, "rounds.html", page)


@round_pages.get("/rounds/new", rule=ROUNDS)
async def new_round(request: Request, desk: DeskHere) -> Response:
    return _form(request, desk, "round_new.html", blank(RoundForm, on=desk.clock.today()))


@round_pages.post("/rounds", rule=ROUNDS)
async def create_round(request: Request, desk: DeskHere) -> Response:
    return await _made(request, desk, desk.new_id(), None)


@round_pages.get("/rounds/plan", rule=ROUNDS)
async def new_plan(request: Request, desk: DeskHere) -> Response:
    return _form(request, desk, "round_plan.html", blank(RoundPlanForm))


@round_pages.post("/rounds/plan", rule=ROUNDS)
async def create_plan(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, RoundPlanForm)
    if form.value is None:
        return _form(request, desk, "round_plan.html", form)
    asked = form.value
    try:
        await plan_round(desk, desk.new_id(), asked.place, asked.town, asked.on)
    except Refused as refused:
        return _form(request, desk, "round_plan.html", form.refuse(refused, SAID))
    return see_other("/outreach/rounds", said="見回りを予定しました。")


@round_pages.get("/rounds/{round_id}", rule=ROUND)
async def show_round(request: Request, round_id: UUID, desk: DeskHere) -> Response:
    """A round is for everybody; whom we noticed there, for those who may help them."""
    row, staff = await _known(desk, round_id), request.state.staff
    noticed = await leads_of_round(desk.db, round_id)
    leads = [lead for lead in noticed if may_help(staff, lead.nurse_district)]
    await saw(desk.db, staff, [lead.lead_id for lead in leads], ROUND.name)
    return render(request, "round.html", RoundPage(desk.clock.today(), row, leads))


@round_pages.get("/rounds/{round_id}/made", rule=ROUNDS)
async def new_made(request: Request, round_id: UUID, desk: DeskHere) -> Response:
    row = await _known(desk, round_id)
    form = blank(RoundForm, on=desk.clock.today(), place=row.place)
    return _form(request, desk, "round_new.html", form, row)


@round_pages.post("/rounds/{round_id}/made", rule=ROUNDS)
async def create_made(request: Request, round_id: UUID, desk: DeskHere) -> Response:
    return await _made(request, desk, round_id, await _known(desk, round_id))


@round_pages.post("/rounds/{round_id}/called-off", rule=ROUNDS)
async def create_called_off(round_id: UUID, desk: DeskHere) -> Response:
    await desk.rounds.act(round_id, call_off, on=desk.clock.today())
    return see_other("/outreach/rounds", said="見回りを取りやめました。")


async def _made(request: Request, desk: Desk, round_id: UUID, row: RoundRow | None) -> Response:
    form = await read_form(request, RoundForm)
    if form.value is None:
        return _form(request, desk, "round_new.html", form, row)
    try:
        await make_round(desk, round_id, form.value)
    except Refused as refused:
        form = await _made_otherwise(desk, round_id, form.refuse(refused, SAID), refused)
        return _form(request, desk, "round_new.html", form, row)
    return see_other(f"/outreach/rounds/{round_id}", said="見回りを記録しました。")


async def _made_otherwise(
    desk: Desk, round_id: UUID, form: Form[Any], refused: Refused
) -> Form[Any]:
    """A colleague wrote it differently: theirs beside each field, the typed one stays."""
    theirs = (await desk.rounds.state(round_id)).made
    if refused.code != "round-made-otherwise" or theirs is None:
        return form
    both = over(form, [round_sheet(theirs)])
    return replace(both, errors={**both.errors, **form.errors})


async def _known(desk: Desk, round_id: UUID) -> RoundRow:
    row = await round_row(desk.db, round_id)
    if row is None:
        raise Refused("round-unknown")
    return row


def _form(
    request: Request, desk: Desk, template: str, form: Form[Any], row: RoundRow | None = None
) -> Response:
    today = desk.clock.today()
    venues = [label for _, label in desk.city.choices("venues", today)]
    page = RoundFormPage(form, row, desk.city.choices("towns", today), venues)
    return render(request, template, page, status=form.status)
