"""いつ開いているか: the regular times of a place (HSDS schedule), as staff write and as data."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
JAPANESE = "月火水木金土日"
LAST = -1
MOST = 14
"""Slots of one place."""


class Slot(BaseModel):
    """One regular time: 毎週火曜 10:00-11:30, 第2・4木曜."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weekday: Weekday
    weeks: tuple[int, ...] = ()
    """Of the month, 1 to 5 or LAST; none: every week."""
    starts: str | None = None
    """10:00, in the city's time."""
    ends: str | None = None

    def on(self, day: date) -> bool:
        """Is it open on that day?"""
        if WEEKDAYS[day.weekday()] != self.weekday:
            return False
        last = day.day + 7 > monthrange(day.year, day.month)[1]
        return not self.weeks or (day.day + 6) // 7 in self.weeks or (last and LAST in self.weeks)

    @property
    def times(self) -> str:
        """10:00-11:30; empty when no time is said."""
        if self.starts is None:
            return ""
        return f"{self.starts}-{self.ends}" if self.ends else f"{self.starts}から"


Schedule: TypeAlias = tuple[Slot, ...]

_LINES = re.compile(r"[\n;。/]+")
_LINE = re.compile(
    r"(?:毎月|毎週)?(?P<weeks>(?:第[1-5](?:[・,と]?第?[1-5])*)?(?:[・,と]?最終)?)週?の?"
    r"(?P<days>毎日|平日|[月火水木金土日]曜?日?(?:[・,と~-]?[月火水木金土日](?:曜日?)?)*)"
    r"(?P<times>.*)"
)
_TIME = r"(午前|午後)?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分|(半))?)"
_TIMES = re.compile(rf"{_TIME}(?:(?:から|[-~]){_TIME}(?:まで)?|から)?")
_PLAIN = str.maketrans({"〜": "~", "–": "-", "—": "-", "−": "-", "、": ",", "一": "1", "二": "2"})
_PLAIN |= str.maketrans({"三": "3", "四": "4", "五": "5"})


def read_schedule(text: str) -> Schedule:
    """What somebody wrote as slots: a line each, or ; between. Raises ValueError with a sentence.

    >>> said(read_schedule("第2、4木曜日 午後１時半〜3時"))
    '第2・4木曜 13:30-15:00'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    slots = [
        slot
        for line in _LINES.split(plain)
        if (bare := "".join(line.split()))
        for slot in _slots(bare, line.strip())
    ]
    found = tuple(dict.fromkeys(slots))
    if len(found) > MOST:
        raise ValueError(f"定期の開催は{MOST}個までです。")
    return found


def read_time(text: str) -> str | None:
    """One time of the day, as somebody wrote it; None: nothing was. Raises ValueError.

    >>> read_time("午後１時半")
    '13:30'
    """
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    if not bare:
        return None
    found = re.fullmatch(_TIME, bare)
    if found is None:
        raise ValueError(f"{text}は時間として読めません。例 10:00、午後1時半")
    return _time(found.groups(), text)


def _slots(bare: str, line: str) -> Iterator[Slot]:
    found = _LINE.fullmatch(bare)
    if found is None:
        raise ValueError(
            f"{line}は曜日と時間として読めません。例 毎週火曜 10:00-11:30、第2・4木曜 13:30-15:00"
        )
    starts, ends = _times(found["times"], line)
    weeks = [int(digit) for digit in re.findall(r"\d", found["weeks"])]
    weeks += [LAST] if "最終" in found["weeks"] else []
    for weekday in _days(found["days"]):
        yield Slot(weekday=weekday, weeks=tuple(dict.fromkeys(weeks)), starts=starts, ends=ends)


def _days(text: str) -> Sequence[Weekday]:
    if text in ("毎日", "平日"):
        return WEEKDAYS if text == "毎日" else WEEKDAYS[:5]
    bare = re.sub(r"曜日?|(?<=[月火水木金土日])日(?![曜・,と~-]|$)", "", text)
    between = re.fullmatch(r"(.)[~-](.)", bare)
    if between:
        first, last = (JAPANESE.index(day) for day in between.groups())
        return [WEEKDAYS[n % 7] for n in range(first, last + (1 if first <= last else 8))]
    return [WEEKDAYS[JAPANESE.index(day)] for day in bare if day in JAPANESE]


def _times(text: str, line: str) -> tuple[str | None, str | None]:
    if not text:
        return None, None
    found = _TIMES.fullmatch(text)
    if found is None:
        raise ValueError(f"{line}の時間が読めません。例 10:00-11:30")
    first, last = found.groups()[:5], found.groups()[5:]
    starts = _time(first, line)
    ends = _time((last[0] or first[0], *last[1:]), line)  # 午後1時〜3時: both in the afternoon
    if starts and ends and ends <= starts:
        raise ValueError(f"{line}の終わりの時間が始まりより後になっていません。")
    return starts, ends


def _time(parts: Sequence[str | None], line: str) -> str | None:
    half_day, hour, minute, minute_said, half = parts
    if hour is None:
        return None
    hours = int(hour) + (12 if half_day == "午後" and int(hour) < 12 else 0)
    minutes = 30 if half else int(minute or minute_said or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f"{line}の時間が読めません。例 10:00-11:30")
    return f"{hours:02}:{minutes:02}"


def said(schedule: Schedule) -> str:
    """The slots in words, each as short as it can be read again."""
    return "\n".join(" ".join(filter(None, (_day_said(slot), slot.times))) for slot in schedule)


def _day_said(slot: Slot) -> str:
    numbers = "・".join(str(week) for week in slot.weeks if week != LAST)
    parts = [f"第{numbers}"] if numbers else []
    parts += ["最終"] if LAST in slot.weeks else []
    day = JAPANESE[WEEKDAYS.index(slot.weekday)]
    return f"{'・'.join(parts) or '毎週'}{day}曜"


def weekdays_of(schedule: Schedule) -> tuple[Weekday, ...]:
    """The days of the week on which it is open at least once a month, Monday first."""
    open_on = {slot.weekday for slot in schedule}
    return tuple(day for day in WEEKDAYS if day in open_on)


def days_of(schedule: Schedule, since: date, until: date) -> Iterator[tuple[date, Slot]]:
    """Every opening from the first day to the last, in order."""
    day = since
    while day <= until:
        yield from ((day, slot) for slot in schedule if slot.on(day))
        day += timedelta(days=1)
