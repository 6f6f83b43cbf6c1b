"""A small city's events, one stream each, for counting them twice. Invented people only."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from services.coordination.domain import case, events, meeting
from services.coordination.domain.minuted import Held
from services.intake.domain import consultation
from services.intake.domain.beyond import FieldCorrected, FieldJudged
from services.outreach.domain import events as outreached
from services.outreach.domain import lead
from services.outreach.domain import request as outreach
from services.participation.domain import request as participation
from services.participation.domain.events import Matched, MatchWithdrawn
from shared.sourcing.decider import Event
from tests.reporting.small_directory import directory
from tests.reporting.small_sheets import CASE, JUNE, MAY, Stream, put_right, received
from tests.reporting.small_steps import steps


def played() -> list[Stream]:
    """Something of everything that is counted, and of what is not."""
    return [
        *consultations(),
        *put_right(),
        *beyond_the_field(),
        *directory(),
        *support(),
        *coordinated(),
        *from_the_community(),
        *steps(),
    ]


def consultations() -> list[Stream]:
    sheets = [
        received("C-08", ("i05", "i09", "i05")),
        received("C-08", (), born_on=date(1950, 4, 1)),
        received("C-01", ("i05",)),
    ]
    return [("intake", consultation.consultation, [sheet]) for sheet in sheets]


def beyond_the_field() -> list[Stream]:
    """Q-01: one by the rule, one that staff put right, one that the household showed later."""
    streams: list[Stream] = []
    for first, then in ((True, None), (True, False), (False, True)):
        sheet = received(
            "C-01",
            ("i05",),
            programme="1イ",
            beyond=first,
            beyond_rule=1,
            nurse_district="d1",
        )
        happened: list[Event] = [sheet]
        if then is not None:
            whose = sheet.model_dump(
                include={
                    "consultation_id",
                    "case_id",
                    "counter",
                    "programme",
                    "received_on",
                    "nurse_district",
                }
            )
            happened.append(
                FieldJudged(**whose, beyond=True, rule=1, judged_on=JUNE)
                if then
                else FieldCorrected(**whose, beyond=False, corrected_on=JUNE, reason="同じ分野")
            )
        streams.append(("intake", consultation.consultation, happened))
    return streams


def from_the_community() -> list[Stream]:
    """Q-28: a tip, two consultations of which one is at the section itself; nothing of a round."""
    sheets = [
        received("C-08", (), source="neighbour"),
        received("C-01", (), source="neighbour"),
    ]
    return [
        ("outreach", lead.lead, [noticed("shop")]),
        ("outreach", lead.lead, [noticed(None)]),
        *(("intake", consultation.consultation, [sheet]) for sheet in sheets),
    ]


def noticed(source: str | None) -> lead.Noticed:
    return lead.Noticed(
        lead_id=uuid4(), noticed_on=JUNE, source=source, keep_until=JUNE, story="新聞がたまる"
    )


def support() -> list[Stream]:
    matched = Matched(
        request_id=uuid4(),
        case_id=CASE,
        match_id=uuid4(),
        resource_id=uuid4(),
        matched_on=JUNE,
        nurse_district="d1",
    )
    mistaken = matched.model_copy(update={"match_id": uuid4()})
    withdrawn = MatchWithdrawn(
        request_id=matched.request_id,
        case_id=CASE,
        match_id=mistaken.match_id,
        resource_id=matched.resource_id,
        matched_on=JUNE,
        withdrawn_on=date(2026, 7, 1),
        nurse_district="d1",
    )
    started = outreached.Started(
        request_id=uuid4(), case_id=CASE, started_on=MAY, nurse_district="d2"
    )
    return [
        ("participation", participation.request, [matched, mistaken, withdrawn]),
        ("outreach", outreach.request, [started]),
    ]


def coordinated() -> list[Stream]:
    applied = events.ApplicationReceived(
        case_id=CASE, application_id=uuid4(), filled_by="self", applied_on=MAY, counter="C-01"
    )
    held = Held(
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
            [
                applied,
                plan(1, participation=True, counter="C-01", nurse_district="d1"),
                plan(2, outreach=True),
            ],
        ),
        ("coordination", meeting.meeting, [held]),
    ]


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
