"""照会 as JSON: the same decisions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from services.coordination.access import INQUIRY, WORK
from services.coordination.asked.case import AnswerForm, InquiryForm
from services.coordination.desk import Desk
from services.coordination.inquiring import Letter, answer_it, ask_agencies, sight_of
from services.coordination.read.inquiries import InquiryRow, inquiries_to
from shared.privacy.access import Role, Staff
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class InquiryAsked(InquiryForm):
    model_config = ConfigDict(strict=True, extra="forbid")


class AnswerAsked(AnswerForm):
    model_config = ConfigDict(strict=True, extra="forbid")


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
    return Done(id=inquiry_id, position=await answer_it(desk, sight, asked))


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
