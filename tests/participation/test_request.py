"""What 参加支援 may do with a request, and what it may not (T-20 … T-24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.participation.domain.following import follow_up
from services.participation.domain.place import Place
from services.participation.domain.planning import PlanSheet, plan
from services.participation.domain.request import ask, match_place, request, start
from tests.given import scenario
from tests.participation.examples import (
    CASE,
    FOLLOWED,
    FOLLOWUP,
    HANDOVER,
    MATCH,
    OPEN_PLACE,
    OTHER_MATCH,
    OTHER_PLACE,
    PLACE,
    PLAN,
    REQUEST,
    RETIRED_PLACE,
    TODAY,
    TOMORROW,
    YESTERDAY,
    concluded,
    followed_up,
    matched,
    planned,
    requested,
    started,
)

given = scenario(request)
ASKED: dict[str, Any] = {
    "request_id": REQUEST,
    "case_id": CASE,
    "handover_id": HANDOVER,
    "plan_id": None,
    "nurse_district": "nd-tasai",
    "basis": "consent",
    "on": YESTERDAY,
}
WRITTEN: dict[str, Any] = {
    "plan_id": PLAN,
    "on": TODAY,
    "today": TODAY,
    "menu": "place-to-be",
    "sheet": PlanSheet("週に一度は外に出たい", "料理が得意", "人混みが苦手", "集いの場に通う"),
}
MATCHING: dict[str, Any] = {
    "match_id": MATCH,
    "resource_id": PLACE,
    "place": OPEN_PLACE,
    "on": TODAY,
    "today": TODAY,
    "assessment": "世話役が二人いる",
}


def test_a_request_of_coordination_is_taken_in() -> None:
    given().when(ask, **ASKED).then(requested())


def test_a_late_copy_of_the_request_does_not_begin_again() -> None:
    given(requested(), started(), concluded("declined")).when(ask, **ASKED).then_nothing()


def test_a_requested_support_can_be_started() -> None:
    given(requested()).when(start, on=TODAY, today=TODAY).then(started())


def test_nothing_starts_without_a_request() -> None:
    given().when(start, on=TODAY, today=TODAY).then_refused("request-unknown")


def test_starting_twice_changes_nothing() -> None:
    given(requested(), started()).when(start, on=TOMORROW, today=TOMORROW).then_nothing()


def test_the_nurse_writes_a_plan() -> None:
    given(requested(), started()).when(plan, **WRITTEN).then(planned())


def test_the_same_plan_twice_changes_nothing() -> None:
    given(requested(), started(), planned()).when(plan, **WRITTEN).then_nothing()


def test_a_later_plan_replaces_the_one_before() -> None:
    unseen = WRITTEN | {"plan_id": OTHER_MATCH}
    given(requested(), started(), planned()).when(plan, **unseen).then_refused("plan-changed")
    facts = unseen | {"sheet": replace(WRITTEN["sheet"], seen=PLAN)}
    given(requested(), started(), planned()).when(plan, **facts).then(planned(OTHER_MATCH))


def test_no_plan_before_the_start() -> None:
    given(requested()).when(plan, **WRITTEN).then_refused("not-started")


def test_a_plan_of_tomorrow_is_refused() -> None:
    facts = WRITTEN | {"on": TOMORROW}
    given(requested(), started()).when(plan, **facts).then_refused("day-in-future")


def test_a_place_is_matched() -> None:
    given(requested(), started(), planned()).when(match_place, **MATCHING).then(matched())


def test_the_same_match_twice_changes_nothing() -> None:
    given(requested(), started(), planned(), matched()).when(match_place, **MATCHING).then_nothing()


def test_two_colleagues_who_match_the_same_place_are_one_match() -> None:
    """Q-06: another command id is not another match; what says more is not dropped unseen."""
    again = MATCHING | {"match_id": OTHER_MATCH}
    there = (requested(), started(), planned(), matched())
    given(*there).when(match_place, **again).then_nothing()
    given(*there).when(match_place, **again | {"assessment": None}).then_nothing()
    more = again | {"assessment": "午前は人が少ない"}
    given(*there).when(match_place, **more).then_refused("already-matched")
    moved = matched(OTHER_MATCH, OTHER_PLACE)
    given(*there, moved).when(match_place, **again | {"match_id": FOLLOWUP}).then(matched(FOLLOWUP))


def test_another_place_may_follow() -> None:
    facts = MATCHING | {"match_id": OTHER_MATCH, "resource_id": OTHER_PLACE}
    given(requested(), started(), planned(), matched(), followed_up()).when(
        match_place, **facts
    ).then(matched(OTHER_MATCH, OTHER_PLACE))


def test_no_match_before_the_plan() -> None:
    given(requested(), started()).when(match_place, **MATCHING).then_refused("plan-first")


def test_a_retired_place_takes_nobody() -> None:
    facts = MATCHING | {"place": RETIRED_PLACE}
    given(requested(), started(), planned()).when(match_place, **facts).then_refused(
        "place-retired"
    )


def test_an_unknown_place_takes_nobody() -> None:
    facts = MATCHING | {"place": Place()}
    given(requested(), started(), planned()).when(match_place, **facts).then_refused(
        "place-unknown"
    )


def test_a_match_of_tomorrow_is_refused() -> None:
    facts = MATCHING | {"on": TOMORROW}
    given(requested(), started(), planned()).when(match_place, **facts).then_refused(
        "day-in-future"
    )


def test_a_follow_up_is_recorded() -> None:
    given(requested(), started(), planned(), matched()).when(follow_up, **FOLLOWED).then(
        followed_up()
    )


def test_the_same_follow_up_twice_changes_nothing() -> None:
    given(requested(), started(), planned(), matched(), followed_up()).when(
        follow_up, **FOLLOWED
    ).then_nothing()


def test_without_a_place_there_is_nothing_to_follow_up() -> None:
    given(requested(), started(), planned()).when(follow_up, **FOLLOWED).then_refused("place-first")


def test_a_follow_up_of_tomorrow_is_refused() -> None:
    facts = FOLLOWED | {"on": TOMORROW}
    given(requested(), started(), planned(), matched()).when(follow_up, **facts).then_refused(
        "day-in-future"
    )


def test_the_next_follow_up_is_not_before_this_one() -> None:
    facts = FOLLOWED | {"next_on": YESTERDAY}
    given(requested(), started(), planned(), matched()).when(follow_up, **facts).then_refused(
        "next-before-visit"
    )


def test_after_the_end_nothing_is_planned() -> None:
    given(requested(), concluded("declined")).when(plan, **WRITTEN).then_refused(
        "already-concluded"
    )


def test_it_begins_between_the_request_and_today() -> None:
    asked = requested()
    given(asked).when(start, on=TOMORROW, today=TODAY).then_refused("day-in-future")
    early = asked.requested_on - timedelta(days=1)
    given(asked).when(start, on=early, today=TODAY).then_refused("before-request")


def test_nothing_is_older_than_what_it_follows() -> None:
    early = {"on": YESTERDAY}
    given(requested(), started()).when(plan, **WRITTEN | early).then_refused("before-start")
    given(requested(), started(), planned()).when(match_place, **MATCHING | early).then_refused(
        "before-plan"
    )
    given(requested(), started(), planned(), matched()).when(
        follow_up, **FOLLOWED | early
    ).then_refused("before-match")
