"""票を直した (S-01): the figures follow, on the day of the consultation, and show that they did."""

from __future__ import annotations

from datetime import date

from services.reporting.fold import COLUMNS
from tests.reporting.examples import received, sheet_put_right
from tests.reporting.test_indicators import counted, sums


def test_q02_moves_to_what_the_sheet_says_now_and_stays_one() -> None:
    facts = received(), sheet_put_right(source="neighbour", channel="phone")
    assert sums("Q-02", *facts) == {
        "": 1,
        "channel:visit": 0,
        "channel:phone": 1,
        "source:self": 0,
        "source:neighbour": 1,
        "age_band:40-64": 1,
        "district:unknown": 1,
        "catchment:unknown": 1,
    }


def test_q03_and_q04_count_the_issues_of_the_sheet_as_it_is_now() -> None:
    facts = received(), sheet_put_right(issues=("i05", "i01", "i02"))
    expected = {"": 3, "issue:i05": 1, "issue:i09": 0, "issue:i01": 1, "issue:i02": 1}
    places = {"district:unknown": 3, "catchment:unknown": 3}
    assert sums("Q-03", *facts) == expected | places
    assert sums("Q-04", *facts) == {"": 3, "issues:2": 0, "issues:3": 1}


def test_q28_counts_a_consultation_found_to_come_from_the_community() -> None:
    assert sums("Q-28", received()) == {}
    assert sums("Q-28", received(), sheet_put_right(source="neighbour"))[""] == 1
    back = sheet_put_right(former_source="neighbour")
    assert sums("Q-28", received(source="neighbour"), back)[""] == 0


def test_s02_follows_the_place_and_what_is_no_longer_lacking() -> None:
    found = sums("S-02", received(), sheet_put_right(catchment="east", nurse_district="akikawa-a"))
    assert (found[""], found["lacks:town"]) == (1, 0)
    assert (found["catchment:unknown"], found["catchment:east"]) == (0, 1)
    moved = sheet_put_right(former_catchment="east", former_nurse_district="akikawa-a")
    lost = sums("S-02", received(catchment="east", nurse_district="akikawa-a"), moved)
    assert (lost["catchment:east"], lost["lacks:town"]) == (0, 1)


def test_another_counter_is_corrected_for_itself_alone() -> None:
    facts = received(counter="C-01"), sheet_put_right(counter="C-01", issues=())
    assert sums("Q-02", *facts) == sums("Q-03", *facts) == {}
    assert sums("S-02", *facts)["lacks:issues"] == 1


def test_what_no_figure_counts_changes_none() -> None:
    facts = received(), sheet_put_right(household_size=3)
    assert counted(*facts).rows == counted(facts[0]).rows


def test_both_stand_behind_the_figure_in_the_month_of_the_consultation() -> None:
    rows = counted(sheet_put_right(source="neighbour")).rows
    told = {
        tuple(row[COLUMNS.index(name)] for name in ("day", "number", "note"))
        for row in rows
        if row[0] == "Q-02"
    }
    assert told == {(date(2026, 5, 7), -1, "訂正前"), (date(2026, 5, 7), 1, "訂正後")}
