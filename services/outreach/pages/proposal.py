"""The screen and the JSON by which a latent need goes to 多機関協働 (T-30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import Field

from services.outreach.api.lead import Done, done
from services.outreach.api.request import Asked, Day
from services.outreach.asked.lead import ProposalForm
from services.outreach.desk import Desk
from services.outreach.file.lead import LeadFile, open_lead
from services.outreach.lead_access import LEAD, desk_of_lead
from services.outreach.pages.lead import SAID
from services.outreach.proposing import Wanted, first_story, propose_lead
from shared.casefile.asked import Story
from shared.casefile.showing import BASES
from shared.contracts.fact import Code
from shared.contracts.outreach import BasisKind
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other

proposal_pages = Pages("outreach")
proposal_api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_of_lead)]


@dataclass(frozen=True)
class ProposalPage:
    file: LeadFile
    form: Form[Any]
    reasons: list[tuple[str, str]]
    bases: list[tuple[str, str]]


class ProposalAsked(Asked):
    on: Day
    reasons: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20, strict=False)]
    basis: BasisKind
    reference: Annotated[str, Field(min_length=1, max_length=200)]
    story: Story | None = None


@proposal_pages.get("/leads/{lead_id}/proposal", rule=LEAD)
async def new_proposal(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    story = await first_story(desk, lead_id)
    form = blank(ProposalForm, on=desk.clock.today(), story=story)
    return await _show(request, lead_id, desk, form)


@proposal_pages.post("/leads/{lead_id}/proposal", rule=LEAD)
async def create_proposal(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, ProposalForm)
    if form.value is None:
        return await _show(request, lead_id, desk, form)
    try:
        wanted = Wanted(**form.value.model_dump())
        await propose_lead(desk, request.state.staff, lead_id, wanted)
    except Refused as refused:
        return await _show(request, lead_id, desk, form.refuse(refused, SAID))
    return see_other(f"/outreach/leads/{lead_id}", said="多機関協働へ伝えました。")


@proposal_api.post("/leads/{lead_id}/proposal", rule=LEAD)
async def post_proposal(
    request: Request, lead_id: UUID, asked: ProposalAsked, desk: DeskHere
) -> Done:
    """T-30: a latent need is proposed as a case; what is known follows sealed."""
    wanted = Wanted(**asked.model_dump())
    return done(lead_id, await propose_lead(desk, request.state.staff, lead_id, wanted))


async def _show(request: Request, lead_id: UUID, desk: Desk, form: Form[Any]) -> Response:
    file = await open_lead(desk, request.state.staff, lead_id)
    reasons = desk.city.choices("reasons", desk.clock.today())
    page = ProposalPage(file, form, reasons, list(BASES.items()))
    return render(request, "lead_proposal.html", page, status=form.status)
