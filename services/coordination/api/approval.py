"""決裁 as JSON: the same decisions as the pages (F-08)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from services.coordination import approving
from services.coordination.access import WORK
from services.coordination.asked import approval as forms
from services.coordination.desk import Desk
from services.coordination.file.approval import rounds_of
from services.coordination.made import Made
from services.coordination.planning import open_plans
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class ApprovalDone(BaseModel):
    id: UUID
    case_id: UUID
    position: int


class LineValue(BaseModel):
    on: date
    what: str
    who: str
    said: str


class ApprovalValue(BaseModel):
    """One round of signing. `step`: whose turn it is; none when it is over."""

    approval_id: UUID
    kind: str
    subject: str
    status: str
    steps: list[str]
    step: str | None
    until: date | None
    lines: list[LineValue]


@api.get("/cases/{case_id}/approvals", rule=WORK)
async def get_approvals(request: Request, case_id: UUID, desk: DeskHere) -> list[ApprovalValue]:
    """Every round of signing, newest first."""
    await open_plans(desk, request.state.staff, case_id)
    return [
        ApprovalValue(
            approval_id=one.approval_id,
            kind=one.asked.kind,
            subject=one.subject,
            status=one.status,
            steps=list(one.asked.steps),
            step=one.asked.step,
            until=one.until,
            lines=[LineValue(**asdict(line)) for line in one.lines],
        )
        for one in await rounds_of(desk, request.state.staff, case_id)
    ]


@api.post("/cases/{case_id}/approvals/plan", rule=WORK, status_code=201)
async def post_plan_approval(
    request: Request, case_id: UUID, asked: forms.PlanApprovalAsked, desk: DeskHere
) -> ApprovalDone:
    """決裁を回す: this version of the draft."""
    made = await approving.ask_plan(desk, request.state.staff, case_id, asked)
    return _done(case_id, made)


@api.post("/cases/{case_id}/approvals/closure", rule=WORK, status_code=201)
async def post_closure_approval(
    request: Request, case_id: UUID, asked: forms.ClosureApprovalAsked, desk: DeskHere
) -> ApprovalDone:
    """決裁を回す: this ending."""
    made = await approving.ask_closure(desk, request.state.staff, case_id, asked)
    return _done(case_id, made)


@api.post("/cases/{case_id}/approvals/{approval_id}/signature", rule=WORK, status_code=201)
async def post_signature(
    request: Request, case_id: UUID, approval_id: UUID, asked: forms.SigningAsked, desk: DeskHere
) -> ApprovalDone:
    """決裁する, 代決する."""
    made = await approving.sign(desk, request.state.staff, case_id, approval_id, asked)
    return _done(case_id, made)


@api.post("/cases/{case_id}/approvals/{approval_id}/return", rule=WORK, status_code=201)
async def post_return(
    request: Request,
    case_id: UUID,
    approval_id: UUID,
    asked: forms.SendingBackAsked,
    desk: DeskHere,
) -> ApprovalDone:
    """差し戻す."""
    made = await approving.refuse(desk, request.state.staff, case_id, approval_id, asked)
    return _done(case_id, made)


@api.post("/cases/{case_id}/approvals/{approval_id}/withdrawal", rule=WORK, status_code=201)
async def post_withdrawal(case_id: UUID, approval_id: UUID, desk: DeskHere) -> ApprovalDone:
    """取り下げる."""
    return _done(case_id, await approving.withdraw(desk, case_id, approval_id))


def _done(case_id: UUID, made: Made) -> ApprovalDone:
    return ApprovalDone(id=made.id, case_id=case_id, position=made.acted.position)
