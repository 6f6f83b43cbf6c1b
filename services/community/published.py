"""What community tells the others: public places with their names, and counts of activities."""

from __future__ import annotations

from services.community.domain import activity, resource
from services.community.domain.schedule import weekdays_of
from shared.contracts import community as told
from shared.contracts.fact import Fact
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case resource.Registered():
            return told.ResourceRegistered(
                occurred_on=event.registered_on,
                resource_id=event.resource_id,
                kind=event.card.kind,
                name=event.card.name,
                area=event.card.area,
                programme=event.card.programme,
                weekdays=weekdays_of(event.card.schedule),
                targets=event.card.targets,
                cares=event.card.cares,
                capacity=event.card.capacity,
            )
        case resource.Corrected():
            return told.ResourceCorrected(
                occurred_on=event.corrected_on,
                resource_id=event.resource_id,
                correction_id=event.correction_id,
                kind=event.card.kind,
                name=event.card.name,
                area=event.card.area,
                programme=event.card.programme,
                weekdays=weekdays_of(event.card.schedule),
                targets=event.card.targets,
                cares=event.card.cares,
                capacity=event.card.capacity,
            )
        case resource.Retired():
            return told.ResourceRetired(
                occurred_on=event.retired_on, resource_id=event.resource_id, reason=event.reason
            )
        case activity.Recorded():
            return _recorded(event)
        case activity.Corrected():
            return _corrected(event)
        case _:
            return None


def _recorded(event: activity.Recorded) -> told.ActivityRecorded:
    sheet = event.sheet
    return told.ActivityRecorded(
        occurred_on=sheet.held_on,
        activity_id=event.activity_id,
        programme=sheet.programme,
        kind=sheet.kind,
        resource_id=sheet.resource_id,
        participants=sheet.count(activity.PARTICIPANTS),
        newcomers=sheet.count(activity.NEWCOMERS),
        counts=sheet.counts,
        story=sheet.story,
    )


def _corrected(event: activity.Corrected) -> told.ActivityCorrected:
    sheet = event.sheet
    return told.ActivityCorrected(
        occurred_on=sheet.held_on,
        activity_id=event.activity_id,
        programme=sheet.programme,
        kind=sheet.kind,
        resource_id=sheet.resource_id,
        participants=sheet.count(activity.PARTICIPANTS),
        newcomers=sheet.count(activity.NEWCOMERS),
        counts=sheet.counts,
        story=sheet.story,
    )
