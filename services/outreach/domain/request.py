"""アウトリーチ等 (第4号): one stream per request of 多機関協働 (T-20, T-31, T-32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from services.outreach.domain.events import (
    Concluded,
    Linked,
    PlanDropped,
    Requested,
    RequestEvent,
    Started,
    TieBuilt,
    Visited,
    VisitPlanned,
)
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Refused


class Status(StrEnum):
    UNKNOWN = "unknown"
    WAITING = "waiting"
    RUNNING = "running"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class VisitNote:
    """What the visitor brings back."""

    method: str
    met: bool
    reaction: str | None = None
    safety_note: str | None = None
    next_step: str | None = None
    next_on: date | None = None
    planned_id: UUID | None = None
    trust: str | None = None


@dataclass(frozen=True)
class Request:
    """Just big enough to decide."""

    status: Status = Status.UNKNOWN
    asked: Requested | None = None
    started_on: date | None = None
    done: frozenset[UUID] = frozenset()
    """Visits, links, plans and ties that were recorded: a second copy is not."""
    planned: frozenset[UUID] = frozenset()
    """Planned visits that are still to be made."""
    outcome: str | None = None


def evolve(state: Request, event: RequestEvent) -> Request:
    match event:
        case Requested():
            return Request(Status.WAITING, event)
        case Started():
            return replace(state, status=Status.RUNNING, started_on=event.started_on)
        case Visited() | VisitPlanned() | PlanDropped():
            return visiting(state, event)
        case Linked():
            return replace(state, done=state.done | {event.link_id})
        case TieBuilt():
            return replace(state, done=state.done | {event.tie_id})
        case Concluded():
            return replace(
                state, status=Status.CONCLUDED, outcome=event.outcome, planned=frozenset()
            )
        case _:
            assert_never(event)


def visiting(state: Request, event: Visited | VisitPlanned | PlanDropped) -> Request:
    """A plan is open until the visit was made or the plan dropped."""
    match event:
        case Visited():
            planned = state.planned - {event.planned_id}
            return replace(state, done=state.done | {event.visit_id}, planned=planned)
        case VisitPlanned():
            done, planned = state.done | {event.planned_id}, state.planned | {event.planned_id}
            return replace(state, done=done, planned=planned)
        case PlanDropped():
            return replace(state, planned=state.planned - {event.planned_id})


def ask(
    state: Request,
    *,
    request_id: UUID,
    case_id: UUID,
    handover_id: UUID,
    plan_id: UUID | None,
    nurse_district: str | None,
    basis: str,
    on: date,
) -> list[RequestEvent]:
    """T-20: 多機関協働 judged outreach necessary. Once per request, whatever comes after it."""
    if state.status is not Status.UNKNOWN:
        return []
    return [
        Requested(
            request_id=request_id,
            case_id=case_id,
            handover_id=handover_id,
            plan_id=plan_id,
            nurse_district=nurse_district,
            basis=basis,
            requested_on=on,
        )
    ]


def start(state: Request, *, on: date, today: date) -> list[RequestEvent]:
    """T-20, T-31: outreach begins on a request of 多機関協働, never without one."""
    asked = _known(state)
    if state.status is Status.CONCLUDED:
        raise Refused("already-concluded")
    if state.status is Status.RUNNING:
        return []
    day_between(on, today, since=asked.requested_on, otherwise="before-request")
    return [Started(request_id=asked.request_id, case_id=asked.case_id, started_on=on)]


def visit(
    state: Request, *, visit_id: UUID, seen: VisitNote, on: date, today: date
) -> list[RequestEvent]:
    """T-31: a visit or another contact, met or not; only what has happened is recorded."""
    if visit_id in state.done:
        return []
    asked = running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
    if seen.planned_id is not None and seen.planned_id not in state.planned:
        raise Refused("plan-over")
    if seen.next_on is not None and seen.next_on < on:
        raise Refused("next-before-visit")
    return [
        Visited(
            request_id=asked.request_id,
            case_id=asked.case_id,
            visit_id=visit_id,
            visited_on=on,
            method=seen.method,
            met=seen.met,
            reaction=seen.reaction,
            safety_note=seen.safety_note,
            next_step=seen.next_step,
            next_on=seen.next_on,
            planned_id=seen.planned_id,
            trust=seen.trust,
        )
    ]


def link(
    state: Request, *, link_id: UUID, on: date, today: date, agency: str, note: str | None = None
) -> list[RequestEvent]:
    """T-32: with the trust kept, the person is linked to an agency."""
    if link_id in state.done:
        return []
    asked = running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
    return [
        Linked(
            request_id=asked.request_id,
            case_id=asked.case_id,
            link_id=link_id,
            linked_on=on,
            agency=agency,
            note=note,
        )
    ]


def conclude(
    state: Request, *, on: date, today: date, outcome: str, note: str | None = None
) -> list[RequestEvent]:
    """The outreach of this request ends, with its outcome. A request never started may end too."""
    asked = _known(state)
    if state.status is Status.CONCLUDED:
        if state.outcome == outcome:
            return []
        raise Refused("already-concluded")
    day_between(on, today, since=state.started_on or asked.requested_on, otherwise="before-start")
    return [
        Concluded(
            request_id=asked.request_id,
            case_id=asked.case_id,
            concluded_on=on,
            outcome=outcome,
            note=note,
        )
    ]


def _known(state: Request) -> Requested:
    if state.asked is None:
        raise Refused("request-unknown")
    return state.asked


def running(state: Request) -> Requested:
    """The request, if outreach is under way."""
    asked = _known(state)
    if state.status is Status.WAITING:
        raise Refused("not-started")
    if state.status is Status.CONCLUDED:
        raise Refused("already-concluded")
    return asked


request: Decider[Request, RequestEvent] = Decider(
    "request",
    Request(),
    evolve,
    (Requested, Started, Visited, Linked, VisitPlanned, PlanDropped, TieBuilt, Concluded),
)
