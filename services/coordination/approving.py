"""決裁 brought to its decision; pages and JSON end here (F-08)."""

from __future__ import annotations

from uuid import UUID

from services.coordination.asked import approval as forms
from services.coordination.clearing import (
    approvals_of,
    chain,
    closure_subject,
    draft_of,
    plan_subject,
    step_of,
)
from services.coordination.desk import Desk
from services.coordination.domain.approval import (
    Approvals,
    Asked,
    Kind,
    Matter,
    Right,
    Signer,
    approve,
    ask_approval,
    send_back,
    withdraw_approval,
)
from services.coordination.made import Made, listed
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused


def right_of(desk: Desk, staff: Staff, asked: Asked) -> Right:
    """What this person may do at the step whose turn it is."""
    step = step_of(desk.city, asked.kind, asked.step or "", desk.clock.today())
    if step is None:
        return Right.NONE
    if staff.staff_id in step.holders:
        return Right.HOLDER
    return Right.DEPUTY if staff.staff_id in step.deputies else Right.NONE


async def ask_plan(desk: Desk, staff: Staff, case_id: UUID, asked: forms.PlanApproval) -> Made:
    """The draft as it was seen."""
    draft = await desk.drafts.state(draft_of(case_id))
    if draft.sheet is None:
        raise Refused("draft-missing")
    if draft.version != asked.version:
        raise Refused("draft-changed")
    return await _ask(desk, staff, case_id, "plan", plan_subject(draft.version), asked.note)


async def ask_closure(
    desk: Desk, staff: Staff, case_id: UUID, asked: forms.ClosureApproval
) -> Made:
    """主担当 and reason as they are to be recorded."""
    lead = listed(desk, asked.lead_agency, "lead_agency")
    reason = desk.city.listed("closure_reasons", asked.reason, "reason")
    ends = (await desk.cases.state(case_id)).ends
    return await _ask(
        desk, staff, case_id, "closure", closure_subject(ends, lead, reason), asked.note
    )


async def _ask(
    desk: Desk, staff: Staff, case_id: UUID, kind: Kind, subject: str, note: str
) -> Made:
    approval_id, today = desk.new_id(), desk.clock.today()
    wanted = chain(desk.city, kind, today)
    acted = await desk.approvals.act(
        approvals_of(case_id),
        ask_approval,
        approval_id=approval_id,
        case=await desk.cases.state(case_id),
        matter=Matter(kind, subject),
        steps=[one.code for one in wanted.steps] if wanted else [],
        by=Signer(staff.staff_id, staff.name),
        note=note or None,
        today=today,
    )
    return Made(approval_id, acted)


async def sign(
    desk: Desk, staff: Staff, case_id: UUID, approval_id: UUID, asked: forms.Signing
) -> Made:
    """決裁する, 代決する."""
    state = await desk.approvals.state(approvals_of(case_id))
    acted = await desk.approvals.act(
        approvals_of(case_id),
        approve,
        case_id=case_id,
        approval_id=approval_id,
        step=asked.step,
        by=Signer(staff.staff_id, staff.name),
        right=_right(desk, staff, state, approval_id),
        note=asked.note or None,
        today=desk.clock.today(),
    )
    return Made(approval_id, acted)


async def refuse(
    desk: Desk, staff: Staff, case_id: UUID, approval_id: UUID, asked: forms.SendingBack
) -> Made:
    """差し戻す."""
    state = await desk.approvals.state(approvals_of(case_id))
    acted = await desk.approvals.act(
        approvals_of(case_id),
        send_back,
        case_id=case_id,
        approval_id=approval_id,
        step=asked.step,
        by=Signer(staff.staff_id, staff.name),
        right=_right(desk, staff, state, approval_id),
        reason=asked.reason,
        today=desk.clock.today(),
    )
    return Made(approval_id, acted)


async def withdraw(desk: Desk, case_id: UUID, approval_id: UUID) -> Made:
    """取り下げる."""
    acted = await desk.approvals.act(
        approvals_of(case_id),
        withdraw_approval,
        case_id=case_id,
        approval_id=approval_id,
        today=desk.clock.today(),
    )
    return Made(approval_id, acted)


def _right(desk: Desk, staff: Staff, state: Approvals, approval_id: UUID) -> Right:
    asked = state.asked.get(approval_id)
    return right_of(desk, staff, asked) if asked else Right.NONE
