"""決裁: what the city asks to be signed before a plan or an ending holds (F-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.coordination.desk import Desk
from services.coordination.domain.approval import Kind, granted
from shared.vocabulary.approvals import Approval, ApprovalStep
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Due:
    """A signature that is waited for."""

    step: ApprovalStep | None
    """None: the city has taken the post away; it can only be withdrawn."""
    by: date


def approvals_of(case_id: UUID) -> UUID:
    """The stream of a case's 決裁."""
    return uuid5(case_id, "approvals")


def chain(city: City, kind: str, today: date) -> Approval | None:
    """What the city asks for on that day; None: no signature at all."""
    return next((one for one in city.approvals if one.code == kind and one.holds(today)), None)


def step_of(city: City, kind: str, code: str, today: date) -> ApprovalStep | None:
    asked = chain(city, kind, today)
    return next((one for one in asked.steps if one.code == code), None) if asked else None


def due_of(city: City, kind: str, code: str, since: date, today: date) -> Due:
    """Until when that signature is expected."""
    step = step_of(city, kind, code, today)
    return Due(step, since + timedelta(days=step.days if step else 0))


def plan_of(case_id: UUID, version: str) -> UUID:
    """The plan that this version of the draft becomes."""
    return uuid5(draft_of(case_id), version)


def draft_of(case_id: UUID) -> UUID:
    """The stream of a case's draft."""
    return uuid5(case_id, "plan-draft")


def plan_subject(version: int) -> str:
    """The version of the draft: written on, it is another one."""
    return str(version)


def closure_subject(ends: int, lead_agency: str, reason: str) -> str:
    """The ending that comes next, with what is decided in it."""
    return f"{ends + 1}:{lead_agency}:{reason}"


async def cleared(desk: Desk, case_id: UUID, kind: Kind, subject: str) -> bool:
    """May it be decided: does the city not insist, or was exactly this signed by everybody?"""
    asked = chain(desk.city, kind, desk.clock.today())
    if asked is None or not asked.required:
        return True
    return granted(await desk.approvals.state(approvals_of(case_id)), kind, subject)
