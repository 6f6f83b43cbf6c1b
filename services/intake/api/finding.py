"""Which counter, who is known already, and whom one leads, as JSON (K-02, F-20, T-10).

What is asked about a person is sent in the body: addresses stand in logs.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.intake.access import LED, RECEIVE
from services.intake.api.consultation import listed_row
from services.intake.api.strict import Code, Day, Strict
from services.intake.desk import Desk
from services.intake.domain.which_counter import Approach, which_counters
from services.intake.handed import handed_cases
from services.intake.read.candidates import candidates
from services.intake.read.searching import led_by
from services.intake.showing import log_names
from shared.privacy.access import Staff
from shared.privacy.access_log import saw
from shared.vocabulary.ages import age_band
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


class Approached(Strict):
    """What is known so far."""

    born_on: Day | None = Field(None, title="生年月日")
    issues: list[Code] = Field(default=[], title="課題の種類", max_length=40)
    address: str | None = Field(None, title="住所", max_length=200)


class ProposalValue(BaseModel):
    """A counter, and the sentences that speak for it."""

    counter: str
    why: tuple[str, ...]


class Somebody(Strict):
    """Who stands at the counter."""

    name: str | None = Field(None, title="氏名", max_length=100)
    kana: str | None = Field(None, title="ふりがな", max_length=100)
    phone: str | None = Field(None, title="電話番号", max_length=100)
    born_on: Day | None = Field(None, title="生年月日")
    address: str | None = Field(None, title="住所", max_length=200)


class DoubleValue(BaseModel):
    """A known case with what tells two people apart."""

    case_id: UUID
    name: str | None
    kana: str | None
    born_on: date | None
    received_on: date
    counter: str
    consultations: int
    member: bool
    """Written down as a member of that household."""
    why: str


class HandedValue(BaseModel):
    """A case that is known from its hand-over only; null where nothing was handed over, or its
    ground does not carry so far.
    """

    case_id: UUID
    closed_on: date
    received_on: date | None = None
    basis: str | None = None
    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    phone: str | None = None
    address: str | None = None
    household: str | None = None
    narrative: str | None = None
    wishes: str | None = None


HANDED = tuple(name for name in HandedValue.model_fields if name not in {"case_id", "closed_on"})


@api.post("/which-counter", rule=RECEIVE)
async def ask_which(body: Approached, desk: DeskHere) -> list[ProposalValue]:
    """どの窓口？: nothing is stored."""
    today = desk.clock.today()
    place = desk.city.locate(body.address, on=today) if body.address else None
    approach = Approach(
        age_band(body.born_on, today), tuple(body.issues), place.catchment if place else None
    )
    found = which_counters(desk.city, approach, today)
    return [ProposalValue(counter=one.counter, why=one.why) for one in found]


@api.post("/doubles", rule=RECEIVE)
async def ask_doubles(request: Request, body: Somebody, desk: DeskHere) -> list[DoubleValue]:
    """この方ですか: cases that may be this person's. Names are shown, so the look is logged."""
    today = desk.clock.today()
    place = desk.city.locate(body.address, on=today) if body.address else None
    found = await candidates(
        desk.db,
        name=body.name,
        kana=body.kana,
        phone=body.phone,
        born_on=body.born_on,
        town=place.town if place else None,
    )
    await saw(desk.db, request.state.staff, [one.case_id for one in found], "同じ方の候補")
    return [
        DoubleValue(
            **{name: getattr(one, name) for name in DoubleValue.model_fields if name != "why"},
            why=one.why,
        )
        for one in found
    ]


@api.get("/led", rule=LED)
async def get_led(request: Request, desk: DeskHere) -> list[dict[str, Any]]:
    """主担当: closed cases this counter keeps an eye on (T-10)."""
    staff: Staff = request.state.staff
    rows = await led_by(desk.db, staff.agency) if staff.agency else []
    await log_names(desk, staff, rows, LED)
    return [listed_row(staff, row, LED) for row in rows]


@api.get("/led/handed-over", rule=LED)
async def get_handed_over(request: Request, desk: DeskHere) -> list[HandedValue]:
    """主担当: closed cases of which no counter received anything; what was handed over is all."""
    return [
        HandedValue(
            case_id=one.case_id,
            closed_on=one.closed_on,
            **({name: getattr(one.person, name) for name in HANDED} if one.person else {}),
        )
        for one in await handed_cases(desk, request.state.staff)
    ]
