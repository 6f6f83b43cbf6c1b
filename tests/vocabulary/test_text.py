"""Text that a reader takes for the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.ages import age_band, age_on
from shared.vocabulary.text import digits, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("たかはし", "タカハシ"),
        ("ﾀｶﾊｼ", "タカハシ"),
        ("髙橋　花子", "高橋花子"),
        ("山﨑", "山崎"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡辺"),
        ("齋藤", "斉藤"),
        ("濵田", "浜田"),
        ("淵上", "渕上"),
        ("西ヶ谷戸", "西ケ谷戸"),
        ("Ａｋｉｒｕｎｏ", "akiruno"),
    ],
)
def test_one_name_in_two_ways(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("平沢", "平沢東"), ("はは", "ぱぱ"), ("高尾", "高田")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


@given(st.text(st.characters(min_codepoint=0x3040, max_codepoint=0x9FFF), max_size=30))
def test_a_key_of_a_key_is_the_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_only_digits_remain() -> None:
    assert digits("０４２－５５８（内線）12") == "04255812"
    assert digits("なし") == ""


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (None, "unknown"),
        (date(2026, 11, 24), "unknown"),
        (date(2026, 11, 23), "0-5"),
        (date(2020, 11, 23), "6-14"),
        (date(2011, 11, 23), "15-17"),
        (date(2008, 11, 23), "18-39"),
        (date(1986, 11, 23), "40-64"),
        (date(1961, 11, 23), "65-74"),
        (date(1951, 11, 23), "75+"),
        (date(1951, 11, 24), "65-74"),
    ],
)
def test_a_band_begins_on_a_birthday(born_on: date | None, band: str) -> None:
    assert age_band(born_on, date(2026, 11, 23)) == band


def test_born_on_a_leap_day() -> None:
    assert age_on(date(2020, 2, 29), date(2026, 2, 28)) == 5
    assert age_on(date(2020, 2, 29), date(2026, 3, 1)) == 6
