"""訪問の予定 (T-31) and 地域とのつながりづくり (T-33), decided on a request's stream."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.domain.events import PlanDropped, RequestEvent, TieBuilt, VisitPlanned
from services.outreach.domain.request import Request, running
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


def plan_visit(
    state: Request,
    *,
    planned_id: UUID,
    method: str,
    staff: int,
    aim: str | None,
    on: date,
    today: date,
) -> list[RequestEvent]:
    """T-31: when somebody goes there next, and with how many."""
    if planned_id in state.done:
        return []
    asked = running(state)
    if on < today:
        raise Refused("plan-in-past")
    if staff < 1:
        raise Refused("nobody-goes")
    return [
        VisitPlanned(
            request_id=asked.request_id,
            case_id=asked.case_id,
            planned_id=planned_id,
            planned_on=on,
            method=method,
            staff=staff,
            aim=aim,
        )
    ]


def drop_visit(state: Request, *, planned_id: UUID, on: date) -> list[RequestEvent]:
    """A planned visit that will not be made. One that was made or dropped is over already."""
    asked = state.asked
    if asked is None or planned_id not in state.done:
        raise Refused("plan-unknown")
    if planned_id not in state.planned:
        return []
    return [
        PlanDropped(
            request_id=asked.request_id,
            case_id=asked.case_id,
            planned_id=planned_id,
            dropped_on=on,
        )
    ]


def build_tie(
    state: Request,
    *,
    tie_id: UUID,
    kind: str,
    partner: str | None,
    note: str | None,
    on: date,
    today: date,
) -> list[RequestEvent]:
    """T-33: somebody nearby understands, and is there for the person."""
    if tie_id in state.done:
        return []
    asked = running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
    return [
        TieBuilt(
            request_id=asked.request_id,
            case_id=asked.case_id,
            tie_id=tie_id,
            built_on=on,
            kind=kind,
            partner=partner,
            note=note,
        )
    ]
