"""参加支援 in examples: named events and states. Invented people only."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.participation.domain import events as domain
from services.participation.domain import place as places

REQUEST = UUID("0198f000-0000-7000-8000-000000000002")
CASE = UUID("0198f000-0000-7000-8000-0000000000c2")
HANDOVER = UUID("0198f000-0000-7000-8000-0000000000a2")
PLAN = UUID("0198f000-0000-7000-8000-0000000000b2")
PLACE = UUID("0198f000-0000-7000-8000-0000000000d2")
OTHER_PLACE = UUID("0198f000-0000-7000-8000-0000000000d3")
MATCH = UUID("0198f000-0000-7000-8000-0000000000e2")
OTHER_MATCH = UUID("0198f000-0000-7000-8000-0000000000e3")
FOLLOWUP = UUID("0198f000-0000-7000-8000-0000000000f2")
CORRECTION = UUID("0198f000-0000-7000-8000-0000000000aa")
TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 24)
FOLLOWED: dict[str, Any] = {
    "followup_id": FOLLOWUP,
    "on": TODAY,
    "today": TODAY,
    "method": "visit",
    "relation": "stable",
    "note": "座る場所を変えてもらった",
}


def requested() -> domain.Requested:
    return domain.Requested(
        request_id=REQUEST,
        case_id=CASE,
        handover_id=HANDOVER,
        nurse_district="nd-tasai",
        basis="consent",
        requested_on=YESTERDAY,
    )


def started() -> domain.Started:
    return domain.Started(request_id=REQUEST, case_id=CASE, started_on=TODAY)


def planned(plan_id: UUID = PLAN) -> domain.Planned:
    return domain.Planned(
        request_id=REQUEST,
        case_id=CASE,
        plan_id=plan_id,
        planned_on=TODAY,
        menu="place-to-be",
        wishes="週に一度は外に出たい",
        strengths="料理が得意",
        issues="人混みが苦手",
        goal="集いの場に通う",
    )


def matched(match_id: UUID = MATCH, resource_id: UUID = PLACE) -> domain.Matched:
    return domain.Matched(
        request_id=REQUEST,
        case_id=CASE,
        match_id=match_id,
        resource_id=resource_id,
        matched_on=TODAY,
        assessment="世話役が二人いる",
        nurse_district="nd-tasai",
    )


def tried(result: str = "waiting", note: str | None = "また来たい") -> domain.Tried:
    return domain.Tried(
        request_id=REQUEST,
        case_id=CASE,
        trial_id=MATCH,
        resource_id=PLACE,
        tried_on=TODAY,
        result=result,
        staffing="世話人2人",
        note=note,
    )


def followed_up(
    match_id: UUID = MATCH, resource_id: UUID = PLACE, relation: str = "stable"
) -> domain.FollowedUp:
    return domain.FollowedUp(
        request_id=REQUEST,
        case_id=CASE,
        followup_id=FOLLOWUP,
        match_id=match_id,
        resource_id=resource_id,
        followed_on=TODAY,
        method="visit",
        relation=relation,
        note="座る場所を変えてもらった",
    )


def concluded(outcome: str = "declined", **more: Any) -> domain.Concluded:
    return domain.Concluded(
        request_id=REQUEST, case_id=CASE, concluded_on=TODAY, outcome=outcome, **more
    )


CARD = places.Card(
    kind="venue", name="草花台会館", area="草花", weekdays=("mon",), cares=("wheelchair",)
)


def listed() -> places.Listed:
    return places.Listed(resource_id=PLACE, card=CARD, listed_on=YESTERDAY)


def retired() -> places.Retired:
    return places.Retired(resource_id=PLACE, reason="closed-down", retired_on=TODAY)


OPEN_PLACE = places.place.fold([listed()])
RETIRED_PLACE = places.place.fold([listed(), retired()])
