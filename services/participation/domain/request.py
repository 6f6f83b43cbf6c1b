"""参加支援 (第2号): one stream per request of 多機関協働, to a stable relation (T-20 … T-24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never, get_args
from uuid import UUID

from services.participation.domain.events import (
    Concluded,
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
    GroundLost,
    GroundRenewed,
    Matched,
    MatchWithdrawn,
    Planned,
    Requested,
    RequestEvent,
    Started,
    Tried,
)
from services.participation.domain.place import Place, PlaceStatus
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Refused


class Status(StrEnum):
    UNKNOWN = "unknown"
    WAITING = "waiting"
    RUNNING = "running"
    CONCLUDED = "concluded"


@dataclass(frozen=True)
class Request:
    """Just big enough to decide."""

    status: Status = Status.UNKNOWN
    asked: Requested | None = None
    ground_lost: bool = False
    """The consent it rests on is gone, and nobody has decided."""
    done: frozenset[UUID] = frozenset()
    """Plans, matches and follow-ups that were recorded: a second copy is not."""
    started_on: date | None = None
    plan_id: UUID | None = None
    """The plan of today."""
    planned_on: date | None = None
    """Of the first plan; nothing is matched before there is one."""
    matches: tuple[Matched, ...] = ()
    """As they were recorded; the last one is the place of today."""
    tried_on: date | None = None
    """The newest 見学・体験."""
    followups: Mapping[UUID, FollowedUp | FollowUpCorrected] = field(default_factory=dict)
    """Each as it was last written, in the order they were recorded."""
    contacts: Mapping[UUID, Contacted | ContactCorrected] = field(default_factory=dict)
    ended: Concluded | None = None

    @property
    def place(self) -> UUID | None:
        """The place of today."""
        return self.matches[-1].resource_id if self.matches else None

    @property
    def relation(self) -> str | None:
        """With the place of today, by the newest follow-up there; None: nobody was there."""
        if not self.matches:
            return None
        now = self.matches[-1]
        there = [
            one
            for one in self.followups.values()
            if one.resource_id == now.resource_id and one.followed_on >= now.matched_on
        ]
        return sorted(there, key=lambda one: one.followed_on)[-1].relation if there else None

    @property
    def newest(self) -> date | None:
        """The last day on which anything was done; nothing ends before it."""
        days = [
            self.started_on,
            self.tried_on,
            *(one.matched_on for one in self.matches),
            *(one.followed_on for one in self.followups.values()),
        ]
        return max((day for day in days if day is not None), default=None)


def evolve(state: Request, event: RequestEvent) -> Request:
    match event:
        case Requested():
            return Request(Status.WAITING, event)
        case GroundLost() | GroundRenewed():
            return replace(state, ground_lost=isinstance(event, GroundLost))
        case Started():
            return replace(state, status=Status.RUNNING, started_on=event.started_on)
        case Planned():
            done, first = state.done | {event.plan_id}, state.planned_on or event.planned_on
            return replace(state, planned_on=first, plan_id=event.plan_id, done=done)
        case Concluded():
            return replace(state, status=Status.CONCLUDED, ended=event)
        case _:
            return _on_the_way(state, event)


def _on_the_way(
    state: Request,
    event: Tried
    | Matched
    | MatchWithdrawn
    | FollowedUp
    | FollowUpCorrected
    | Contacted
    | ContactCorrected,
) -> Request:
    match event:
        case Tried():
            newest = max(event.tried_on, state.tried_on or event.tried_on)
            return replace(state, tried_on=newest, done=state.done | {event.trial_id})
        case Matched():
            done = state.done | {event.match_id}
            return replace(state, matches=(*state.matches, event), done=done)
        case MatchWithdrawn():
            left = tuple(one for one in state.matches if one.match_id != event.match_id)
            return replace(state, matches=left)
        case FollowedUp() | FollowUpCorrected():
            done = state.done | {event.followup_id}
            followups = {**state.followups, event.followup_id: event}
            return replace(state, followups=followups, done=done)
        case Contacted() | ContactCorrected():
            done = state.done | {event.contact_id}
            return replace(state, contacts={**state.contacts, event.contact_id: event}, done=done)
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
    """T-20: 多機関協働 judged 参加支援 necessary. Once per request, whatever comes after it."""
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
    """T-20: 参加支援 begins on a request of 多機関協働, never without one."""
    asked = known(state)
    if state.status is Status.CONCLUDED:
        raise Refused("already-concluded")
    if state.status is Status.RUNNING:
        return []
    day_between(on, today, since=asked.requested_on, otherwise="before-request")
    return [Started(request_id=asked.request_id, case_id=asked.case_id, started_on=on)]


def match_place(
    state: Request,
    *,
    match_id: UUID,
    resource_id: UUID,
    place: Place,
    on: date,
    today: date,
    assessment: str | None = None,
) -> list[RequestEvent]:
    """T-22: after the plan, a place that is open now is matched; another one may follow it."""
    if match_id in state.done:
        return []
    asked = running(state)
    if state.planned_on is None:
        raise Refused("plan-first")
    if place.status is PlaceStatus.UNKNOWN:
        raise Refused("place-unknown")
    if place.status is PlaceStatus.RETIRED:
        raise Refused("place-retired")
    if state.place == resource_id:
        return _known_match(state.matches[-1], on, assessment)
    day_between(on, today, since=state.planned_on, otherwise="before-plan")
    return [
        Matched(
            request_id=asked.request_id,
            case_id=asked.case_id,
            match_id=match_id,
            resource_id=resource_id,
            matched_on=on,
            assessment=assessment,
            nurse_district=asked.nurse_district,
        )
    ]


def _known_match(now: Matched, on: date, assessment: str | None) -> list[RequestEvent]:
    """A colleague matched them already: it is one match (Q-06). What says more than the record is
    not passed over in silence.
    """
    if now.matched_on == on and assessment in (None, now.assessment):
        return []
    raise Refused("already-matched")


def known(state: Request) -> Requested:
    if state.asked is None:
        raise Refused("request-unknown")
    return state.asked


def running(state: Request) -> Requested:
    asked = known(state)
    if state.status is Status.WAITING:
        raise Refused("not-started")
    if state.status is Status.CONCLUDED:
        raise Refused("already-concluded")
    return asked


request: Decider[Request, RequestEvent] = Decider(
    "request", Request(), evolve, get_args(RequestEvent)
)
