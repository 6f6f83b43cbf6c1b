"""A small city's events, one stream each, for counting them twice. Invented people only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from services.community.domain import resource
from services.coordination.domain import case, events, meeting
from services.intake.domain import consultation
from services.outreach.domain import request as outreach
from services.participation.domain import request as participation
from services.participation.domain.events import Matched
from shared.sourcing.decider import Decider, Event

Stream: TypeAlias = tuple[str, Decider[Any, Any], Sequence[Event]]
"""Whose it is, its kind, what happened."""

MAY, JUNE = date(2026, 5, 7), date(2026, 6, 1)
CASE = UUID(int=0xCA5E)


def played() -> list[Stream]:
    """Something of everything that is counted, and of what is not."""
    return [*consultations(), *places(), *support(), *coordinated()]


def consultations() -> list[Stream]:
    sheets = [
        received("C-08", ("i05", "i09", "i05")),
        received("C-08", (), born_on=date(1950, 4, 1)),
        received("C-01", ("i05",)),
    ]
    return [("intake", consultation.consultation, [sheet]) for sheet in sheets]


def places() -> list[Stream]:
    place, other = uuid4(), uuid4()
    moved = [
        resource.Registered(resource_id=place, card=card("gathering"), registered_on=MAY),
        resource.Corrected(
            resource_id=place, correction_id=uuid4(), card=card("ibasho"), corrected_on=MAY
        ),
        resource.Checked(checked_on=JUNE),
        resource.Retired(resource_id=place, reason="closed", retired_on=JUNE),
    ]
    kept = [resource.Registered(resource_id=other, card=card("ibasho"), registered_on=MAY)]
    return [("community", resource.resource, moved), ("community", resource.resource, kept)]


def support() -> list[Stream]:
    matched = Matched(
        request_id=uuid4(),
        case_id=CASE,
        match_id=uuid4(),
        resource_id=uuid4(),
        matched_on=JUNE,
    )
    started = outreach.Started(request_id=uuid4(), case_id=CASE, started_on=MAY)
    return [
        ("participation", participation.request, [matched]),
        ("outreach", outreach.request, [started]),
    ]


def coordinated() -> list[Stream]:
    applied = events.ApplicationReceived(
        case_id=CASE, application_id=uuid4(), filled_by="self", applied_on=MAY
    )
    held = meeting.Held(
        meeting_id=uuid4(),
        kind="plan-meeting",
        held_on=JUNE,
        place="市役所",
        members=("C-08",),
        rules="2026",
        cases=(CASE, uuid4()),
    )
    return [
        (
            "coordination",
            case.case,
            [applied, plan(1, participation=True), plan(2, outreach=True)],
        ),
        ("coordination", meeting.meeting, [held]),
    ]


def received(counter: str, issues: tuple[str, ...], **values: Any) -> consultation.Received:
    return consultation.Received(
        consultation_id=uuid4(),
        case_id=CASE,
        counter=counter,
        channel="visit",
        source="self",
        received_on=MAY,
        issues=issues,
        name="山田 太郎",
        **values,
    )


def card(kind: str) -> resource.Card:
    return resource.Card(name="ふれあいサロン", kind=kind)


def plan(round_: int, **values: Any) -> events.PlanAgreed:
    return events.PlanAgreed(
        case_id=CASE,
        plan_id=uuid4(),
        round=round_,
        meeting_id=uuid4(),
        consent_id=uuid4(),
        agreed_on=JUNE,
        review_on=JUNE,
        contact_desk="C-08",
        agencies=("C-01",),
        **values,
    )
