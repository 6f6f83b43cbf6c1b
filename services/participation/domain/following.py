"""フォローアップと終結: the place is visited until the relation is stable (T-23, T-24)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.participation.domain.events import Concluded, FollowedUp, Matched, RequestEvent
from services.participation.domain.request import Request, Status, known, running
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused

STABLE = "stable"
"""関係が安定した (T-24): the one outcome with a rule of its own, and the relation that it asks for.
A city may call both otherwise; the codes stay.
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
    followed = match_on(state, on)
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


@dataclass(frozen=True)
class Ending:
    """How it ended, why, and how the contact goes on (T-24)."""

    outcome: str
    note: str | None = None
    judgement: str | None = None
    contact_every: str | None = None
    contact_until: date | None = None


def conclude(state: Request, *, on: date, today: date, ending: Ending) -> list[RequestEvent]:
    """T-24: it ends when the relation is stable, or for another reason, after all that was done."""
    asked = known(state)
    ended = Concluded(
        request_id=asked.request_id,
        case_id=asked.case_id,
        concluded_on=on,
        **asdict(ending),
    )
    if state.ended == ended:
        return []
    if state.status is Status.CONCLUDED:
        raise Refused("already-concluded")
    if ending.outcome == STABLE:
        _judged_stable(state, ending)
    begun = state.started_on or asked.requested_on
    day_between(on, today, since=begun, otherwise="before-start")
    day_between(on, today, since=state.newest, otherwise="before-last-record")
    if ending.contact_until is not None and ending.contact_until < on:
        raise Refused("contact-until-before-end")
    return [ended]


def _judged_stable(state: Request, ending: Ending) -> None:
    """Only the newest follow-up at the place of today can tell; somebody judges, and says why. The
    contact afterwards is promised, or by choice as needed.
    """
    if state.relation is None:
        raise Refused("follow-up-first")
    if state.relation != STABLE:
        raise Refused("relation-not-stable")
    if not ending.judgement:
        raise Refused("judgement-missing")
    if ending.contact_every is None:
        raise Refused("contact-missing")


def match_on(state: Request, on: date) -> Matched:
    """The match that held on that day: a visit entered late belongs to the place of then (T-23)."""
    held = [match for match in state.matches if match.matched_on <= on]
    if not held:
        raise Refused("before-match")
    return held[-1]
