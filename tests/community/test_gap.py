"""What is missing, until somebody goes there (N-07)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.community.domain.gap import (
    Dropped,
    Matched,
    Need,
    Noted,
    NotedAgain,
    Opened,
    Prepared,
    drop,
    gap,
    match,
    note,
    open_place,
    prepare,
)
from tests.community.examples import RESOURCE, TODAY, TOMORROW, YESTERDAY
from tests.given import scenario

given = scenario(gap)
GAP = UUID("0198f000-0000-7000-8000-0000000000d3")
OTHER = UUID("0198f000-0000-7000-8000-0000000000d4")
NEED = Need(kind="place-youth", catchment="ca-chubu", targets=("youth",))
NOTED = Noted(gap_id=GAP, missed_id=GAP, need=NEED, source="meeting", noted_on=YESTERDAY)
PREPARED = Prepared(plan="自治会と場所を相談する", prepared_on=TODAY)
OPENED = Opened(resource_id=RESOURCE, opened_on=TODAY, gap_id=GAP)
AGAIN = {"gap_id": GAP, "need": NEED, "source": "meeting", "today": TODAY}


def test_something_missing_is_noted() -> None:
    given().when(note, **AGAIN, missed_id=GAP, on=YESTERDAY).then(NOTED)


def test_missed_by_another_meeting_it_weighs_more() -> None:
    given(NOTED).when(note, **AGAIN, missed_id=OTHER, on=TODAY).then(
        NotedAgain(missed_id=OTHER, source="meeting", noted_on=TODAY)
    )


def test_the_same_miss_twice_is_one() -> None:
    given(NOTED).when(note, **AGAIN, missed_id=GAP, on=TODAY).then_nothing()


def test_nothing_is_missing_tomorrow() -> None:
    given().when(note, **AGAIN, missed_id=GAP, on=TOMORROW).then_refused("day-in-future")


def test_a_mistyped_year_is_no_day_of_ours() -> None:
    long_ago = date(206, 11, 23)
    given().when(note, **AGAIN, missed_id=GAP, on=long_ago).then_refused("day-too-long-ago")


def test_somebody_works_on_it() -> None:
    given(NOTED).when(prepare, plan=PREPARED.plan, on=TODAY, today=TODAY).then(PREPARED)


def test_nobody_worked_on_it_before_it_was_noted() -> None:
    given(NOTED.model_copy(update={"noted_on": TODAY})).when(
        prepare, plan="x", on=YESTERDAY, today=TODAY
    ).then_refused("before-noted")


def test_what_nobody_noted_is_not_prepared() -> None:
    given().when(prepare, plan="x", on=TODAY, today=TODAY).then_refused("gap-unknown")


def test_a_place_opens_with_or_without_preparation() -> None:
    for before in ([NOTED], [NOTED, PREPARED]):
        given(*before).when(open_place, resource_id=RESOURCE, on=TODAY, today=TODAY).then(OPENED)


def test_one_need_has_one_place() -> None:
    given(NOTED, OPENED).when(open_place, resource_id=OTHER, on=TODAY, today=TODAY).then_refused(
        "gap-settled"
    )


def test_the_first_match_closes_the_loop() -> None:
    given(NOTED, OPENED).when(match, resource_id=RESOURCE, on=TODAY).then(
        Matched(matched_on=TODAY, gap_id=GAP)
    )


def test_a_match_elsewhere_is_not_ours() -> None:
    given(NOTED, OPENED).when(match, resource_id=OTHER, on=TODAY).then_nothing()
    given(NOTED).when(match, resource_id=RESOURCE, on=TODAY).then_nothing()


def test_who_went_there_before_it_opened_did_not_need_it() -> None:
    given(NOTED, OPENED).when(match, resource_id=RESOURCE, on=YESTERDAY).then_nothing()


def test_a_plan_says_until_when() -> None:
    asked = {"plan": "場所をさがす", "on": TODAY, "today": TODAY}
    given(NOTED).when(prepare, **asked, due=TOMORROW, edition=0).then(
        Prepared(plan="場所をさがす", prepared_on=TODAY, due_on=TOMORROW)
    )
    given(NOTED).when(prepare, **asked, due=YESTERDAY).then_refused("due-before-plan")


def test_nobody_writes_over_a_plan_unseen() -> None:
    asked = {"plan": "車をさがす", "on": TODAY, "today": TODAY}
    given(NOTED, PREPARED).when(prepare, **asked, edition=0).then_refused("sheet-changed-meanwhile")
    given(NOTED, PREPARED).when(prepare, **asked, edition=1).then(
        Prepared(plan="車をさがす", prepared_on=TODAY)
    )


def test_it_is_dropped_with_a_reason() -> None:
    given(NOTED, PREPARED).when(drop, reason="隣で足りる", on=TODAY, today=TODAY).then(
        Dropped(reason="隣で足りる", dropped_on=TODAY, gap_id=GAP)
    )


def test_what_has_opened_is_not_dropped() -> None:
    given(NOTED, OPENED).when(drop, reason="x", on=TODAY, today=TODAY).then_refused("gap-settled")
