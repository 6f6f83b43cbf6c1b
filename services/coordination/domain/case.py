"""ケース: one stream per case, from the escalation to 終結 and 再開 (T-01 … T-10).

Here is what follows from the events. The verbs lie beside it: `escalation`, `consent`, `plan`,
`support`, `closing`; meetings have streams of their own (`meeting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import assert_never, get_args
from uuid import UUID

from services.coordination.domain.consented import EVERYTHING, Scope
from services.coordination.domain.events import (
    Accepted,
    ApplicationReceived,
    CameBack,
    CameBackByMistake,
    CaseEvent,
    Closed,
    ConsentGiven,
    ConsentRefused,
    ConsentWithdrawn,
    Consulted,
    Escalated,
    GroundLost,
    GroundRenewed,
    KeeperNamed,
    NurseAssigned,
    PlanAgreed,
    Purpose,
    Reopened,
    ResumptionDeclined,
    Returned,
    Step,
    SupportReported,
    SupportRequested,
    Team,
)
from shared.sourcing.decider import Decider, Refused


class Phase(StrEnum):
    UNKNOWN = "unknown"
    WAITING = "waiting"
    OPEN = "open"
    RETURNED = "returned"
    CLOSED = "closed"


class Consent(StrEnum):
    UNKNOWN = "unknown"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Case:
    """Just big enough to decide."""

    phase: Phase = Phase.UNKNOWN
    since: date | None = None
    """The day the phase began: accepted, closed or reopened. Nothing in it is older."""
    case_id: UUID | None = None
    nurse_district: str | None = None
    keeper: str | None = None
    """担当者: their sign-in."""
    waiting: Mapping[UUID, Escalated] = field(default_factory=dict)
    """Escalations nobody decided on yet, oldest first."""
    accepted: Mapping[UUID, Escalated] = field(default_factory=dict)
    decided: UUID | None = None
    """The escalation decided on last."""
    done: frozenset[UUID] = frozenset()
    """Everything that bears an id and was recorded, undone or not: a second copy is not."""
    applied: bool = False
    consent: Consent = Consent.UNKNOWN
    consent_id: UUID | None = None
    consented_on: date | None = None
    scope: Scope = EVERYTHING
    """What the consent that holds covers."""
    plan_id: UUID | None = None
    round: int = 0
    requests: Mapping[UUID, Team] = field(default_factory=dict)
    on_consent: Mapping[UUID, Team] = field(default_factory=dict)
    """Requests that run on the person's consent."""
    lost: Mapping[UUID, GroundLost] = field(default_factory=dict)
    """Requests that run on no ground: somebody has to decide."""
    heard: frozenset[tuple[Step, UUID]] = frozenset()
    closure_id: UUID | None = None
    """The closure that holds now."""
    came_back: tuple[UUID, ...] = ()
    """Consultations after the end that nobody decided on, the newest last."""
    ends: int = 0
    """How often it was closed."""

    @property
    def referrer(self) -> str | None:
        """The counter it came from last: what we took, before what still waits."""
        came = tuple(self.accepted.values()) or tuple(self.waiting.values())
        return came[-1].counter if came else None


def evolve(state: Case, event: CaseEvent) -> Case:
    match event:
        case Escalated() | Accepted() | Returned():
            return _escalation(state, event)
        case (
            CameBack()
            | CameBackByMistake()
            | Consulted()
            | ResumptionDeclined()
            | NurseAssigned()
            | KeeperNamed()
        ):
            return _noted(state, event)
        case ApplicationReceived() | ConsentGiven() | ConsentRefused() | ConsentWithdrawn():
            return _consent(state, event)
        case PlanAgreed():
            done = state.done | {event.plan_id}
            return replace(state, done=done, plan_id=event.plan_id, round=event.round)
        case SupportRequested() | SupportReported() | GroundLost() | GroundRenewed():
            return _support(state, event)
        case Closed():
            done = state.done | {event.closure_id}
            closed = replace(state, phase=Phase.CLOSED, since=event.closed_on)
            ends = state.ends + 1
            return replace(closed, done=done, closure_id=event.closure_id, ends=ends)
        case Reopened():
            done = state.done | {event.resumption_id}
            again = replace(state, phase=Phase.OPEN, since=event.reopened_on)
            return replace(again, done=done, closure_id=None, came_back=())
        case _:
            assert_never(event)


def known(state: Case) -> UUID:
    """The case id of a case that was ever escalated to us."""
    if state.case_id is None:
        raise Refused("case-unknown")
    return state.case_id


def opened(state: Case) -> UUID:
    """The case id of a case that is in our hands now."""
    case_id = known(state)
    if state.phase is not Phase.OPEN:
        raise Refused(f"case-{state.phase}")
    return case_id


