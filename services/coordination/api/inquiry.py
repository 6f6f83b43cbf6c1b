"""照会 as JSON: the same decisions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.coordination.access import INQUIRY, WORK
from services.coordination.asked.answer import AnswerForm
from services.coordination.asked.case import InquiryForm
from services.coordination.desk import Desk
from services.coordination.inquiring import (
    Letter,
    answer_it,
    ask_agencies,
    drop_it,
    remind_of,
    sight_of,
)
from services.coordination.read.inquiries import InquiryRow, inquiries_to
from shared.privacy.access import Role, Staff
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class InquiryAsked(InquiryForm):
    model_config = ConfigDict(strict=True, extra="forbid")


class AnswerAsked(AnswerForm):
    model_config = ConfigDict(strict=True, extra="forbid")

    answers: dict[str, Annotated[str, Field(max_length=4000)]] = Field({}, title="シートの回答")
    """Question of the city's sheet → answer (T-04)."""


class InquiryValue(BaseModel):
    """One question to one agency; it names no person."""

    id: UUID
    case_id: UUID
    kind: str
    agency: str
    stage: str
    asked_on: date
    answer_by: date
    answered_on: date | None


class InquiryText(InquiryValue):
    """With its words; None where this reader may not read them, or nothing was said."""

    edition: int
    """Of the answer: 0 while there is none."""
    question: str | None
    answer: str | None
    answers: dict[str, str]


class Sent(BaseModel):
    """The inquiries that were made, one per agency."""

    case_id: UUID
    ids: list[UUID]
    position: int


class Done(BaseModel):
    id: UUID
    position: int


@api.post("/cases/{case_id}/inquiries", rule=WORK, status_code=201)
async def post_inquiries(case_id: UUID, asked: InquiryAsked, desk: DeskHere) -> Sent:
    """T-04, T-07: one question to one or more agencies."""
    letter = Letter(
        asked.kind, asked.agencies, asked.question, asked.basis, asked.reference, asked.meeting_id
    )
    sent = await ask_agencies(desk, case_id, letter)
    return Sent(case_id=case_id, ids=[one for one, _ in sent], position=sent[-1][1])


@api.get("/inquiries", rule=INQUIRY)
async def get_inquiries(request: Request, desk: DeskHere) -> list[InquiryValue]:
    """One's own agency's, unanswered first; 保健福祉支援係 gets all."""
    staff: Staff = request.state.staff
    everywhere = staff.role is Role.COORDINATOR
    rows = await inquiries_to(desk.db, None if everywhere else staff.agency or "")
    return [_value(row) for row in rows]


@api.post("/inquiries/{inquiry_id}/answer", rule=INQUIRY, status_code=201)
async def post_answer(
    request: Request, inquiry_id: UUID, asked: AnswerAsked, desk: DeskHere
) -> Done:
    """The agency that was asked answers; for one that does not sign in, 保健福祉支援係 (A-05)."""
    sight = await sight_of(desk, request.state.staff, inquiry_id)
    return Done(id=inquiry_id, position=await answer_it(desk, sight, asked, asked.answers))


@api.get("/inquiries/{inquiry_id}", rule=INQUIRY)
async def get_inquiry(request: Request, inquiry_id: UUID, desk: DeskHere) -> InquiryText:
    """One question with its answer, as far as this reader may read them (M-1)."""
    staff: Staff = request.state.staff
    sight = await sight_of(desk, staff, inquiry_id)
    if sight.may_read:
        await saw(desk.db, staff, [sight.case.case_id], INQUIRY.name)
    state = await desk.inquiries.state(inquiry_id)
    open_ = sight.may_read and state.asked is not None
    return InquiryText(
        **_value(sight.row).model_dump(),
        edition=state.edition,
        question=state.asked.question if open_ and state.asked else None,
        answer=state.answer if open_ else None,
        answers=dict(state.answers) if open_ else {},
    )


@api.post("/inquiries/{inquiry_id}/reminder", rule=WORK, status_code=201)
async def post_reminder(inquiry_id: UUID, desk: DeskHere) -> Done:
    """回答を頼み直す: once a day is enough."""
    return Done(id=inquiry_id, position=await remind_of(desk, inquiry_id))


@api.post("/inquiries/{inquiry_id}/withdrawal", rule=WORK, status_code=201)
async def post_withdrawal(inquiry_id: UUID, desk: DeskHere) -> Done:
    """取り下げる, as long as nobody answered."""
    return Done(id=inquiry_id, position=await drop_it(desk, inquiry_id))


def _value(row: InquiryRow) -> InquiryValue:
    return InquiryValue(
        id=row.inquiry_id,
        case_id=row.case_id,
        kind=row.kind,
        agency=row.agency,
        stage=row.stage,
        asked_on=row.asked_on,
        answer_by=row.answer_by,
        answered_on=row.answered_on,
    )
