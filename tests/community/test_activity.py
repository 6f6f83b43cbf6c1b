"""The activity log: record and correct (B-01 … B-06)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.community.domain.activity import Corrected, Log, activity, correct, record
from tests.community.examples import ACTIVITY, LOG, SHEET, TODAY, TOMORROW, recorded
from tests.given import scenario

given = scenario(activity)
BETTER = SHEET.model_copy(update={"counts": {"participants": 19, "newcomers": 2}})


def test_an_activity_is_recorded() -> None:
    given().when(record, activity_id=ACTIVITY, sheet=SHEET, log=LOG, today=TODAY).then(recorded())


def test_recording_twice_changes_nothing() -> None:
    given(recorded()).when(
        record, activity_id=ACTIVITY, sheet=BETTER, log=LOG, today=TODAY
    ).then_nothing()


def test_an_activity_of_tomorrow_has_not_happened() -> None:
    sheet = SHEET.model_copy(update={"held_on": TOMORROW})
    given().when(record, activity_id=ACTIVITY, sheet=sheet, log=LOG, today=TODAY).then_refused(
        "day-in-future"
    )


def test_there_are_not_more_newcomers_than_participants() -> None:
    sheet = SHEET.model_copy(update={"counts": {"participants": 18, "newcomers": 19}})
    given().when(record, activity_id=ACTIVITY, sheet=sheet, log=LOG, today=TODAY).then_refused(
        "newcomers-exceed-participants"
    )


def test_a_sheet_is_corrected() -> None:
    given(recorded()).when(correct, sheet=BETTER, log=LOG, today=TODAY).then(
        Corrected(activity_id=ACTIVITY, sheet=BETTER, corrected_on=TODAY)
    )


def test_a_correction_that_says_the_same_changes_nothing() -> None:
    given(recorded()).when(correct, sheet=SHEET, log=LOG, today=TODAY).then_nothing()


def test_nobody_writes_over_what_a_colleague_wrote_meanwhile() -> None:
    first = Corrected(activity_id=ACTIVITY, sheet=BETTER, corrected_on=TODAY)
    other = BETTER.model_copy(update={"note": "雨だった"})
    asked: dict[str, Any] = {"sheet": other, "log": LOG, "today": TODAY}
    given(recorded(), first).when(correct, **asked, edition=1).then_refused(
        "sheet-changed-meanwhile"
    )
    given(recorded(), first).when(correct, **asked, edition=2).then(
        first.model_copy(update={"sheet": other, "edition": 3})
    )


def test_an_unknown_activity_cannot_be_corrected() -> None:
    given().when(correct, sheet=SHEET, log=LOG, today=TODAY).then_refused("activity-unknown")


def test_a_correction_is_as_plausible_as_the_first_writing() -> None:
    sheet = SHEET.model_copy(update={"counts": {"participants": 18, "newcomers": 19}})
    given(recorded()).when(correct, sheet=sheet, log=LOG, today=TODAY).then_refused(
        "newcomers-exceed-participants"
    )


@pytest.mark.parametrize(
    ("changes", "log", "why"),
    [
        ({"programme": "3ハ"}, LOG, "programme-of-another-log"),
        ({"counts": {"visits": 3}}, LOG, "measure-of-another-log"),
        ({"counts": {}}, LOG, "nothing-counted"),
        ({"counts": {"participants": 0}}, LOG, "nothing-counted"),
        ({"story": "体操をした"}, LOG, "story-not-asked"),
        ({}, replace(LOG, story="must"), "story-missing"),
        ({"counts": {"participants": 5, "men": 2, "women": 4}}, LOG, "parts-exceed-participants"),
    ],
)
def test_a_sheet_fits_its_log(changes: dict[str, Any], log: Log, why: str) -> None:
    sheet = SHEET.model_copy(update=changes)
    asked = {"sheet": sheet, "log": log, "today": TODAY}
    given().when(record, activity_id=ACTIVITY, **asked).then_refused(why)
    other = SHEET.model_copy(update={"note": "別の記録"})
    given(recorded().model_copy(update={"sheet": other})).when(correct, **asked).then_refused(why)


def test_a_text_alone_is_a_record_where_the_log_asks_for_one() -> None:
    """X-28: some indicators of the plan are words."""
    sheet = SHEET.model_copy(update={"counts": {}, "story": "新しい販路が2つ増えた"})
    given().when(
        record, activity_id=ACTIVITY, sheet=sheet, log=replace(LOG, story="must"), today=TODAY
    ).then(recorded().model_copy(update={"sheet": sheet}))
