"""一つの紹介: what was asked, what was answered, and what each side may do now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.intake.access import REFER, VIEW, may_see
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.domain.referral import (
    Finished,
    ReferralEvent,
    Reminded,
    Sent,
    SentBack,
    Taken,
    Withdrawn,
)
from services.intake.messages import messages
from services.intake.pages.forms import FinishForm, SendBackForm, refusal
from services.intake.read.referrals import ReferralRow
from services.intake.read.searching import ConsultationRow, consultation_row
from services.intake.referring import (
    Side,
    finish_it,
    remind_of,
    seen_by,
    send_it_back,
    take_it,
    withdraw_it,
)
from services.intake.words import NO_NAME, STAGE, STAGE_TONE
from shared.privacy.access import FieldClass, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
F = TypeVar("F", bound=BaseModel)


@dataclass(frozen=True)
class Step:
    """One line of 経過, with the note that went with it where the reader may see it."""

    day: date
    title: str
    note: str | None = None


@dataclass(frozen=True)
class ReferralPage:
    row: ReferralRow
    consultation: ConsultationRow
    sides: frozenset[Side]
    who: str
    stage: str
    tone: str
    late: bool
    steps: list[Step]
    back: Form[SendBackForm]
    end: Form[FinishForm]
    returns: list[tuple[str, str]]
    outcomes: list[tuple[str, str]]
    readable: bool

    @property
    def may_answer(self) -> bool:
        return "receiver" in self.sides and self.row.is_running


@pages.get("/referrals/{referral_id}", rule=VIEW)
async def show_referral(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    return await _show(request, desk, referral_id, blank(SendBackForm), blank(FinishForm))


@pages.post("/referrals/{referral_id}/acceptance", rule=REFER)
async def accept_referral(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    await _on_side(request, desk, referral_id, "receiver")
    await take_it(desk, referral_id)
    return _back_to(referral_id, "紹介を受けました。紹介元に伝わりました。")


@pages.post("/referrals/{referral_id}/return", rule=REFER)
async def return_referral(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    await _on_side(request, desk, referral_id, "receiver")
    form = await read_form(request, SendBackForm)
    if form.value is not None and form.value.reason not in desk.city.codes("referral_returns"):
        form = form.wrong("reason", messages["code-not-listed"].ja)
    if form.value is None:
        return await _show(request, desk, referral_id, form, blank(FinishForm))
    try:
        await send_it_back(desk, referral_id, reason=form.value.reason, note=form.value.note)
    except Refused as refused:
        return await _show(request, desk, referral_id, refusal(form, refused), blank(FinishForm))
    return _back_to(referral_id, "紹介を戻しました。紹介元に理由が伝わりました。")


@pages.post("/referrals/{referral_id}/end", rule=REFER)
async def end_referral(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    await _on_side(request, desk, referral_id, "receiver")
    form = await read_form(request, FinishForm)
    if form.value is not None and form.value.outcome not in desk.city.codes("referral_outcomes"):
        form = form.wrong("outcome", messages["code-not-listed"].ja)
    if form.value is None:
        return await _show(request, desk, referral_id, blank(SendBackForm), form)
    try:
        await finish_it(desk, referral_id, outcome=form.value.outcome, note=form.value.note)
    except Refused as refused:
        return await _show(request, desk, referral_id, blank(SendBackForm), refusal(form, refused))
    return _back_to(referral_id, "対応の終わりを、紹介元に伝えました。")


@pages.post("/referrals/{referral_id}/reminder", rule=REFER)
async def remind_receiver(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    await _on_side(request, desk, referral_id, "sender")
    await remind_of(desk, referral_id)
    return _back_to(referral_id, "返事を頼み直しました。紹介先の一覧に印が付きます。")


@pages.post("/referrals/{referral_id}/withdrawal", rule=REFER)
async def withdraw_referral(request: Request, referral_id: UUID, desk: DeskHere) -> Response:
    await _on_side(request, desk, referral_id, "sender")
    await withdraw_it(desk, referral_id)
    return _back_to(referral_id, "紹介を取り消しました。")


async def _on_side(request: Request, desk: Desk, referral_id: UUID, side: Side) -> None:
    _, sides = await seen_by(desk, request.state.staff, referral_id)
    if side not in sides:
        raise Refused("not-your-referral")


def _back_to(referral_id: UUID, said: str) -> Response:
    return see_other(f"/intake/referrals/{referral_id}", said=said)


async def _show(
    request: Request,
    desk: Desk,
    referral_id: UUID,
    back: Form[SendBackForm],
    end: Form[FinishForm],
) -> Response:
    staff: Staff = request.state.staff
    row, sides = await seen_by(desk, staff, referral_id)
    of = await consultation_row(desk.db, row.consultation_id)
    if of is None:
        raise Refused("consultation-unknown")
    readable = may_see(staff, of, VIEW, FieldClass.NARRATIVE)
    if readable:
        await saw(desk.db, staff, [of.case_id], VIEW.name)
    history = await desk.referrals.history(referral_id)
    today = desk.clock.today()
    page = ReferralPage(
        row=row,
        consultation=of,
        sides=sides,
        who=(of.name or NO_NAME) if readable else "（お名前は表示できません）",
        stage=STAGE[row.stage],
        tone=STAGE_TONE[row.stage],
        late=row.is_late(today),
        steps=[_step(desk, one.event, readable=readable) for one in history],
        back=back,
        end=end,
        returns=options(desk.city, "referral_returns", today),
        outcomes=options(desk.city, "referral_outcomes", today),
        readable=readable,
    )
    return render(request, "referral.html", page, status=max(back.status, end.status))


def _step(desk: Desk, event: ReferralEvent, *, readable: bool) -> Step:
    city = desk.city
    match event:
        case Sent():
            title = f"{city.label('counters', event.from_counter)}から紹介"
            return Step(event.sent_on, title, event.why if readable else None)
        case Reminded():
            return Step(event.reminded_on, "返事を頼み直しました")
        case Taken():
            return Step(event.taken_on, f"{city.label('counters', event.to_counter)}が受けました")
        case SentBack():
            title = f"戻されました: {city.label('referral_returns', event.reason)}"
            return Step(event.sent_back_on, title, event.note if readable else None)
        case Withdrawn():
            return Step(event.withdrawn_on, "紹介元が取り消しました")
        case Finished():
            title = f"対応が終わりました: {city.label('referral_outcomes', event.outcome)}"
            return Step(event.finished_on, title, event.note if readable else None)
