"""The invented households of the demonstration: nobody lives under these names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Household:
    """Who came where, and how far their way has gone (`deploy.demo.journeys`)."""

    name: str
    kana: str
    counter: str
    received_on: date
    address: str
    size: int
    issues: tuple[str, ...]
    story: str
    far: int


_FAMILY = ("架空", "見本", "例示", "試作", "仮名", "想定")
_KANA = ("かくう", "みほん", "れいじ", "しさく", "かめい", "そうてい")
_GIVEN = (
    ("花子", "はなこ"),
    ("太郎", "たろう"),
    ("桜", "さくら"),
    ("健", "けん"),
    ("実", "みのる"),
)
COUNTERS = ("C-01", "C-02", "C-03", "C-04", "C-06", "C-07")
_TOWNS = ("雨間", "草花", "五日市", "伊奈", "二宮", "油平", "小峰台", "渕上")
_ISSUES = (
    ("poverty", "isolation"),
    ("care", "8050", "isolation"),
    ("mental-health", "job-search"),
    ("parenting-anxiety", "single-parent"),
    ("debt", "budgeting", "family"),
    ("hoarding", "dementia"),
)
_STORIES = (
    "家賃が払えず、家から出られない日が続いている",
    "八十代の母の介護と、五十代の息子のひきこもり",
    "眠れず、仕事が続かない",
    "ひとりで子育てをしていて、頼れる人がいない",
    "借金があり、家族に言えない",
    "家に物があふれ、近所から心配されている",
)
_FAR = (
    *(7, 8, 7, 9, 6, 7, 5, 6, 7, 9),
    *(5, 4, 6, 8, 7, 5, 4, 6, 2, 9),
    *(3, 5, 4, 2, 3, 4, 2, 3, 1, 1),
)
"""Who came first has come furthest."""
FIRST, EVERY = 215, 7
"""Days before the demonstration that the first household came, and from one to the next: most of
what is agreed is still to be reviewed, and some of it is overdue."""


def _household(n: int, played_on: date) -> Household:
    given, kana = _GIVEN[n // len(_FAMILY)]
    family = n % len(_FAMILY)
    return Household(
        name=f"{_FAMILY[family]} {given}",
        kana=f"{_KANA[family]} {kana}",
        counter=COUNTERS[n % len(COUNTERS)],
        received_on=played_on - timedelta(days=FIRST - EVERY * n),
        address=f"あきる野市{_TOWNS[n % len(_TOWNS)]}{n + 1}-{n % 7 + 1}",
        size=n % 5 + 1,
        issues=_ISSUES[n % len(_ISSUES)],
        story=_STORIES[n % len(_STORIES)],
        far=_FAR[n],
    )


REFERRED_TO = "C-06"


def households(played_on: date) -> tuple[Household, ...]:
    """Thirty of them, the newest twelve days before `played_on`."""
    return tuple(_household(n, played_on) for n in range(len(_FAR)))


def referred(played_on: date) -> tuple[Household, ...]:
    """Whom a counter refers to another: already taken there (1), or not yet answered (0)."""
    return tuple(
        replace(
            _household(n, played_on),
            name=f"{family} 望",
            kana=f"{kana} のぞみ",
            counter="C-01",
            far=far,
        )
        for n, family, kana, far in ((28, "見本", "みほん", 1), (29, "例示", "れいじ", 0))
    )


TIES = (
    ("隣の架空さん", "strong", "2019-04-01", "ごみ出しを手伝ってくれる"),
    ("かかりつけの医院", "ordinary", "2021-06-01", "月に一度通う"),
    ("離れて暮らす長女", "weak", None, "盆と正月に電話がある"),
    ("大家", "strained", "2025-10-01", "家賃のことで行きちがいがある"),
    ("前の勤め先", "broken", None, ""),
)
"""つながり of some households: who, how strong, since when, what about."""