def agrees_to(state: Case, purpose: Purpose, on: date) -> bool:
    """Does the person's consent carry this on that day? One that is over is none (F-03)."""
    return state.consent is Consent.GIVEN and state.scope.reaches(purpose, on)


def _noted(
    state: Case,
    event: CameBack
    | CameBackByMistake
    | Consulted
    | ResumptionDeclined
    | NurseAssigned
    | KeeperNamed,
) -> Case:
    if isinstance(event, NurseAssigned):
        done = state.done | {event.assignment_id}
        return replace(state, done=done, nurse_district=event.nurse_district)
    if isinstance(event, KeeperNamed):
        return replace(state, done=state.done | {event.assignment_id}, keeper=event.keeper)
    if isinstance(event, ResumptionDeclined):
        return replace(state, came_back=(), done=state.done | {event.declination_id})
    asked = state.came_back
    if isinstance(event, CameBack):
        asked = (*asked, event.consultation_id)
    if isinstance(event, CameBackByMistake):
        asked = tuple(one for one in asked if one != event.consultation_id)
    return replace(state, came_back=asked, done=state.done | {event.consultation_id})


def _escalation(state: Case, event: Escalated | Accepted | Returned) -> Case:
    waiting, accepted = dict(state.waiting), dict(state.accepted)
    if isinstance(event, Escalated):
        waiting[event.escalation_id] = event
        beginning = state.phase in {Phase.UNKNOWN, Phase.RETURNED}
        return replace(
            state,
            phase=Phase.WAITING if beginning else state.phase,
            case_id=event.case_id,
            nurse_district=event.nurse_district or state.nurse_district,
            waiting=waiting,
            done=state.done | {event.escalation_id},
        )
    taken = waiting.pop(event.escalation_id, None) or accepted.pop(event.escalation_id, None)
    if isinstance(event, Accepted) and taken:
        accepted[event.escalation_id] = taken
        if state.phase is not Phase.OPEN:
            state = replace(state, since=event.accepted_on)
    phase = _phase_after_decision(state.phase, waiting, accepted)
    if phase in (Phase.WAITING, Phase.RETURNED):
        state = _next_round(state)
    decided = event.escalation_id
    return replace(state, phase=phase, waiting=waiting, accepted=accepted, decided=decided)


def _next_round(state: Case) -> Case:
    """Given back, a case begins anew when it is escalated again: with a new 申込 and consent."""
    return replace(
        state,
        since=None,
        applied=False,
        consent=Consent.UNKNOWN,
        consent_id=None,
        consented_on=None,
        scope=EVERYTHING,
    )


def _phase_after_decision(
    before: Phase, waiting: Mapping[UUID, Escalated], accepted: Mapping[UUID, Escalated]
) -> Phase:
    if before is Phase.CLOSED:
        return before
    if accepted:
        return Phase.OPEN
    return Phase.WAITING if waiting else Phase.RETURNED


def _consent(
    state: Case, event: ApplicationReceived | ConsentGiven | ConsentRefused | ConsentWithdrawn
) -> Case:
    match event:
        case ApplicationReceived():
            return replace(state, applied=True, done=state.done | {event.application_id})
        case ConsentGiven():
            done = state.done | {event.consent_id}
            given = replace(state, consent=Consent.GIVEN, consented_on=event.consented_on)
            scope = Scope(event.purposes, event.recipients, event.expires_on)
            return replace(given, done=done, consent_id=event.consent_id, scope=scope)
        case ConsentRefused():
            return replace(state, consent=Consent.REFUSED, done=state.done | {event.refusal_id})
        case ConsentWithdrawn():
            withdrawn = replace(state, consent=Consent.WITHDRAWN)
            return replace(withdrawn, consent_id=None, consented_on=None)


def _support(
    state: Case, event: SupportRequested | SupportReported | GroundLost | GroundRenewed
) -> Case:
    id_ = event.request_id
    carried = {one: team for one, team in state.on_consent.items() if one != id_}
    lost = {one: gone for one, gone in state.lost.items() if one != id_}
    match event:
        case SupportRequested() | GroundRenewed():
            done = event.request_id if isinstance(event, SupportRequested) else event.renewal_id
            return replace(
                state,
                requests={**state.requests, id_: event.team},
                done=state.done | {done},
                on_consent=carried | ({id_: event.team} if event.basis == "consent" else {}),
                lost=lost,
            )
        case GroundLost():
            return replace(state, on_consent=carried, lost={**lost, id_: event})
        case SupportReported():
            heard = state.heard | {(event.step, event.item_id)}
            if event.step == "ended":
                return replace(state, heard=heard, on_consent=carried, lost=lost)
            return replace(state, heard=heard)


case: Decider[Case, CaseEvent] = Decider("case", Case(), evolve, get_args(CaseEvent))
