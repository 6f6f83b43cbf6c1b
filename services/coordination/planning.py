"""What is done about a plan: what was asked, brought to its decision; pages and JSON end here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from services.coordination.access import sees_material, sees_person
from services.coordination.asked import plan as forms
from services.coordination.clearing import approvals_of, cleared, draft_of, plan_of, plan_subject
from services.coordination.desk import Desk
from services.coordination.domain import events as e
from services.coordination.domain.draft import Drafted, Saved, save
from services.coordination.domain.evaluation import (
    Evaluated,
    Finding,
    Shared,
    Verdict,
    evaluate,
    share,
)
from services.coordination.domain.plan import agree_plan, agreement_of
from services.coordination.domain.policy import Direction, PolicySet, set_policy
from services.coordination.domain.sheet import FAMILY, PERSON, Goal, Sheet, Task
from services.coordination.made import Made, listed
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.meetings import meeting_row
from shared.privacy.access import AccessRule, Role, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded

PLANS = AccessRule(
    "支援プランと支援方針",
    frozenset({Role.COORDINATOR, Role.NURSE, Role.COUNTER, Role.COMMUNITY}),
    personal=True,
)


@dataclass(frozen=True)
class PlanFile:
    """All plans of one case, as this reader may see them."""

    row: CaseRow
    plans: list[e.PlanAgreed]
    """Newest first; empty for those who may not read what was told."""
    draft: Drafted
    saved: list[Recorded[Saved]]
    policies: list[PolicySet]
    """Only those of meetings where the reader sat."""
    evaluations: list[Evaluated]
    shared: list[Shared]
    sees: bool


def _policies_of(case_id: UUID) -> UUID:
    return uuid5(case_id, "policy")


def aftercare_of(case_id: UUID) -> UUID:
    return uuid5(case_id, "aftercare")


def streams_of_plans(case_id: UUID) -> list[UUID]:
    """Draft, policies, 決裁 and what is said after the end: streams beside the case."""
    return [draft_of(case_id), _policies_of(case_id), aftercare_of(case_id), approvals_of(case_id)]


async def open_plans(desk: Desk, staff: Staff, case_id: UUID) -> PlanFile:
    """Open the plans for somebody, and note in the access log that they look at them."""
    row = await case_row(desk.db, case_id)
    if row is None:
        raise Refused("case-unknown")
    sees = sees_person(staff, await case_row(desk.rights.db, case_id) or row)
    policies = await _readable(desk, staff, row)
    if not sees and not policies:
        raise Refused("policy-hidden")
    await saw(desk.db, staff, [case_id], PLANS.name)
    saved = await desk.drafts.history(draft_of(case_id)) if sees else []
    after = await desk.aftercare.history(aftercare_of(case_id)) if sees else []
    return PlanFile(
        row,
        await plans_of(desk, case_id) if sees else [],
        await desk.drafts.state(draft_of(case_id)) if sees else Drafted(),
        saved,
        policies,
        [one.event for one in after if isinstance(one.event, Evaluated)],
        [one.event for one in after if isinstance(one.event, Shared)][::-1],
        sees,
    )


async def plans_of(desk: Desk, case_id: UUID) -> list[e.PlanAgreed]:
    """Every round that was agreed on, newest first."""
    history = await desk.cases.history(case_id)
    return [one.event for one in history if isinstance(one.event, e.PlanAgreed)][::-1]


def sheet_of(plan: e.PlanAgreed) -> Sheet:
    """A plan's sheet; one that was recorded without a draft in the same shape."""
    if plan.sheet is not None:
        return plan.sheet
    tasks, until = plan.tasks or (), plan.until or ()
    return Sheet(
        aim=plan.goal or "",
        goals=(Goal(problem=plan.problems or "", goal=plan.goal or ""),),
        tasks=tuple(
            Task(who=agency, what=_at(tasks, n), until=_at(until, n))
            for n, agency in enumerate(plan.agencies)
        ),
        contact_desk=plan.contact_desk,
        participation=plan.participation,
        outreach=plan.outreach,
        begins_on=plan.agreed_on,
        review_on=plan.review_on,
    )


def _at(texts: Sequence[str], n: int) -> str:
    return texts[n] if n < len(texts) else ""


async def save_draft(desk: Desk, case_id: UUID, sheet: Sheet, version: int) -> Made:
    """下書き: kept for colleagues, told to nobody."""
    _known_agencies(desk, sheet)
    case, stream = await desk.cases.state(case_id), draft_of(case_id)
    acted = await desk.drafts.act(
        stream, save, case=case, sheet=sheet, version=version, today=desk.clock.today()
    )
    return Made(stream, acted)


