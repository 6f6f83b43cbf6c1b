"""フォローアップと終結: the place is visited until the relation is stable (T-23, T-24)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.participation.domain.events import Concluded, FollowedUp, Matched, RequestEvent
from services.participation.domain.request import Request, Status, known, running
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused

STABLE = "stable"
"""関係が安定した (T-24): the one outcome with a rule of its own, a place and a follow-up before it.
A city may call it otherwise; the code stays.
"""


def follow_up(
    state: Request,
    *,
    followup_id: UUID,
    on: date,
    today: date,
    method: str,
    relation: str,
    note: str | None = None,
    next_on: date | None = None,
) -> list[RequestEvent]:
    """T-23: the place is visited for a period, and what does not fit is adjusted with it."""
    if followup_id in state.done:
        return []
    asked = running(state)
    if state.place is None:
        raise Refused("place-first")
    if on > today:
        raise Refused("day-in-future")
    followed = _match_of(state, on)
    if next_on is not None and next_on < on:
        raise Refused("next-before-visit")
    return [
        FollowedUp(
            request_id=asked.request_id,
            case_id=asked.case_id,
            followup_id=followup_id,
            match_id=followed.match_id,
            resource_id=followed.resource_id,
            followed_on=on,
            method=method,
            relation=relation,
            note=note,
            next_on=next_on,
        )
    ]


def conclude(
    state: Request,
    *,
    on: date,
    today: date,
    outcome: str,
    note: str | None = None,
    contact_every: str | None = None,
    contact_until: date | None = None,
) -> list[RequestEvent]:
    """T-24: it ends when the relation is stable, which only a follow-up at the place can tell; and
    says how the contact goes on.
    """
    asked = known(state)
    if state.status is Status.CONCLUDED:
        if state.outcome == outcome:
            return []
        raise Refused("already-concluded")
    if outcome == STABLE and state.place not in state.followed:
        raise Refused("follow-up-first")
    day_between(on, today, since=state.started_on or asked.requested_on, otherwise="before-start")
    if contact_until is not None and contact_until < on:
        raise Refused("contact-until-before-end")
    return [
        Concluded(
            request_id=asked.request_id,
            case_id=asked.case_id,
            concluded_on=on,
            outcome=outcome,
            note=note,
            contact_every=contact_every,
            contact_until=contact_until,
        )
    ]


def _match_of(state: Request, on: date) -> Matched:
    """The match that held on that day: a visit entered late belongs to the place of then (T-23)."""
    held = [match for match in state.matches if match.matched_on <= on]
    if not held:
        raise Refused("before-match")
    return held[-1]
