"""What participation tells the others: codes, ids and days, never a name or a story."""

from __future__ import annotations

from services.participation.domain.events import (
    Concluded,
    FollowedUp,
    Matched,
    MatchWithdrawn,
    Planned,
    Started,
)
from shared.casefile.handover import PersonalPartReceived
from shared.contracts import participation as told
from shared.contracts.fact import Fact
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case PersonalPartReceived():
            return _receipt(event)
        case Started():
            return told.ParticipationStarted(
                occurred_on=event.started_on, case_id=event.case_id, request_id=event.request_id
            )
        case Planned():
            return told.ParticipationPlanned(
                occurred_on=event.planned_on,
                case_id=event.case_id,
                request_id=event.request_id,
                plan_id=event.plan_id,
            )
        case Matched():
            return _matched(event)
        case MatchWithdrawn():
            return _withdrawn(event)
        case FollowedUp():
            return told.FollowedUp(
                occurred_on=event.followed_on,
                case_id=event.case_id,
                request_id=event.request_id,
                followup_id=event.followup_id,
                match_id=event.match_id,
            )
        case Concluded():
            return told.ParticipationConcluded(
                occurred_on=event.concluded_on,
                case_id=event.case_id,
                request_id=event.request_id,
                outcome=event.outcome,
            )
        case _:
            return None


def _matched(event: Matched) -> told.PlaceMatched:
    return told.PlaceMatched(
        occurred_on=event.matched_on,
        case_id=event.case_id,
        request_id=event.request_id,
        match_id=event.match_id,
        resource_id=event.resource_id,
        nurse_district=event.nurse_district,
    )


def _withdrawn(event: MatchWithdrawn) -> told.MatchWithdrawn:
    return told.MatchWithdrawn(
        occurred_on=event.withdrawn_on,
        case_id=event.case_id,
        request_id=event.request_id,
        match_id=event.match_id,
        resource_id=event.resource_id,
        matched_on=event.matched_on,
        nurse_district=event.nurse_district,
    )


def _receipt(event: PersonalPartReceived) -> told.HandoverReceived:
    return told.HandoverReceived(
        occurred_on=event.received_on, case_id=event.case_id, handover_id=event.handover_id
    )
