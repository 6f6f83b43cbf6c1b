"""支援方針: what a 支援会議 decides without consent. Never a plan (X-30, M-3); no fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.case import Case, agrees_to, opened
from services.coordination.domain.meeting import Meeting
from shared.privacy.personal import Personal
from shared.sourcing.days import day_between
from shared.sourcing.decider import Decider, Event, Refused


class PolicySet(Event):
    """支援方針を決めた, on the ground of a 支援会議 whose members alone may read it."""

    case_id: UUID
    policy_id: UUID
    meeting_id: UUID
    set_on: date
    review_on: date
    direction: Personal[str] = None
    roles: Personal[str] = None


PolicyEvent: TypeAlias = PolicySet


@dataclass(frozen=True)
class Policies:
    """Just big enough to decide."""

    done: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Direction:
    """What the members agreed to do, and when they look again."""

    text: str
    roles: str
    review_on: date


def evolve(state: Policies, event: PolicyEvent) -> Policies:
    match event:
        case PolicySet():
            return replace(state, done=state.done | {event.policy_id})
        case _:
            assert_never(event)


def set_policy(
    state: Policies,
    *,
    policy_id: UUID,
    case: Case,
    meeting_id: UUID,
    meeting: Meeting,
    direction: Direction,
    on: date,
    today: date,
) -> list[PolicyEvent]:
    """T-03: as long as there is no consent to a plan; with it the case goes on to a plan (M-2)."""
    if policy_id in state.done:
        return []
    case_id = opened(case)
    if agrees_to(case, "plan", on):
        raise Refused("policy-with-consent")
    if meeting.kind != "support-meeting":
        raise Refused("support-meeting-missing")
    if case_id not in meeting.cases:
        raise Refused("meeting-without-case")
    if not direction.text.strip():
        raise Refused("direction-missing")
    day_between(on, today, since=meeting.held_on, otherwise="policy-before-meeting")
    if direction.review_on <= on:
        raise Refused("review-not-after-plan")
    return [
        PolicySet(
            case_id=case_id,
            policy_id=policy_id,
            meeting_id=meeting_id,
            set_on=on,
            review_on=direction.review_on,
            direction=direction.text,
            roles=direction.roles,
        )
    ]


policy: Decider[Policies, PolicyEvent] = Decider("policy", Policies(), evolve, (PolicySet,))
