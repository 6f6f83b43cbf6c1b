"""和暦: dates as staff write and read them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_ERAS: tuple[tuple[date, str, str], ...] = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
_STARTS = {sign: begins for begins, name, letter in _ERAS for sign in (name, name[0], letter)}
_UNTIL = {
    sign: (_ERAS[i - 1][0] if i else date.max)
    for i, (_, name, letter) in enumerate(_ERAS)
    for sign in (name, name[0], letter)
}

_ISO = re.compile(r"(?:西暦)?(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[令平昭大明]|[RHSTM])\.?(\d{1,2}|元)"
    r"(?:年(\d{1,2})月(\d{1,2})日|([-/.])(\d{1,2})\5(\d{1,2}))"
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))  # noqa: RUF001 meant


def wareki(day: date) -> str:
    """`令和8年4月1日`; the first year of an era is 元年."""
    name, _, year = _era_of(day)
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """`R8.4.1`, for narrow columns."""
    _, letter, year = _era_of(day)
    return f"{letter}{year}.{day.month}.{day.day}"


def parse_date(text: str) -> date:
    """A date in any way an office writes one; ValueError (in Japanese) if it is none.

    2026-04-01, 2026/4/1, 20260401, 2026年4月1日, 西暦2026年4月1日, 令和8年4月1日, 令和元年5月1日,
    R8.4.1; full-width digits too. A day outside its era (平成32年) is refused: the writer meant
    something else.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()
    if found := _ISO.fullmatch(plain):
        parts = found.group(1, 3, 4) if found[2] else found.group(1, 5, 6)
        return _date(text, *(int(part) for part in parts))
    if found := _COMPACT.fullmatch(plain):
        return _date(text, *(int(part) for part in found.groups()))
    if found := _ERA.fullmatch(plain):
        return _in_era(text, found)
    raise ValueError(f"日付として読めません: {text}")


def fiscal_year(day: date) -> int:
    """年度: begins on 1 April. 2027-03-31 → 2026."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_label(year: int) -> str:
    """2026 → `令和8年度`."""
    name, _, count = _era_of(date(year, 4, 1))
    return f"{name}{'元' if count == 1 else count}年度"


def _era_of(day: date) -> tuple[str, str, int]:
    for begins, name, letter in _ERAS:
        if day >= begins:
            return name, letter, day.year - begins.year + 1
    return "西暦", "", day.year


def _in_era(text: str, found: re.Match[str]) -> date:
    sign = found[1]
    count = 1 if found[2] == "元" else int(found[2])
    month, day = (found[3], found[4]) if found[3] else (found[6], found[7])
    whole = _date(text, _STARTS[sign].year + count - 1, int(month), int(day))
    if count < 1 or not _STARTS[sign] <= whole < _UNTIL[sign]:
        raise ValueError(f"その元号にない日付です: {text}")
    return whole


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"暦にない日付です: {text}") from error
