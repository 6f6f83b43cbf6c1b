"""The activity log: record and correct (B-01 … B-06)."""

from __future__ import annotations

from services.community.domain.activity import Corrected, activity, correct, record
from tests.community.examples import ACTIVITY, SHEET, TODAY, TOMORROW, recorded
from tests.given import scenario

given = scenario(activity)
BETTER = SHEET.model_copy(update={"participants": 19})


def test_an_activity_is_recorded() -> None:
    given().when(record, activity_id=ACTIVITY, sheet=SHEET, today=TODAY).then(recorded())


def test_recording_twice_changes_nothing() -> None:
    given(recorded()).when(record, activity_id=ACTIVITY, sheet=BETTER, today=TODAY).then_nothing()


def test_an_activity_of_tomorrow_has_not_happened() -> None:
    sheet = SHEET.model_copy(update={"held_on": TOMORROW})
    given().when(record, activity_id=ACTIVITY, sheet=sheet, today=TODAY).then_refused(
        "day-in-future"
    )


def test_there_are_not_more_newcomers_than_participants() -> None:
    sheet = SHEET.model_copy(update={"newcomers": 19})
    given().when(record, activity_id=ACTIVITY, sheet=sheet, today=TODAY).then_refused(
        "newcomers-exceed-participants"
    )


def test_a_sheet_is_corrected() -> None:
    given(recorded()).when(correct, sheet=BETTER, today=TODAY).then(
        Corrected(activity_id=ACTIVITY, sheet=BETTER, corrected_on=TODAY)
    )


def test_a_correction_that_says_the_same_changes_nothing() -> None:
    given(recorded()).when(correct, sheet=SHEET, today=TODAY).then_nothing()


def test_an_unknown_activity_cannot_be_corrected() -> None:
    given().when(correct, sheet=SHEET, today=TODAY).then_refused("activity-unknown")


def test_a_correction_is_as_plausible_as_the_first_writing() -> None:
    sheet = SHEET.model_copy(update={"newcomers": 19})
    given(recorded()).when(correct, sheet=sheet, today=TODAY).then_refused(
        "newcomers-exceed-participants"
    )
