"""ほかの窓口に紹介する (K-01, K-02), and 紹介の一覧: nobody's answer is forgotten (N-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import LIST, REFER, acting_on
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.domain.which_counter import Approach, Proposal, which_counters
from services.intake.messages import messages
from services.intake.pages.forms import ReferralForm, refusal
from services.intake.read.referrals import ReferralRow, over, running_from, running_to
from services.intake.read.searching import ConsultationRow
from services.intake.referring import Letter, receivers, refer
from services.intake.words import BASIS, NO_NAME, STAGE, STAGE_TONE
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class ReferralFormPage:
    row: ConsultationRow
    who: str
    form: Form[ReferralForm]
    counters: list[tuple[str, str]]
    proposals: list[Proposal]
    grounds: list[tuple[str, str]]
    days: int


@dataclass(frozen=True)
class Line:
    """One row of a list of referrals."""

    href: str | None
    """Only the two counters of a referral open it."""
    from_counter: str
    to_counter: str
    sent_on: date
    answer_by: date
    ended_on: date | None
    stage: str
    tone: str
    late: bool
    reminded_on: date | None


@dataclass(frozen=True)
class ReferralsPage:
    came: list[Line]
    sent: list[Line]
    over: list[Line]
    counter: str | None


@pages.get("/consultations/{consultation_id}/referral", rule=REFER)
async def new_referral(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    proposed = [p.counter for p in _proposals(desk, row) if p.counter in _choices(desk)]
    only = proposed[0] if len(proposed) == 1 else ""
    return await _show(request, desk, row, blank(ReferralForm, to_counter=only))


@pages.post("/consultations/{consultation_id}/referral", rule=REFER)
async def create_referral(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    staff: Staff = request.state.staff
    row = await acting_on(desk.db, staff, consultation_id)
    form = await read_form(request, ReferralForm)
    if form.value is not None and form.value.to_counter not in receivers(desk.city):
        form = form.wrong("to_counter", messages["code-not-listed"].ja)
    if form.value is None:
        return await _show(request, desk, row, form)
    asked = form.value
    letter = Letter(asked.to_counter, asked.why, asked.ground())
    try:
        posted = await refer(desk, row, letter, by=staff.agency or row.counter)
    except Refused as refused:
        return await _show(request, desk, row, refusal(form, refused))
    return see_other(
        f"/intake/referrals/{posted.referral_id}",
        said=f"{desk.city.label('counters', asked.to_counter)}に紹介しました。",
    )


@pages.get("/referrals", rule=LIST)
async def list_referrals(request: Request, desk: DeskHere) -> Response:
    """One's own counter's; 保健福祉支援係 sees who waits for whom in the whole city."""
    staff: Staff = request.state.staff
    everywhere = staff.role is Role.COORDINATOR
    counter = None if everywhere else staff.agency or ""
    today = desk.clock.today()
    came = await running_to(desk.db, counter)
    sent = [] if everywhere else await running_from(desk.db, counter)
    ended = await over(desk.db, counter)
    came_lines, sent_lines, ended_lines = (
        [_line(one, staff.agency, today) for one in rows] for rows in (came, sent, ended)
    )
    page = ReferralsPage(came_lines, sent_lines, ended_lines, counter)
    return render(request, "referrals.html", page)


def _line(row: ReferralRow, agency: str | None, today: date) -> Line:
    mine = agency in (row.from_counter, row.to_counter)
    return Line(
        f"/intake/referrals/{row.referral_id}" if mine else None,
        row.from_counter,
        row.to_counter,
        row.sent_on,
        row.answer_by,
        row.ended_on,
        STAGE[row.stage],
        STAGE_TONE[row.stage],
        row.is_late(today),
        row.reminded_on if row.stage == "sent" else None,
    )


def _proposals(desk: Desk, row: ConsultationRow) -> list[Proposal]:
    approach = Approach(row.age_band, tuple(row.issues), row.catchment)  # type: ignore[arg-type]  # a stored band
    return which_counters(desk.city, approach, desk.clock.today())


def _choices(desk: Desk) -> dict[str, str]:
    open_now = dict(options(desk.city, "counters", desk.clock.today()))
    return {code: open_now[code] for code in receivers(desk.city) if code in open_now}


async def _show(
    request: Request, desk: Desk, row: ConsultationRow, form: Form[ReferralForm]
) -> Response:
    staff: Staff = request.state.staff
    await saw(desk.db, staff, [row.case_id], REFER.name)
    own = staff.agency or row.counter
    page = ReferralFormPage(
        row,
        row.name or NO_NAME,
        form,
        [(code, label) for code, label in _choices(desk).items() if code != own],
        [p for p in _proposals(desk, row) if p.counter != own],
        list(BASIS.items()),
        desk.city.deadlines.referral_answer,
    )
    return render(request, "referral_new.html", page, status=form.status)