async def agree(desk: Desk, case_id: UUID, asked: forms.AgreementForm) -> Made:
    """T-05: the version that was seen becomes the plan. The same version again is the same plan."""
    if not asked.agreed:
        raise Refused("not-agreed-with-person")
    draft = await desk.drafts.state(draft_of(case_id))
    if draft.sheet is None:
        raise Refused("draft-missing")
    if draft.version != asked.version:
        raise Refused("draft-changed")
    _known_agencies(desk, draft.sheet)
    plan_id = plan_of(case_id, str(draft.version))
    acted = await desk.cases.act(
        case_id,
        agree_plan,
        plan_id=plan_id,
        meeting_id=asked.meeting_id,
        meeting=await desk.meetings.state(asked.meeting_id),
        draft=agreement_of(draft.sheet),
        on=asked.on,
        today=desk.clock.today(),
        cleared=await cleared(desk, case_id, "plan", plan_subject(draft.version)),
    )
    return Made(plan_id, acted)


async def record_policy(desk: Desk, case_id: UUID, asked: forms.PolicyForm) -> Made:
    """T-03, X-30."""
    policy_id = desk.new_id()
    acted = await desk.policies.act(
        _policies_of(case_id),
        set_policy,
        policy_id=policy_id,
        case=await desk.cases.state(case_id),
        meeting_id=asked.meeting_id,
        meeting=await desk.meetings.state(asked.meeting_id),
        direction=Direction(asked.direction, asked.roles, asked.review_on),
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(policy_id, acted)


async def record_evaluation(
    desk: Desk, case_id: UUID, said: Sequence[forms.VerdictAsked], asked: forms.EvaluationRows
) -> Made:
    """F-06: the goals of the plan that holds now, in their order."""
    plan = next(iter(await plans_of(desk, case_id)), None)
    if plan is None:
        raise Refused("plan-unknown")
    goals = goals_of(sheet_of(plan))
    if len(goals) != len(said):
        raise Refused("verdicts-missing")
    acted = await desk.aftercare.act(
        aftercare_of(case_id),
        evaluate,
        case=await desk.cases.state(case_id),
        plan_id=plan.plan_id,
        verdicts=[
            Verdict(goal=goal, reached=one.reached, words=one.words)
            for goal, one in zip(goals, said, strict=True)
        ],
        found=Finding(
            asked.left,
            asked.wishes,
            [desk.city.listed("outcome_changes", one, "changes") for one in asked.changes],
            asked.judgement,
        ),
        edition=asked.edition,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(plan.plan_id, acted)


async def record_sharing(desk: Desk, case_id: UUID, asked: forms.SharingForm) -> Made:
    """T-10."""
    sharing_id = desk.new_id()
    acted = await desk.aftercare.act(
        aftercare_of(case_id),
        share,
        sharing_id=sharing_id,
        case=await desk.cases.state(case_id),
        agency=listed(desk, asked.agency, "agency"),
        note=asked.note,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(sharing_id, acted)


def goals_of(sheet: Sheet) -> list[str]:
    """What is evaluated: the goal of each problem."""
    return [one.goal or one.problem for one in sheet.goals]


async def _readable(desk: Desk, staff: Staff, row: CaseRow) -> list[PolicySet]:
    """支援方針: for those who see the material of the meeting that set it (M-1). Newest first."""
    found = []
    for recorded in await desk.policies.history(_policies_of(row.case_id)):
        policy = recorded.event
        sitting = await meeting_row(desk.rights.db, policy.meeting_id, row.case_id)
        now = await case_row(desk.rights.db, row.case_id) or row
        if sitting is not None and sees_material(staff, now, sitting, desk.rights.clock.today()):
            found.append(policy)
    return found[::-1]


def _known_agencies(desk: Desk, sheet: Sheet) -> None:
    """Only agencies of the city's list that holds today; who is still open may stay open."""
    if sheet.contact_desk is not None:
        listed(desk, sheet.contact_desk, "contact_desk")
    if sheet.lead_agency is not None:
        listed(desk, sheet.lead_agency, "lead_agency")
    for n, task in enumerate(sheet.tasks, 1):
        if task.who not in {"", PERSON, FAMILY}:
            listed(desk, task.who, f"who_{n}")
