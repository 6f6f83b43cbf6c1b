"""参加支援プラン: what is agreed before anybody is matched with a place (S-04, S-05, T-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.participation.domain.events import Offer, Planned, RequestEvent
from services.participation.domain.request import Request, running
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class PlanSheet:
    """参加支援プラン and 支援メニュー as they were written (S-04, S-05)."""

    wishes: str | None = None
    strengths: str | None = None
    issues: str | None = None
    goal: str | None = None
    weekdays: tuple[str, ...] = ()
    cares: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    seen: UUID | None = None
    """The plan that was read before this one was written; None on a first one."""


def plan(
    state: Request,
    *,
    plan_id: UUID,
    on: date,
    today: date,
    menu: str,
    sheet: PlanSheet,
) -> list[RequestEvent]:
    """T-21: the nurse writes the 参加支援プラン; written again, the new one holds."""
    if plan_id in state.done:
        return []
    asked = running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
    if sheet.seen != state.plan_id:
        raise Refused("plan-changed")
    return [
        Planned(
            request_id=asked.request_id,
            case_id=asked.case_id,
            plan_id=plan_id,
            planned_on=on,
            menu=menu,
            wishes=sheet.wishes,
            strengths=sheet.strengths,
            issues=sheet.issues,
            goal=sheet.goal,
            weekdays=sheet.weekdays or None,
            cares=sheet.cares or None,
            offers=sheet.offers or None,
        )
    ]
