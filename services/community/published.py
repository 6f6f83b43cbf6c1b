"""What community tells the others: public places with their names, and counts of activities."""

from __future__ import annotations

from typing import assert_never

from services.community.domain import activity, gap, resource
from services.community.domain.schedule import weekdays_of
from shared.contracts import community as told
from shared.contracts.fact import Fact
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case resource.Registered():
            return _registered(event)
        case resource.Corrected():
            return told.ResourceCorrected(
                occurred_on=event.corrected_on,
                resource_id=event.resource_id,
                correction_id=event.correction_id,
                kind=event.card.kind,
                name=event.card.name,
                area=event.card.area,
                town=event.card.town,
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
        case resource.Reopened():
            return told.ResourceReopened(
                occurred_on=event.reopened_on,
                resource_id=event.resource_id,
                kind=event.card.kind,
            )
        case gap.Noted() | gap.Opened() | gap.Matched() | gap.Dropped():
            return _gap(event)
        case activity.Recorded():
            return _recorded(event)
        case activity.Corrected():
            return _corrected(event)
        case _:
            return None


def _registered(event: resource.Registered) -> told.ResourceRegistered:
    card = event.card
    return told.ResourceRegistered(
        occurred_on=event.registered_on,
        resource_id=event.resource_id,
        kind=card.kind,
        name=card.name,
        area=card.area,
        town=card.town,
        programme=card.programme,
        weekdays=weekdays_of(card.schedule),
        targets=card.targets,
        cares=card.cares,
        capacity=card.capacity,
    )


def _gap(event: gap.Noted | gap.Opened | gap.Matched | gap.Dropped) -> Fact | None:
    """What was recorded before others were told of it stays here."""
    if event.gap_id is None:
        return None
    match event:
        case gap.Noted():
            return told.GapNoted(
                occurred_on=event.noted_on,
                gap_id=event.gap_id,
                resource=event.need.kind,
                catchment=event.need.catchment,
                by=event.source,
            )
        case gap.Opened():
            return told.GapFilled(
                occurred_on=event.opened_on, gap_id=event.gap_id, resource_id=event.resource_id
            )
        case gap.Matched():
            return told.GapClosed(occurred_on=event.matched_on, gap_id=event.gap_id)
        case gap.Dropped():
            return told.GapDropped(occurred_on=event.dropped_on, gap_id=event.gap_id)
        case _:
            assert_never(event)


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
