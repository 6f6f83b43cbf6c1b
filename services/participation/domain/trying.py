"""見学・体験 before a match, and the contact that is kept after the end (T-22, T-24, 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.participation.domain.events import Contacted, RequestEvent, Tried
from services.participation.domain.place import Place, PlaceStatus
from services.participation.domain.request import Request, Status, known, running
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused

NOT_AGREED = ("person-no", "place-no")
"""Results that say it does not fit: why, helps to find the next place (4.8)."""


@dataclass(frozen=True)
class Assessment:
    """受け入れ先の確認: who is there, what it needs, on which terms, whom to ring."""

    staffing: str | None = None
    care: str | None = None
    conditions: str | None = None
    contact: str | None = None
    note: str | None = None


def try_place(
    state: Request,
    *,
    trial_id: UUID,
    resource_id: UUID,
    place: Place,
    result: str,
    assessment: Assessment,
    on: date,
    today: date,
) -> list[RequestEvent]:
    """T-22: after the plan, as often as it takes; agreeing is the match that follows."""
    if trial_id in state.done:
        return []
    asked = running(state)
    if state.planned_on is None:
        raise Refused("plan-first")
    if place.status is PlaceStatus.UNKNOWN:
        raise Refused("place-unknown")
    if place.status is PlaceStatus.RETIRED:
        raise Refused("place-retired")
    day_between(on, today, since=state.planned_on, otherwise="before-plan")
    if result in NOT_AGREED and not assessment.note:
        raise Refused("why-missing")
    return [
        Tried(
            request_id=asked.request_id,
            case_id=asked.case_id,
            trial_id=trial_id,
            resource_id=resource_id,
            tried_on=on,
            result=result,
            staffing=assessment.staffing,
            care=assessment.care,
            conditions=assessment.conditions,
            contact=assessment.contact,
            note=assessment.note,
        )
    ]


def keep_contact(
    state: Request, *, contact_id: UUID, on: date, today: date, note: str | None
) -> list[RequestEvent]:
    """T-24: regular contact continues after the end."""
    if contact_id in state.done:
        return []
    asked = known(state)
    if state.status is not Status.CONCLUDED:
        raise Refused("not-concluded")
    ended_on = state.ended.concluded_on if state.ended else None
    day_between(on, today, since=ended_on, otherwise="before-end")
    return [
        Contacted(
            request_id=asked.request_id,
            case_id=asked.case_id,
            contact_id=contact_id,
            contacted_on=on,
            note=note,
        )
    ]
