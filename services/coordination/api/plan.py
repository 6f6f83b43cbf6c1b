"""支援プラン as JSON: drafts, agreement, policies, evaluation; the same decisions as the pages."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from services.coordination import planning
from services.coordination.access import WORK
from services.coordination.asked import plan as forms
from services.coordination.desk import Desk
from services.coordination.domain.evaluation import Evaluated, Shared
from services.coordination.domain.policy import PolicySet
from services.coordination.domain.sheet import Sheet
from services.coordination.made import Made
from services.coordination.past import AsOf, shown_of
from services.coordination.plan_sheet import differences
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


class PlanDone(BaseModel):
    id: UUID
    case_id: UUID
    position: int


class DraftSaved(PlanDone):
    version: int


class DifferenceValue(BaseModel):
    field: str
    before: str
    after: str


class PlanValue(BaseModel):
    """One agreed round, and what it changed against the one before."""

    plan_id: UUID
    round: int
    agreed_on: date
    meeting_id: UUID
    consent_id: UUID
    sheet: Sheet
    changed: list[DifferenceValue]


class PlansValue(BaseModel):
    """All plans of a case. Policies are no plans and are counted nowhere."""

    case_id: UUID
    version: int
    draft: Sheet | None
    plans: list[PlanValue]
    policies: list[PolicySet]
    evaluations: list[Evaluated]
    shared: list[Shared]


@api.get("/cases/{case_id}/plans", rule=planning.PLANS)
async def get_plans(request: Request, case_id: UUID, desk: DeskHere, on: AsOf = "") -> PlansValue:
    """Newest round first; policies only for those who sat in their meeting. With `on` as it was
    known at the end of that day.
    """

    async def opened(desk: Desk) -> PlansValue:
        return await _plans(request, desk, case_id)

    return await shown_of(request, desk, case_id, on, opened)


async def _plans(request: Request, desk: Desk, case_id: UUID) -> PlansValue:
    file = await planning.open_plans(desk, request.state.staff, case_id)
    values = []
    for plan, former in zip(file.plans, [*file.plans[1:], None], strict=False):
        sheet = planning.sheet_of(plan)
        told = differences(desk, planning.sheet_of(former), sheet) if former else []
        values.append(
            PlanValue(
                **plan.model_dump(include={"plan_id", "round", "agreed_on", "meeting_id"}),
                consent_id=plan.consent_id,
                sheet=sheet,
                changed=[DifferenceValue(**asdict(one)) for one in told],
            )
        )
    return PlansValue(
        case_id=case_id,
        version=file.draft.version,
        draft=file.draft.sheet,
        plans=values,
        policies=file.policies,
        evaluations=file.evaluations,
        shared=file.shared,
    )


@api.post("/cases/{case_id}/plans/draft", rule=WORK, status_code=201)
async def post_draft(case_id: UUID, asked: forms.SheetAsked, desk: DeskHere) -> DraftSaved:
    """Save the draft that was written on `version`; a colleague's newer one is not overwritten."""
    sheet = Sheet.model_validate(asked.sheet.model_dump())
    made = await planning.save_draft(desk, case_id, sheet, asked.version)
    done = _done(case_id, made)
    return DraftSaved(**done.model_dump(), version=made.acted.version)


@api.post("/cases/{case_id}/plans/agreement", rule=WORK, status_code=201)
async def post_agreement(case_id: UUID, asked: forms.AgreementAsked, desk: DeskHere) -> PlanDone:
    """T-05: the draft of this version becomes the plan."""
    return _done(case_id, await planning.agree(desk, case_id, asked))


@api.post("/cases/{case_id}/plans/policies", rule=WORK, status_code=201)
async def post_policy(case_id: UUID, asked: forms.PolicyAsked, desk: DeskHere) -> PlanDone:
    """T-03: 支援方針 of a 支援会議."""
    return _done(case_id, await planning.record_policy(desk, case_id, asked))


@api.post("/cases/{case_id}/plans/evaluation", rule=WORK, status_code=201)
async def post_evaluation(case_id: UUID, asked: forms.EvaluationAsked, desk: DeskHere) -> PlanDone:
    """F-06: how far each goal was reached."""
    made = await planning.record_evaluation(desk, case_id, asked.verdicts, asked)
    return _done(case_id, made)


@api.post("/cases/{case_id}/plans/sharing", rule=WORK, status_code=201)
async def post_sharing(case_id: UUID, asked: forms.SharingAsked, desk: DeskHere) -> PlanDone:
    """T-10: what was shared after the end."""
    return _done(case_id, await planning.record_sharing(desk, case_id, asked))


def _done(case_id: UUID, made: Made) -> PlanDone:
    return PlanDone(id=made.id, case_id=case_id, position=made.acted.position)
