"""相談を受け付ける: the sheet, and 「この方ですか」 before a new case is made (F-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import RECEIVE, may_receive_for, may_see
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.domain.which_counter import Approach, Proposal, which_counters
from services.intake.handed import handed_cases
from services.intake.joining import Known
from services.intake.messages import messages
from services.intake.pages.forms import NEW_PERSON, ReceptionForm, refusal
from services.intake.pages.sheet_choices import Options, SheetChoices, sheet_choices
from services.intake.read.candidates import Candidate, candidates
from services.intake.read.searching import consultation_row, of_case
from services.intake.reception import Slip, receive_slip, wrong_codes
from services.intake.showing import told_to
from shared.privacy.access import FieldClass, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.ages import age_band
from shared.vocabulary.wareki import parse_date
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
ASK = "同じ方かもしれない記録があります。この方かどうかを選んでください。"


@dataclass(frozen=True)
class NewPage:
    form: Form[ReceptionForm]
    counters: Options
    choices: SheetChoices
    known: list[Candidate]
    proposals: list[Proposal]
    """どの窓口？, when it was asked."""

    new_person: str = NEW_PERSON


@pages.get("/consultations/new", rule=RECEIVE)
async def new_consultation(request: Request, desk: DeskHere, case: UUID | None = None) -> Response:
    """With `case`: another consultation of a person we know."""
    staff: Staff = request.state.staff
    form = blank(
        ReceptionForm,
        **(await _filled_in(desk, staff, case) if case else {}),
        counter=staff.agency or "",
        received_on=desk.clock.today(),
        case=str(case) if case else "",
    )
    return _show(request, desk, form, [])


async def _filled_in(desk: Desk, staff: Staff, case: UUID) -> dict[str, Any]:
    """Who it is, from the newest consultation of the case that this person may see."""
    rows = await of_case(desk.db, case)
    row = next((one for one in rows if may_see(staff, one, RECEIVE, FieldClass.IDENTITY)), None)
    if row is None:
        return await _handed(desk, staff, case)
    told = await told_to(desk, staff, row, RECEIVE)
    who = {"name": told.name, "kana": told.kana, "born_on": told.born_on}
    where = {"phone": told.phone, "address": told.address}
    more = (
        {"sex": told.sheet.sex, "household_size": told.sheet.household_size} if told.sheet else {}
    )
    return who | where | more


async def _handed(desk: Desk, staff: Staff, case: UUID) -> dict[str, Any]:
    """主担当 of a case that no counter received: who it is, as it was handed over."""
    known = await handed_cases(desk, staff, case)
    person = known[0].person if known else None
    fields = ("name", "kana", "born_on", "phone", "address")
    return {name: getattr(person, name) for name in fields} if person else {}


@pages.post("/consultations", rule=RECEIVE)
async def create_consultation(request: Request, desk: DeskHere) -> Response:
    form = await read_form(request, ReceptionForm)
    if form.first("ask"):
        return _show(
            request, desk, replace(form, errors={}, status=200), [], _proposals(desk, form)
        )
    if form.value is None:
        return _show(request, desk, form, [])
    staff: Staff = request.state.staff
    asked, slip = form.value, form.value.slip()
    form = _checked(form, desk, staff, slip)
    if form.value is None:
        return _show(request, desk, form, [])
    new = desk.new_id()
    if asked.case == "":
        known = await _known(desk, staff, slip)
        # A second click meets what the first one stored: that is no other person.
        if known and not await consultation_row(desk.db, new):
            return _show(request, desk, form.wrong("case", ASK), known)
    try:
        await receive_slip(desk, slip, known=_chosen(asked.case, staff), consultation_id=new)
    except Refused as refused:
        return _show(request, desk, refusal(form, refused), [])
    return see_other(f"/intake/consultations/{new}", said="相談を受け付けました。")


async def _known(desk: Desk, staff: Staff, slip: Slip) -> list[Candidate]:
    """Cases that may be this person's. Their names are shown, so the look is logged."""
    place = desk.city.locate(slip.address, on=slip.received_on) if slip.address else None
    known = await candidates(
        desk.db,
        name=slip.name,
        kana=slip.kana,
        phone=slip.phone,
        born_on=slip.born_on,
        town=place.town if place else None,
    )
    await saw(desk.db, staff, [one.case_id for one in known], "同じ方の候補")
    return known


def _checked(
    form: Form[ReceptionForm], desk: Desk, staff: Staff, slip: Slip
) -> Form[ReceptionForm]:
    """Codes of the city, and one's own counter."""
    if not may_receive_for(staff, slip.counter):
        form = form.wrong("counter", messages["not-your-counter"].ja)
    for field in wrong_codes(desk.city, slip):
        form = form.wrong(field, messages["code-not-listed"].ja)
    return form


def _chosen(case: str, staff: Staff) -> Known | None:
    """The known case that was chosen; None for somebody new."""
    if case in ("", NEW_PERSON):
        return None
    try:
        return Known(UUID(case), staff)
    except ValueError:
        raise Refused("case-unknown") from None


def _proposals(desk: Desk, form: Form[ReceptionForm]) -> list[Proposal]:
    """From what is written so far, right or wrong elsewhere."""
    today = desk.clock.today()
    address = form.first("address")
    place = desk.city.locate(address, on=today) if address else None
    issues = (*form.all("issues"), *form.all("main_issue"))
    approach = Approach(
        age_band(_day(form.first("born_on")), today), issues, place.catchment if place else None
    )
    return which_counters(desk.city, approach, today)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # not written, or not readable yet: the proposal goes by the rest
        return None


def _show(
    request: Request,
    desk: Desk,
    form: Form[ReceptionForm],
    known: list[Candidate],
    proposals: Sequence[Proposal] = (),
) -> Response:
    today = desk.clock.today()
    page = NewPage(
        form,
        options(desk.city, "counters", today),
        sheet_choices(desk.city, today),
        known,
        list(proposals),
    )
    return render(request, "new.html", page, status=form.status)
