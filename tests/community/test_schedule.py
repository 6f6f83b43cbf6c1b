"""The regular times of a place: read as staff write them, said again, and laid on days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.community.domain.schedule import (
    LAST,
    WEEKDAYS,
    Schedule,
    Slot,
    days_of,
    read_schedule,
    said,
    weekdays_of,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("毎週火曜 10:00-11:30", "毎週火曜 10:00-11:30"),
        ("火 10時から11時半", "毎週火曜 10:00-11:30"),
        ("火曜日　１０：００～１１：３０", "毎週火曜 10:00-11:30"),
        ("第2、4木曜日 午後１時半〜3時", "第2・4木曜 13:30-15:00"),
        ("第二・第四木曜 13:30-15:00", "第2・4木曜 13:30-15:00"),
        ("毎月第1土曜", "第1土曜"),
        ("最終日曜 9時", "最終日曜 09:00から"),
        ("第1・最終日曜日", "第1・最終日曜"),
        (
            "月・水・金 9:00-12:00",
            "毎週月曜 09:00-12:00\n毎週水曜 09:00-12:00\n毎週金曜 09:00-12:00",
        ),
        ("土日", "毎週土曜\n毎週日曜"),
        ("金~月", "毎週金曜\n毎週土曜\n毎週日曜\n毎週月曜"),
        ("平日", "\n".join(f"毎週{day}曜" for day in "月火水木金")),
        ("毎日", "\n".join(f"毎週{day}曜" for day in "月火水木金土日")),
        ("月曜日・日曜日 10:00-11:00", "毎週月曜 10:00-11:00\n毎週日曜 10:00-11:00"),
        ("火 10:00-11:00\n火 10:00-11:00；木", "毎週火曜 10:00-11:00\n毎週木曜"),
        ("", ""),
    ],
)
def test_it_is_read_as_staff_write_it(written: str, read: str) -> None:
    assert said(read_schedule(written)) == read


@pytest.mark.parametrize(
    "written",
    ["ときどき", "火曜 25:00", "火曜 10:70", "火曜 11:00-10:00", "第6火曜", "火曜 朝から"],
)
def test_what_cannot_be_read_is_said(written: str) -> None:
    with pytest.raises(ValueError, match=r"。|例"):
        read_schedule(written)


def test_too_many_times_are_refused() -> None:
    with pytest.raises(ValueError, match="14個まで"):
        read_schedule("毎日 9:00\n毎日 10:00\n毎日 11:00")


SLOTS = st.builds(
    Slot,
    weekday=st.sampled_from(WEEKDAYS),
    weeks=st.sets(st.sampled_from([1, 2, 3, 4, 5])).map(lambda found: tuple(sorted(found))),
    starts=st.sampled_from([None, "09:00", "13:30"]),
)


@given(st.lists(SLOTS, max_size=5, unique=True).map(tuple))
def test_what_is_said_is_read_again(schedule: Schedule) -> None:
    assert read_schedule(said(schedule)) == schedule


def test_the_weeks_of_a_month() -> None:
    second, last = Slot(weekday="thu", weeks=(2, 4)), Slot(weekday="sun", weeks=(LAST,))
    november = (date(2026, 11, 1), date(2026, 11, 30))
    assert [day.day for day, _ in days_of((second,), *november)] == [12, 26]
    assert [day.day for day, _ in days_of((last,), *november)] == [29]
    assert weekdays_of((last, second)) == ("thu", "sun")
