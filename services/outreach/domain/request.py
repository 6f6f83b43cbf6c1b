"""アウトリーチ等 (第4号): one stream per request of 多機関協働 (T-20, T-31, T-32)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused


class Requested(Event):
    request_id: UUID
    case_id: UUID
    handover_id: UUID
    plan_id: UUID | None = None
    nurse_district: str | None = None
    basis: str
    requested_on: date


class Started(Event):
    request_id: UUID
    case_id: UUID
    started_on: date


class Visited(Event):
    """訪問・接触. What the person said and did, and how to stay safe, tell about a person."""

    request_id: UUID
    case_id: UUID
    visit_id: UUID
    visited_on: date
    method: str
    met: bool
    reaction: Personal[str] = None
    safety_note: Personal[str] = None
    next_step: Personal[str] = None
    next_on: date | None = None


class Linked(Event):
    request_id: UUID
    case_id: UUID
    link_id: UUID
    linked_on: date
    agency: str
    note: Personal[str] = None


class Concluded(Event):
    request_id: UUID
    case_id: UUID
    concluded_on: date
    outcome: str
    note: Personal[str] = None


RequestEvent: TypeAlias = Requested | Started | Visited | Linked | Concluded


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


@dataclass(frozen=True)
class Request:
    """Just big enough to decide."""

    status: Status = Status.UNKNOWN
    asked: Requested | None = None
    started_on: date | None = None
    done: frozenset[UUID] = frozenset()
    """Visits and links that were recorded: a second copy is not."""
    outcome: str | None = None


def evolve(state: Request, event: RequestEvent) -> Request:
    match event:
        case Requested():
            return Request(Status.WAITING, event)
        case Started():
            return replace(state, status=Status.RUNNING, started_on=event.started_on)
        case Visited():
            return replace(state, done=state.done | {event.visit_id})
        case Linked():
            return replace(state, done=state.done | {event.link_id})
        case Concluded():
            return replace(state, status=Status.CONCLUDED, outcome=event.outcome)
        case _:
            assert_never(event)


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
    asked = _running(state)
    day_between(on, today, since=state.started_on, otherwise="before-start")
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
        )
    ]


def link(
    state: Request, *, link_id: UUID, on: date, today: date, agency: str, note: str | None = None
) -> list[RequestEvent]:
    """T-32: with the trust kept, the person is linked to an agency."""
    if link_id in state.done:
        return []
    asked = _running(state)
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


def _running(state: Request) -> Requested:
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
    (Requested, Started, Visited, Linked, Concluded),
)
