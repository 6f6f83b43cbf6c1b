"""The screens of 把握: who was noticed before there is a case (T-30, N-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.outreach.access import district_of
from services.outreach.asked.lead import ContactForm, JoiningForm, LeadForm
from services.outreach.desk import Desk
from services.outreach.file.lead import LeadFile, open_lead
from services.outreach.joining import join_known, known_here
from services.outreach.lead_access import LEAD, LEADS, desk_of_lead
from services.outreach.messages import messages
from services.outreach.messages.lead import lead_messages
from services.outreach.noticing import note_contact, notice_lead, tellers
from services.outreach.read.leads import LeadRow, leads_in
from services.outreach.read.rounds import RoundRow, round_row
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

lead_pages = Pages("outreach")
DeskHere = Annotated[Desk, Depends(desk_of_lead)]
SAID = messages | lead_messages

CONTACT = "lead_contact.html"
JOINING = "lead_joining.html"
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class LeadsPage:
    """把握の一覧: what expires first comes first."""

    today: date
    open: list[LeadRow]
    proposed: list[LeadRow]
    joined: list[LeadRow]
    expired: list[LeadRow]
    days: int


@dataclass(frozen=True)
class NewLeadPage:
    form: Form[Any]
    tellers: Options
    towns: Options
    days: int
    round: RoundRow | None


@dataclass(frozen=True)
class LeadPage:
    """One lead, with what to do next."""

    today: date
    file: LeadFile


@dataclass(frozen=True)
class LeadFormPage:
    """A form about one lead."""

    file: LeadFile
    form: Form[Any]
    options: Options
    stages: Options
    """信頼関係の段階, for a contact."""


@lead_pages.get("/leads", rule=LEADS)
async def show_leads(request: Request, desk: DeskHere) -> Response:
    district = district_of(request.state.staff)
    page = LeadsPage(
        desk.clock.today(),
        await leads_in(desk.db, "open", district),
        await leads_in(desk.db, "proposed", district),
        await leads_in(desk.db, "joined", district),
        await leads_in(desk.db, "expired", district),
        desk.city.retention.leads,
    )
    shown = [*page.open, *page.proposed, *page.joined]
    await saw(desk.db, request.state.staff, [row.lead_id for row in shown], LEADS.name)
    return render(request, "leads.html", page)


@lead_pages.get("/leads/new", rule=LEAD)
async def new_lead(request: Request, desk: DeskHere, round_id: UUID | None = None) -> Response:
    form = blank(LeadForm, on=desk.clock.today(), round_id=round_id)
    return await show_new(request, desk, form, round_id)


@lead_pages.post("/leads", rule=LEAD)
async def create_lead(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, LeadForm)
    if form.value is None:
        return await show_new(request, desk, form, None)
    asked, lead_id = form.value, desk.new_id()
    try:
        await notice_lead(desk, lead_id, asked.tip(), asked.on)
    except Refused as refused:
        return await show_new(request, desk, form.refuse(refused, SAID), asked.round_id)
    return see_other(f"/outreach/leads/{lead_id}", said="書きとめました。")


@lead_pages.get("/leads/{lead_id}", rule=LEAD)
async def show_lead(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    file = await open_lead(desk, request.state.staff, lead_id)
    return render(request, "lead.html", LeadPage(desk.clock.today(), file))


@lead_pages.get("/leads/{lead_id}/contacts/new", rule=LEAD)
async def new_contact(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    return await show_form(
        request, lead_id, desk, CONTACT, blank(ContactForm, on=desk.clock.today())
    )


@lead_pages.post("/leads/{lead_id}/contacts", rule=LEAD)
async def create_contact(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, ContactForm)
    if form.value is None:
        return await show_form(request, lead_id, desk, CONTACT, form)
    try:
        await note_contact(desk, lead_id, desk.new_id(), form.value.note(), form.value.on)
    except Refused as refused:
        form = form.refuse(refused, SAID)
        return await show_form(request, lead_id, desk, CONTACT, form)
    return see_other(f"/outreach/leads/{lead_id}", said="接触を記録しました。")


@lead_pages.get("/leads/{lead_id}/joining", rule=LEAD)
async def new_joining(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    return await show_form(
        request, lead_id, desk, JOINING, blank(JoiningForm, on=desk.clock.today())
    )


@lead_pages.post("/leads/{lead_id}/joining", rule=LEAD)
async def create_joining(request: Request, lead_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, JoiningForm)
    if form.value is None:
        return await show_form(request, lead_id, desk, JOINING, form)
    try:
        await join_known(desk, request.state.staff, lead_id, form.value.request_id, form.value.on)
    except Refused as refused:
        form = form.refuse(refused, SAID)
        return await show_form(request, lead_id, desk, JOINING, form)
    return see_other(f"/outreach/leads/{lead_id}", said="ケースにつなぎました。")


async def show_new(
    request: Request, desk: Desk, form: Form[Any], round_id: UUID | None
) -> Response:
    """The form for a new lead; from the page of a round, it says so."""
    today = desk.clock.today()
    page = NewLeadPage(
        form,
        tellers(desk.city, today),
        desk.city.choices("towns", today),
        desk.city.retention.leads,
        await round_row(desk.db, round_id) if round_id else None,
    )
    return render(request, "lead_new.html", page, status=form.status)


async def show_form(
    request: Request, lead_id: UUID, desk: Desk, template: str, form: Form[Any]
) -> Response:
    """A form about one lead, with what it chooses from."""
    staff = request.state.staff
    file = await open_lead(desk, staff, lead_id)
    stages = desk.city.choices("trust_stages", desk.clock.today())
    if template == CONTACT:
        options = desk.city.choices("visit_methods", desk.clock.today())
    else:
        known = await known_here(desk, staff)
        await saw(desk.db, staff, [one.subject for one in known], LEADS.name)
        options = [(str(one.key), one.label) for one in known]
    return render(request, template, LeadFormPage(file, form, options, stages), status=form.status)
