"""Dates as offices write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.vocabulary.wareki import (
    fiscal_year,
    fiscal_year_label,
    parse_date,
    wareki,
    wareki_short,
)

DAYS = st.dates(date(1868, 1, 25), date(2099, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-04-01",
        "2026/4/1",
        "2026.4.1",
        "20260401",
        "2026年4月1日",
        "西暦2026年4月1日",
        "令和8年4月1日",
        "令和８年４月１日",
        " 令和 8年 4月 1日 ",
        "令8.4.1",
        "R8.4.1",
        "r8/4/1",
        "Ｒ８．４．１",
        "２０２６－４－１",
        "2026年04月01日",
    ],
)
def test_one_day_in_many_ways(text: str) -> None:
    assert parse_date(text) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("S22.3.5", date(1947, 3, 5)),
        ("大正15年12月24日", date(1926, 12, 24)),
        ("M45.7.29", date(1912, 7, 29)),
    ],
)
def test_the_eras_meet_without_a_gap(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "日付として読めません"),
        ("来週", "日付として読めません"),
        ("8.4.1", "日付として読めません"),
        ("2026-4/1", "日付として読めません"),
        ("令和8年4月31日", "暦にない日付です"),
        ("2026-02-29", "暦にない日付です"),
        ("平成31年5月1日", "その元号にない日付です"),
        ("令和元年4月30日", "その元号にない日付です"),
        ("昭和64年1月8日", "その元号にない日付です"),
    ],
)
def test_what_is_no_day_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_date(text)


def test_a_day_is_written_with_its_era() -> None:
    assert wareki(date(2026, 11, 23)) == "令和8年11月23日"
    assert wareki(date(2019, 5, 1)) == "令和元年5月1日"
    assert wareki_short(date(2026, 4, 1)) == "R8.4.1"


@given(DAYS)
def test_what_we_write_we_read(day: date) -> None:
    assert parse_date(wareki(day)) == day
    assert parse_date(wareki_short(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    try:
        parse_date(text)
    except ValueError as fault:
        assert str(fault)  # noqa: PT017 either is fine, a crash is not


def test_the_fiscal_year_turns_on_the_first_of_april() -> None:
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert fiscal_year(date(2027, 4, 1)) == 2027
    assert fiscal_year_label(2026) == "令和8年度"
    assert fiscal_year_label(2019) == "平成31年度"
