"""Planned visits (T-31), stages of trust, and ties in the neighbourhood (T-33)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.outreach.domain.request import conclude, request, visit
from services.outreach.domain.tying import TieNote, build_tie
from services.outreach.domain.visiting import drop_visit, plan_visit
from tests.given import scenario
from tests.outreach.examples import (
    MET,
    PLANNED,
    TIE,
    TODAY,
    TOMORROW,
    VISIT,
    YESTERDAY,
    concluded,
    plan_dropped,
    requested,
    started,
    tie_built,
    visit_planned,
    visited,
)

given = scenario(request)
PLAN: dict[str, Any] = {
    "planned_id": PLANNED,
    "method": "home-visit",
    "staff": 2,
    "aim": "食料の案内を持っていく",
    "on": TODAY,
    "today": TODAY,
}
BUILD: dict[str, Any] = {
    "tie_id": TIE,
    "built": TieNote("watching", "隣の方", "朝の声かけをお願いした"),
    "on": TODAY,
    "today": TODAY,
}
BEGUN = (requested(), started())


def test_a_visit_is_planned_and_made() -> None:
    given(*BEGUN).when(plan_visit, **PLAN).then(visit_planned())
    seen = replace(MET, planned_id=PLANNED, trust="door")
    made = visited().model_copy(update={"planned_id": PLANNED, "trust": "door"})
    asked: dict[str, Any] = {"visit_id": VISIT, "on": TODAY, "today": TODAY}
    given(*BEGUN, visit_planned()).when(visit, seen=seen, **asked).then(made)
    assert request.fold([*BEGUN, visit_planned(), made]).planned == frozenset()


def test_one_plan_is_one_visit() -> None:
    seen = replace(MET, planned_id=PLANNED)
    asked: dict[str, Any] = {"visit_id": UUID(int=6), "seen": seen, "on": TODAY, "today": TODAY}
    made = visited().model_copy(update={"planned_id": PLANNED})
    given(*BEGUN, visit_planned(), made).when(visit, **asked).then_refused("plan-over")
    given(*BEGUN, visit_planned(), plan_dropped()).when(visit, **asked).then_refused("plan-over")
    given(*BEGUN).when(visit, **asked).then_refused("plan-over")


@pytest.mark.parametrize(
    ("history", "changed", "code"),
    [
        ([], {}, "request-unknown"),
        ([requested()], {}, "not-started"),
        ([*BEGUN, concluded()], {}, "already-concluded"),
        (BEGUN, {"on": YESTERDAY}, "plan-in-past"),
        (BEGUN, {"staff": 0}, "nobody-goes"),
    ],
)
def test_a_plan_that_cannot_be(history: list[Any], changed: dict[str, Any], code: str) -> None:
    given(*history).when(plan_visit, **PLAN | changed).then_refused(code)


def test_a_plan_is_dropped_once_and_not_after_the_visit() -> None:
    drop: dict[str, Any] = {"planned_id": PLANNED, "on": TODAY}
    given(*BEGUN, visit_planned()).when(drop_visit, **drop).then(plan_dropped())
    made = visited().model_copy(update={"planned_id": PLANNED})
    given(*BEGUN, visit_planned(), made).when(drop_visit, **drop).then_nothing()
    given(*BEGUN, visit_planned(), concluded()).when(drop_visit, **drop).then_nothing()
    given(*BEGUN).when(drop_visit, **drop).then_refused("plan-unknown")
    given().when(drop_visit, **drop).then_refused("plan-unknown")


def test_the_end_leaves_no_plan_open() -> None:
    end: dict[str, Any] = {"on": TODAY, "today": TODAY, "outcome": "linked"}
    given(*BEGUN, visit_planned()).when(conclude, **end).then(concluded())
    assert request.fold([*BEGUN, visit_planned(), concluded()]).planned == frozenset()


def test_a_tie_is_built_while_outreach_is_under_way() -> None:
    given(*BEGUN).when(build_tie, **BUILD).then(tie_built())
    given(requested()).when(build_tie, **BUILD).then_refused("not-started")
    given(*BEGUN).when(build_tie, **BUILD | {"on": TOMORROW}).then_refused("day-in-future")
    given(*BEGUN).when(build_tie, **BUILD | {"on": YESTERDAY}).then_refused("before-start")
