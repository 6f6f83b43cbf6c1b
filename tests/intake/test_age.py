from __future__ import annotations

from datetime import date

import pytest

from services.intake.domain.age import age_band, age_on


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (date(2026, 11, 23), "0-5"),
        (date(2020, 11, 24), "0-5"),
        (date(2020, 11, 23), "6-14"),
        (date(2011, 11, 23), "15-17"),
        (date(2008, 11, 23), "18-39"),
        (date(1986, 11, 23), "40-64"),
        (date(1961, 11, 23), "65-74"),
        (date(1951, 11, 23), "75+"),
        (date(2026, 11, 24), "unknown"),
        (None, "unknown"),
    ],
)
def test_the_band_changes_on_the_birthday(born_on: date | None, band: str) -> None:
    assert age_band(born_on, date(2026, 11, 23)) == band


def test_a_leap_day_child_is_older_on_the_first_of_march() -> None:
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22
