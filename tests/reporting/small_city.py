"""A small city's events, one stream each, for counting them twice. Invented people only."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from services.community.domain import activity, resource
from services.coordination.domain import case, events, meeting
from services.intake.domain import consultation
from services.intake.domain.beyond import FieldCorrected, FieldJudged
from services.outreach.domain import events as outreached
from services.outreach.domain import lead
from services.outreach.domain import request as outreach
from services.participation.domain import request as participation
from services.participation.domain.events import Matched, MatchWithdrawn
from shared.sourcing.decider import Event
from tests.reporting.small_sheets import CASE, JUNE, MAY, Stream, put_right, received
from tests.reporting.small_steps import steps


def played() -> list[Stream]:
    """Something of everything that is counted, and of what is not."""
    return [
        *consultations(),
        *put_right(),
        *beyond_the_field(),
        *places(),
        *groups(),
        *activities(),
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
        sheet = received("C-01", ("i05",), programme="1イ", beyond=first, beyond_rule=1)
        happened: list[Event] = [sheet]
        if then is not None:
            whose = sheet.model_dump(
                include={"consultation_id", "case_id", "counter", "programme", "received_on"}
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


def places() -> list[Stream]:
    place, other = uuid4(), uuid4()
    moved = [
        resource.Registered(resource_id=place, card=card("gathering"), registered_on=MAY),
        resource.Corrected(
            resource_id=place,
            correction_id=uuid4(),
            card=card("ibasho"),
            corrected_on=MAY,
            edition=2,
        ),
        resource.Checked(checked_on=JUNE),
        resource.Retired(resource_id=place, reason="closed", retired_on=JUNE),
        resource.Reopened(resource_id=place, card=card("ibasho"), reopened_on=JUNE),
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
    mistaken = matched.model_copy(update={"match_id": uuid4()})
    withdrawn = MatchWithdrawn(
        request_id=matched.request_id,
        case_id=CASE,
        match_id=mistaken.match_id,
        resource_id=matched.resource_id,
        matched_on=JUNE,
        withdrawn_on=date(2026, 7, 1),
    )
    started = outreached.Started(request_id=uuid4(), case_id=CASE, started_on=MAY)
    return [
        ("participation", participation.request, [matched, mistaken, withdrawn]),
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


def activities() -> list[Stream]:
    """One record of every kind, and one that was corrected into another month."""
    sheets = [
        sheet("leader-course", participants=12, newcomers=5),
        sheet("leader-pr", times=2),
        sheet("group-session", participants=9, newcomers=1),
        sheet("ikiiki-call", calls_district=4, calls_individual=3),
        sheet("ikiiki-session", participants=20, men=8, women=12, under_65=5),
        sheet("coordinator-visit", visits=6),
        sheet("new-place", "空き店舗で、高齢者と子どもの集まり", places=1),
        sheet("matching-visit", visits=2),
        sheet("phire-cooperation", "祭りの手伝いを受け入れた", times=1, volunteers=3),
        sheet("phire-exchange", "園芸で近所と交流した"),
        sheet("phire-procurement", "3社を維持した"),
        sheet("niji-community", "清掃に参加した", times=2),
        sheet("niji-sales", "直売所が1か所増えた"),
        sheet("parenting-course", "折り紙", times=1),
        sheet("parenting-volunteers", volunteers=4),
        sheet("hardship-programme", "食料の配付"),
        sheet("hardship-place", "学習の場", places=1),
        sheet("meeting", participants=7),
    ]
    streams: list[Stream] = [("community", activity.activity, [kept(one)]) for one in sheets]
    wrong, right = sheet("phire-exchange", "まちがい"), sheet("phire-exchange", "合唱を披露した")
    wrong_visits, moved = (
        sheet("coordinator-visit", visits=40),
        sheet("coordinator-visit", visits=4),
    )
    moved = moved.model_copy(update={"held_on": JUNE})
    for first, last in ((wrong, right), (wrong_visits, moved)):
        recorded = kept(first)
        corrected = activity.Corrected(
            activity_id=recorded.activity_id, sheet=last, corrected_on=JUNE
        )
        streams.append(("community", activity.activity, [recorded, corrected]))
    return streams


def sheet(kind: str, story: str | None = None, **counts: int) -> activity.Sheet:
    numbers = {measure.replace("_", "-"): number for measure, number in counts.items()}
    return activity.Sheet(programme="3イ", kind=kind, held_on=MAY, counts=numbers, story=story)


def kept(of: activity.Sheet) -> activity.Recorded:
    return activity.Recorded(activity_id=uuid4(), sheet=of)


def groups() -> list[Stream]:
    """Q-10: one became a group, one ceased to be there."""
    became, ended = uuid4(), uuid4()
    return [
        (
            "community",
            resource.resource,
            [
                resource.Registered(resource_id=became, card=card("salon"), registered_on=MAY),
                resource.Corrected(
                    resource_id=became,
                    correction_id=uuid4(),
                    card=card("exercise-group"),
                    corrected_on=JUNE,
                    edition=2,
                ),
            ],
        ),
        (
            "community",
            resource.resource,
            [
                resource.Registered(
                    resource_id=ended, card=card("exercise-group"), registered_on=MAY
                ),
                resource.Retired(resource_id=ended, reason="closed", retired_on=JUNE),
                resource.Reopened(resource_id=ended, card=card("exercise-group"), reopened_on=JUNE),
            ],
        ),
    ]
