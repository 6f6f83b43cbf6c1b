"""紹介元を支援会議に呼ぶ (T-03, 106条の6): one stream per escalation that came without a ground.

The person is still with the counter. A 支援会議 about the case with the counter as a member is the
ground on which they are named; what becomes of the sitting is told to the counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never, get_args
from uuid import UUID, uuid5

from services.coordination.domain.events import Escalated
from services.coordination.domain.meeting import Meeting
from shared.sourcing.decider import Decider, Event

ASKED = "support-meeting-asked"
"""The ground of an escalation that has none yet."""


class ReferrerCalled(Event):
    """The counter is a member of a 支援会議 that has the case on its agenda."""

    case_id: UUID
    escalation_id: UUID
    meeting_id: UUID
    call_id: UUID
    counter: str
    called_on: date


class ReferrerLetGo(Event):
    """It does not take place, or without the counter or the case."""

    case_id: UUID
    escalation_id: UUID
    meeting_id: UUID
    call_id: UUID
    let_go_on: date


SummonsEvent: TypeAlias = ReferrerCalled | ReferrerLetGo


@dataclass(frozen=True)
class Summons:
    calls: Mapping[UUID, UUID] = field(default_factory=dict)
    """Meeting → the call that holds."""
    made: int = 0
    """Calls so far, let go or not."""


def evolve(state: Summons, event: SummonsEvent) -> Summons:
    match event:
        case ReferrerCalled():
            calls = {**state.calls, event.meeting_id: event.call_id}
            return replace(state, calls=calls, made=state.made + 1)
        case ReferrerLetGo():
            left = {one: call for one, call in state.calls.items() if one != event.meeting_id}
            return replace(state, calls=left)
        case _:
            assert_never(event)


summons: Decider[Summons, SummonsEvent] = Decider(
    "summons", Summons(), evolve, get_args(SummonsEvent)
)


def sits_about(meeting: Meeting, case_id: UUID, counter: str) -> bool:
    """Is this, as it stands, a 支援会議 about the case with that counter?"""
    if meeting.kind != "support-meeting" or meeting.called_off:
        return False
    if meeting.held_on is not None:
        return case_id in meeting.cases and counter in meeting.members
    return case_id in meeting.agenda and counter in meeting.invited


def follow(
    state: Summons, *, escalated: Escalated, meeting_id: UUID, sits: bool, on: date
) -> list[SummonsEvent]:
    """T-03: called when they begin to sit there, let go when they no longer do."""
    call_id = state.calls.get(meeting_id)
    if sits == (call_id is not None):
        return []
    if call_id is not None:
        return [
            ReferrerLetGo(
                case_id=escalated.case_id,
                escalation_id=escalated.escalation_id,
                meeting_id=meeting_id,
                call_id=call_id,
                let_go_on=on,
            )
        ]
    return [
        ReferrerCalled(
            case_id=escalated.case_id,
            escalation_id=escalated.escalation_id,
            meeting_id=meeting_id,
            call_id=uuid5(escalated.escalation_id, f"{meeting_id} {state.made}"),
            counter=escalated.counter,
            called_on=on,
        )
    ]
