"""受付: an escalation comes in; we take the case or give it back (T-01, T-02x)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, Phase, known
from services.coordination.domain.events import (
    Accepted,
    CameBack,
    CameBackByMistake,
    CaseEvent,
    Consulted,
    Escalated,
    Returned,
)
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


def take_in(state: Case, *, escalated: Escalated) -> list[CaseEvent]:
    """T-01: an escalation waits for our decision, whatever else the case is doing (T-09)."""
    return [] if escalated.escalation_id in state.done else [escalated]


def note_return(
    state: Case, *, consultation_id: UUID, counter: str | None, on: date
) -> list[CaseEvent]:
    """T-09: somebody we know came again. Only noted: people decide whether to resume what is
    closed.
    """
    if state.case_id is None or consultation_id in state.done:
        return []
    if state.phase is not Phase.CLOSED:
        return [
            Consulted(
                case_id=state.case_id,
                consultation_id=consultation_id,
                counter=counter,
                consulted_on=on,
            )
        ]
    return [
        CameBack(
            case_id=state.case_id, consultation_id=consultation_id, counter=counter, came_on=on
        )
    ]


def note_mistake(state: Case, *, consultation_id: UUID, on: date) -> list[CaseEvent]:
    """F-20: the consultation that made us ask whether to resume was somebody else's."""
    if state.case_id is None or consultation_id not in state.came_back:
        return []
    return [
        CameBackByMistake(case_id=state.case_id, consultation_id=consultation_id, mistaken_on=on)
    ]


def accept(
    state: Case, *, escalation_id: UUID, on: date, today: date, note: str | None = None
) -> list[CaseEvent]:
    """T-01: 多機関協働 takes the case. One that was closed is resumed instead (T-09)."""
    case_id = known(state)
    if escalation_id in state.accepted:
        return []
    escalated = _undecided(state, escalation_id)
    if state.phase is Phase.CLOSED:
        raise Refused("resume-instead")
    day_between(on, today, since=escalated.escalated_on, otherwise="before-escalation")
    return [Accepted(case_id=case_id, escalation_id=escalation_id, accepted_on=on, note=note)]


def give_back(
    state: Case,
    *,
    escalation_id: UUID,
    reason: str,
    on: date,
    today: date,
    link_note: str | None = None,
    seen_waiting: bool | None = None,
    look_on: date | None = None,
) -> list[CaseEvent]:
    """T-02x: ordinary cooperation suffices. Agreed with the referrer, who keeps the case; before a
    plan or a request only. `seen_waiting` is what the form showed: undecided, or accepted.
    """
    case_id = known(state)
    escalated = state.accepted.get(escalation_id) or state.waiting.get(escalation_id)
    if escalated is None:
        if escalation_id in state.done:
            return []
        raise Refused("escalation-unknown")
    if seen_waiting and escalation_id in state.accepted:
        raise Refused("accepted-meanwhile")
    if escalation_id in state.accepted and (state.round or state.requests):
        raise Refused("support-has-begun")
    day_between(on, today, since=escalated.escalated_on, otherwise="before-escalation")
    if look_on is not None and look_on <= on:
        raise Refused("look-not-after-return")
    return [
        Returned(
            case_id=case_id,
            escalation_id=escalation_id,
            counter=escalated.counter,
            reason=reason,
            returned_on=on,
            link_note=link_note,
            look_on=look_on,
        )
    ]


def _undecided(state: Case, escalation_id: UUID) -> Escalated:
    if escalation_id in state.waiting:
        return state.waiting[escalation_id]
    if escalation_id in state.done:
        raise Refused("escalation-returned")
    raise Refused("escalation-unknown")
