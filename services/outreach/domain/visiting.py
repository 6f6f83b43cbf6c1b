"""訪問の予定 and the record of a visit that is put right (T-31), on a request's stream."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.outreach.domain.events import (
    PlanDropped,
    RequestEvent,
    VisitCorrected,
    VisitPlanned,
    edition_of,
)
from services.outreach.domain.request import Request, VisitNote, running, within
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


def correct_visit(
    state: Request, *, visit_id: UUID, edition: int, seen: VisitNote, on: date, today: date
) -> list[RequestEvent]:
    """A visit is written again; who began with an older edition looks at the newer one first."""
    last, asked = state.visits.get(visit_id), state.asked
    if last is None or asked is None:
        raise Refused("visit-unknown")
    written = {name: getattr(seen, name) for name in _SAID} | {"visited_on": on}
    if all(getattr(last, name) == value for name, value in written.items()):
        return []
    newest = edition_of(last)
    if edition != newest:
        raise Refused("visit-changed-meanwhile")
    within(state, on, today)
    if seen.next_on is not None and seen.next_on < on:
        raise Refused("next-before-visit")
    return [
        VisitCorrected(
            request_id=asked.request_id,
            case_id=asked.case_id,
            visit_id=visit_id,
            edition=newest + 1,
            corrected_on=today,
            **written,
        )
    ]


_SAID = ("method", "met", "reaction", "safety_note", "next_step", "next_on", "trust")
