"""Facts as they arrive: told by their team, numbered without holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from shared.bus.told import Told
from shared.contracts import community, coordination, intake, outreach, participation
from shared.contracts.fact import CaseFact, Fact

CASE = UUID(int=0xCA5E)
EPOCH = UUID(int=0xE)
MAY = date(2026, 5, 7)
ACTIVITY = UUID(int=0xAC)


def tell(facts: Iterable[Fact]) -> list[Told]:
    """These facts in this order, each with its team's next position."""
    positions: defaultdict[str, int] = defaultdict(int)
    told = []
    for number, fact in enumerate(facts, start=1):
        positions[fact.team] += 1
        told.append(
            Told(
                team=fact.team,
                position=positions[fact.team],
                fact_id=UUID(int=number),
                type=type(fact).__name__,
                case_id=fact.case_id if isinstance(fact, CaseFact) else None,
                occurred_on=fact.occurred_on,
                data=fact.model_dump_json().encode(),
                meta=b"{}",
                epoch=EPOCH,
            )
        )
    return told


def received(on: date = MAY, **values: Any) -> intake.ConsultationReceived:
    usual: dict[str, Any] = {
        "case_id": CASE,
        "consultation_id": UUID(int=1),
        "counter": "C-08",
        "channel": "visit",
        "source": "self",
        "age_band": "40-64",
        "issues": ("i05", "i09"),
    }
    return intake.ConsultationReceived(occurred_on=on, **(usual | values))


def sheet_put_right(on: date = MAY, **values: Any) -> intake.ConsultationCorrected:
    """The sheet of `received()`, with what it says otherwise now."""
    before = received(on)
    former = {
        f"former_{name}": getattr(before, name)
        for name in ("channel", "source", "age_band", "issues", "catchment", "nurse_district")
    }
    usual = before.model_dump() | former | {"corrected_on": on + timedelta(days=40)}
    return intake.ConsultationCorrected.model_validate(usual | values)


def reviewed(on: date = MAY, *, beyond: bool) -> intake.BeyondFieldReviewed:
    return intake.BeyondFieldReviewed(
        occurred_on=on,
        case_id=CASE,
        consultation_id=UUID(int=1),
        counter="C-01",
        programme="1イ",
        beyond=beyond,
        by="staff",
        reviewed_on=on,
    )


def attached(on: date = MAY) -> intake.ConsultationAttached:
    return intake.ConsultationAttached(
        occurred_on=on, case_id=UUID(int=2), consultation_id=UUID(int=1), former_case_id=CASE
    )


def registered(
    number: int, kind: str = "gathering", on: date = MAY
) -> community.ResourceRegistered:
    return community.ResourceRegistered(
        occurred_on=on, resource_id=UUID(int=number), kind=kind, name="ふれあいサロン"
    )


def corrected(number: int, kind: str, on: date = MAY) -> community.ResourceCorrected:
    return community.ResourceCorrected(
        occurred_on=on,
        resource_id=UUID(int=number),
        correction_id=UUID(int=9),
        kind=kind,
        name="ふれあいサロン",
    )


def retired(number: int, on: date = MAY) -> community.ResourceRetired:
    return community.ResourceRetired(occurred_on=on, resource_id=UUID(int=number), reason="closed")


def reopened(number: int, kind: str = "gathering") -> community.ResourceReopened:
    return community.ResourceReopened(occurred_on=MAY, resource_id=UUID(int=number), kind=kind)


def recorded(
    kind: str, on: date = MAY, story: str | None = None, **counts: int
) -> community.ActivityRecorded:
    numbers = {measure.replace("_", "-"): number for measure, number in counts.items()}
    return community.ActivityRecorded(
        occurred_on=on,
        activity_id=ACTIVITY,
        programme="3イ",
        kind=kind,
        participants=0,
        counts=numbers,
        story=story,
    )


def put_right(fact: community.ActivityRecorded) -> community.ActivityCorrected:
    return community.ActivityCorrected(**fact.model_dump())


def withdrawn(matched_on: date = MAY, on: date = date(2026, 6, 3)) -> participation.MatchWithdrawn:
    return participation.MatchWithdrawn(
        occurred_on=on,
        case_id=CASE,
        request_id=UUID(int=3),
        match_id=UUID(int=4),
        resource_id=UUID(int=5),
        matched_on=matched_on,
    )


def matched(on: date = MAY) -> participation.PlaceMatched:
    return participation.PlaceMatched(
        occurred_on=on,
        case_id=CASE,
        request_id=UUID(int=3),
        match_id=UUID(int=4),
        resource_id=UUID(int=5),
    )


def started(on: date = MAY) -> outreach.OutreachStarted:
    return outreach.OutreachStarted(occurred_on=on, case_id=CASE, request_id=UUID(int=6))


def tipped(source: str, on: date = MAY) -> outreach.TipReceived:
    return outreach.TipReceived(occurred_on=on, tip_id=UUID(int=11), source=source)


def applied(on: date = MAY) -> coordination.ApplicationReceived:
    return coordination.ApplicationReceived(
        occurred_on=on, case_id=CASE, application_id=UUID(int=7)
    )


def met(kind: coordination.MeetingKind, cases: int = 1, on: date = MAY) -> coordination.MeetingHeld:
    return coordination.MeetingHeld(occurred_on=on, meeting_id=UUID(int=8), kind=kind, cases=cases)


def agreed(round_: int = 1, on: date = MAY, **values: Any) -> coordination.PlanAgreed:
    return coordination.PlanAgreed(
        occurred_on=on,
        case_id=CASE,
        plan_id=UUID(int=10),
        round=round_,
        review_on=date(2026, 11, 7),
        agencies=("C-01",),
        **values,
    )


def a_year() -> list[Told]:
    """A little of everything, over two fiscal years, one fact that nobody counts among it."""
    march, april = date(2026, 3, 31), date(2026, 4, 1)
    return tell(
        [
            registered(1, on=march),
            registered(2, "ibasho", on=march),
            received(march, channel="phone"),
            received(april),
            received(counter="C-01"),
            received(issues=()),
            attached(),
            registered(3),
            corrected(1, "ibasho"),
            retired(2, on=date(2026, 6, 1)),
            matched(),
            started(),
            applied(),
            met("plan-meeting", 4),
            met("support-meeting", 2),
            agreed(1, participation=True),
            agreed(2, outreach=True, on=date(2026, 10, 1)),
            recorded("phire-exchange", story="園芸を一緒にした"),
            put_right(recorded("phire-exchange", story="園芸で近所と交流した")),
        ]
    )
