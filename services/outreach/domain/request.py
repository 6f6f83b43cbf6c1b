"""アウトリーチ等 (第4号): one stream per request of 多機関協働 (T-20, T-31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never, get_args
from uuid import UUID

from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    GroundLost,
    GroundRenewed,
    LinkCorrected,
    Linked,
    LinkWithdrawn,
    PlanDropped,
    Requested,
    RequestEvent,
    Started,
    TieBuilt,
    TieCorrected,
    TieWithdrawn,
    VisitCorrected,
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
    ground_lost: bool = False
    """The consent it rests on is gone, and nobody has decided."""
    started_on: date | None = None
    done: frozenset[UUID] = frozenset()
    """Visits, links, plans and ties that were recorded: a second copy is not."""
    visits: Mapping[UUID, Visited | VisitCorrected] = field(default_factory=dict)
    """Every visit as it was last written."""
    links: Mapping[UUID, Linked | LinkCorrected] = field(default_factory=dict)
    ties: Mapping[UUID, TieBuilt | TieCorrected] = field(default_factory=dict)
    """As they were last written; what was withdrawn is not there."""
    planned: frozenset[UUID] = frozenset()
    """Planned visits that are still to be made."""
    unmade: frozenset[UUID] = frozenset()
    """Planned visits that were open when the outreach ended."""
    concluded: Concluded | ConclusionCorrected | None = None
    """The end as it was last written."""


def evolve(state: Request, event: RequestEvent) -> Request:
    match event:
        case Requested():
            return Request(Status.WAITING, event)
        case Started() | GroundLost() | GroundRenewed():
            return _standing(state, event)
        case Visited() | VisitCorrected() | VisitPlanned() | PlanDropped():
            return visiting(state, event)
        case Linked() | LinkCorrected() | LinkWithdrawn():
            return linking(state, event)
        case TieBuilt() | TieCorrected() | TieWithdrawn():
            return tying(state, event)
        case Concluded():
            return replace(
                state,
                status=Status.CONCLUDED,
                concluded=event,
                planned=frozenset(),
                unmade=state.planned,
            )
        case ConclusionCorrected():
            return replace(state, concluded=event)
        case _:
            assert_never(event)


def _standing(state: Request, event: Started | GroundLost | GroundRenewed) -> Request:
    if isinstance(event, Started):
        return replace(state, status=Status.RUNNING, started_on=event.started_on)
    return replace(state, ground_lost=isinstance(event, GroundLost))


def visiting(
    state: Request, event: Visited | VisitCorrected | VisitPlanned | PlanDropped
) -> Request:
    """A plan is open until the visit was made or the plan dropped."""
    match event:
        case Visited():
            made = {event.planned_id}
            return replace(
                state,
                done=state.done | {event.visit_id},
                planned=state.planned - made,
                unmade=state.unmade - made,
                visits={**state.visits, event.visit_id: event},
            )
        case VisitCorrected():
            return replace(state, visits={**state.visits, event.visit_id: event})
        case VisitPlanned():
            done, planned = state.done | {event.planned_id}, state.planned | {event.planned_id}
            return replace(state, done=done, planned=planned)
        case PlanDropped():
            return replace(state, planned=state.planned - {event.planned_id})


def linking(state: Request, event: Linked | LinkCorrected | LinkWithdrawn) -> Request:
    links = {key: one for key, one in state.links.items() if key != event.link_id}
    if not isinstance(event, LinkWithdrawn):
        links[event.link_id] = event
    return replace(state, done=state.done | {event.link_id}, links=links)


def tying(state: Request, event: TieBuilt | TieCorrected | TieWithdrawn) -> Request:
    ties = {key: one for key, one in state.ties.items() if key != event.tie_id}
    if not isinstance(event, TieWithdrawn):
        ties[event.tie_id] = event
    return replace(state, done=state.done | {event.tie_id}, ties=ties)


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
    return [
        Started(
            request_id=asked.request_id,
            case_id=asked.case_id,
            started_on=on,
            nurse_district=asked.nurse_district,
        )
    ]


def visit(
    state: Request, *, visit_id: UUID, seen: VisitNote, on: date, today: date
) -> list[RequestEvent]:
    """T-31: a visit or another contact, met or not; only what has happened is recorded.

    What waited without a line is taken after the end too, if it lay before it (F-21).
    """
    if visit_id in state.done:
        return []
    asked = under_way(state, on, today)
    if seen.planned_id is not None and seen.planned_id not in state.planned | state.unmade:
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


def conclude(
    state: Request, *, on: date, today: date, outcome: str, note: str | None = None
) -> list[RequestEvent]:
    """The outreach of this request ends, with its outcome. A request never started may end too."""
    asked = _known(state)
    if (now := state.concluded) is not None:
        if (now.concluded_on, now.outcome, now.note) == (on, outcome, note):
            return []
        raise Refused("concluded-otherwise")
    lies_in_time(state, on, today)
    return [
        Concluded(
            request_id=asked.request_id,
            case_id=asked.case_id,
            concluded_on=on,
            outcome=outcome,
            note=note,
        )
    ]


def lies_in_time(state: Request, on: date, today: date) -> None:
    """An end lies after the start and after everything that was done."""
    since = state.started_on or _known(state).requested_on
    day_between(on, today, since=since, otherwise="before-start")
    if any(on < day for day in _days_of(state)):
        raise Refused("end-before-last")


def _days_of(state: Request) -> list[date]:
    """The days on which something was done."""
    return [
        *(one.visited_on for one in state.visits.values()),
        *(one.linked_on for one in state.links.values()),
        *(one.built_on for one in state.ties.values()),
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


def under_way(state: Request, on: date, today: date) -> Requested:
    """The request, if outreach was under way on that day."""
    ended = state.concluded
    late = ended is not None and state.started_on is not None and on <= ended.concluded_on
    asked = _known(state) if late else running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
    return asked


def within(state: Request, on: date, today: date) -> None:
    """A corrected day lies where the first could: from the start to the end."""
    day_between(on, today, since=state.started_on, otherwise="before-start")
    if state.concluded is not None and on > state.concluded.concluded_on:
        raise Refused("after-end")


request: Decider[Request, RequestEvent] = Decider(
    "request", Request(), evolve, get_args(RequestEvent)
)
