"""A small city's places and what is done there (地域づくり), one stream each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import uuid4

from services.community.domain import activity, resource
from shared.sourcing.decider import Decider, Event

Stream: TypeAlias = tuple[str, Decider[Any, Any], Sequence[Event]]
"""Whose it is, its kind, what happened."""

MAY, JUNE = date(2026, 5, 7), date(2026, 6, 1)


def directory() -> list[Stream]:
    return [*places(), *groups(), *activities(), *sessions()]


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


def card(kind: str, area: str | None = None) -> resource.Card:
    return resource.Card(name="ふれあいサロン", kind=kind, area=area)


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


def sessions() -> list[Stream]:
    """Q-12, Q-13: by the area that the directory gave the place when the sheet was written."""
    place, kind = uuid4(), "ikiiki-session"
    here, moved = card("salon", "草花, 西"), card("salon", "雨間")
    first = kept(sheet(kind, participants=8, men=3).model_copy(update={"resource_id": place}))
    later = kept(sheet(kind, participants=5).model_copy(update={"resource_id": place}))
    more = first.sheet.model_copy(update={"counts": {"participants": 9}})
    corrected = activity.Corrected(activity_id=first.activity_id, sheet=more, corrected_on=JUNE)
    other = kept(sheet(kind, participants=4).model_copy(update={"resource_id": place}))
    moving = resource.Corrected(
        resource_id=place, correction_id=uuid4(), card=moved, corrected_on=JUNE, edition=2
    )
    known = resource.Registered(resource_id=place, card=here, registered_on=MAY)
    return [
        ("community", activity.activity, [later]),
        ("community", resource.resource, [known]),
        ("community", activity.activity, [first, corrected]),
        ("community", resource.resource, [moving]),
        ("community", activity.activity, [other]),
    ]


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
