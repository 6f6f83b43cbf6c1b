"""The JSON API of referrals between counters: the same decisions as the pages."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import Field

from services.intake.access import LIST, REFER, acting_on
from services.intake.api.consultation import Basis
from services.intake.api.strict import Code, Strict, listed
from services.intake.desk import Desk
from services.intake.domain.ground import Ground
from services.intake.read.referrals import running_from, running_to
from services.intake.referring import (
    Letter,
    Side,
    finish_it,
    receivers,
    refer,
    remind_of,
    seen_by,
    send_it_back,
    take_it,
    withdraw_it,
)
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/intake/api/referrals"


class NewReferral(Strict):
    """ほかの窓口への紹介 (K-01, K-02)."""

    to_counter: Code = Field(title="紹介先の窓口")
    why: str = Field(title="紹介する理由とお願い", min_length=1, max_length=10_000)
    basis: Basis | None = Field(None, title="情報を渡す根拠")


class Return(Strict):
    reason: Code = Field(title="戻す理由")
    note: str = Field("", title="紹介元に伝えること", max_length=10_000)


class End(Strict):
    outcome: Code = Field(title="どう終わったか")
    note: str = Field("", title="紹介元に伝えること", max_length=10_000)


@api.post("/consultations/{consultation_id}/referral", rule=REFER, status_code=201)
async def create(
    request: Request, response: Response, consultation_id: UUID, body: NewReferral, desk: DeskHere
) -> dict[str, Any]:
    staff: Staff = request.state.staff
    row = await acting_on(desk.db, staff, consultation_id)
    listed(body, *(["to_counter"] if body.to_counter not in receivers(desk.city) else []))
    ground = Ground(body.basis.kind, body.basis.reference) if body.basis else Ground(None, "")
    letter = Letter(body.to_counter, body.why, ground)
    posted = await refer(desk, row, letter, by=staff.agency or row.counter)
    response.headers["Location"] = f"{HERE}/{posted.referral_id}"
    return {"id": posted.referral_id, "position": posted.position}


@api.get("/referrals", rule=LIST)
async def search(request: Request, desk: DeskHere) -> dict[str, Any]:
    """What runs to and from one's own counter. Names nobody."""
    staff: Staff = request.state.staff
    own = staff.agency or ""
    return {
        "received": [vars(one) for one in await running_to(desk.db, own)],
        "sent": [vars(one) for one in await running_from(desk.db, own)],
    }


@api.get("/referrals/{referral_id}", rule=LIST)
async def show(request: Request, referral_id: UUID, desk: DeskHere) -> dict[str, Any]:
    row, _ = await seen_by(desk, request.state.staff, referral_id)
    return vars(row)


@api.post("/referrals/{referral_id}/acceptance", rule=REFER)
async def accept(request: Request, referral_id: UUID, desk: DeskHere) -> dict[str, Any]:
    await _on_side(request, desk, referral_id, "receiver")
    return {"id": referral_id, "position": await take_it(desk, referral_id)}


@api.post("/referrals/{referral_id}/return", rule=REFER)
async def give_back(
    request: Request, referral_id: UUID, body: Return, desk: DeskHere
) -> dict[str, Any]:
    await _on_side(request, desk, referral_id, "receiver")
    listed(body, *([] if body.reason in desk.city.codes("referral_returns") else ["reason"]))
    position = await send_it_back(desk, referral_id, reason=body.reason, note=body.note)
    return {"id": referral_id, "position": position}


@api.post("/referrals/{referral_id}/end", rule=REFER)
async def end(request: Request, referral_id: UUID, body: End, desk: DeskHere) -> dict[str, Any]:
    await _on_side(request, desk, referral_id, "receiver")
    listed(body, *([] if body.outcome in desk.city.codes("referral_outcomes") else ["outcome"]))
    position = await finish_it(desk, referral_id, outcome=body.outcome, note=body.note)
    return {"id": referral_id, "position": position}


@api.post("/referrals/{referral_id}/reminder", rule=REFER)
async def remind(request: Request, referral_id: UUID, desk: DeskHere) -> dict[str, Any]:
    """返事を頼み直す."""
    await _on_side(request, desk, referral_id, "sender")
    return {"id": referral_id, "position": await remind_of(desk, referral_id)}


@api.post("/referrals/{referral_id}/withdrawal", rule=REFER)
async def withdraw(request: Request, referral_id: UUID, desk: DeskHere) -> dict[str, Any]:
    """取り消す, as long as nobody has answered."""
    await _on_side(request, desk, referral_id, "sender")
    return {"id": referral_id, "position": await withdraw_it(desk, referral_id)}


async def _on_side(request: Request, desk: Desk, referral_id: UUID, side: Side) -> None:
    _, sides = await seen_by(desk, request.state.staff, referral_id)
    if side not in sides:
        raise Refused("not-your-referral")
