"""地域づくり in examples."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.community.domain import activity as activities
from services.community.domain import resource as resources

RESOURCE = UUID("0198f000-0000-7000-8000-000000000003")
ACTIVITY = UUID("0198f000-0000-7000-8000-0000000000b3")
CORRECTION = UUID("0198f000-0000-7000-8000-0000000000c3")
TODAY = date(2026, 11, 23)
YESTERDAY = date(2026, 11, 22)
TOMORROW = date(2026, 11, 24)
CARD = resources.Card(name="草花台会館", kind="venue", programme="3イ", area="草花")
SHEET = activities.Sheet(
    programme="3イ",
    kind="ikiiki-session",
    resource_id=RESOURCE,
    held_on=YESTERDAY,
    counts={"participants": 18, "newcomers": 2},
)
LOG = activities.Log(("3イ",), ("participants", "newcomers", "men", "women", "75-over"))


def registered(card: resources.Card = CARD) -> resources.Registered:
    return resources.Registered(resource_id=RESOURCE, card=card, registered_on=YESTERDAY)


def retired(reason: str = "closed-down") -> resources.Retired:
    return resources.Retired(resource_id=RESOURCE, reason=reason, retired_on=TODAY)


def recorded() -> activities.Recorded:
    return activities.Recorded(activity_id=ACTIVITY, sheet=SHEET)
