"""What chance decides: how many come on a day, to which counter, who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from shared.vocabulary.ages import age_band
from shared.vocabulary.city import City

T = TypeVar("T")

A_DAY = 8.0
"""Consultations of an ordinary working day at scale 1 (some 2,000 a year: an assumption)."""
ESCALATED, RETURNED, CONSENT, RESUMED = 0.035, 0.15, 0.85, 0.2
"""Shares: passed on to 多機関協働; of these given back; who consent; closed ones that come back."""
STRAIGHT, ENTANGLED = 0.12, 0.3
"""Who goes straight to 多機関協働's counter; whose burdens reach into another field (X-24)."""
RETURNING = 0.3
"""Consultations of a household that is known already."""
_BY_MONTH = (1.0, 0.95, 1.2, 1.25, 1.0, 1.0, 0.95, 0.8, 1.05, 1.05, 1.0, 1.1)
"""April brings new households, December rent and debts, August holidays."""
_GROWTH = 0.06
"""A new way in becomes known: more come each year."""

_FAMILY = ("架空", "見本", "例示", "試作", "仮名", "想定", "模擬", "仮設")
_KANA = ("かくう", "みほん", "れいじ", "しさく", "かめい", "そうてい", "もぎ", "かせつ")
_GIVEN = (
    ("花子", "はなこ"),
    ("太郎", "たろう"),
    ("桜", "さくら"),
    ("健", "けん"),
    ("実", "みのる"),
    ("葵", "あおい"),
    ("進", "すすむ"),
    ("文", "ふみ"),
)
_STORIES = (
    "家賃が払えず、家から出られない日が続いている",
    "親の介護と、長く家にいる子のこと",
    "眠れず、仕事が続かない",
    "ひとりで子育てをしていて、頼れる人がいない",
    "借金があり、家族に言えない",
    "物があふれ、近所から心配されている",
)


@dataclass(frozen=True)
class Household:
    """Invented people; `number` is theirs alone."""

    number: int
    name: str
    kana: str
    born_on: date
    address: str
    size: int
    story: str


def comers(day: date, first: date, scale: float, random: Random) -> int:
    """How many consultations this day brings: none on weekends, more in April."""
    if day.weekday() >= 5:
        return 0
    years = (day - first).days / 365
    mean = A_DAY * scale * _BY_MONTH[day.month - 1] * (1 + _GROWTH * years)
    return _poisson(mean, random)


def household(number: int, city: City, today: date, random: Random) -> Household:
    """Somebody new."""
    family = random.randrange(len(_FAMILY))
    given, kana = random.choice(_GIVEN)
    towns = city.entries("towns")
    town = random.choice(towns).label if towns else ""
    return Household(
        number=number,
        name=f"{_FAMILY[family]} {given}",
        kana=f"{_KANA[family]} {kana}",
        born_on=today - timedelta(days=round(random.triangular(6, 95, 70) * 365)),
        address=f"{city.name}{town}{random.randrange(1, 900)}-{random.randrange(1, 20)}",
        size=random.choice((1, 1, 2, 2, 3, 4)),
        story=random.choice(_STORIES),
    )


def turned_to(who: Household, city: City, day: date, random: Random) -> str:
    """The counter that somebody goes to: mostly one of the field their age speaks for, seldom the
    section that does 多機関協働 itself.
    """
    counters = city.entries("counters", day)
    if random.random() < STRAIGHT and city.offices.coordination:
        return city.offices.coordination
    band = age_band(who.born_on, day)
    fields = [one for one in city.fields if band in one.age_bands]
    fields = fields or [one for one in city.fields if not one.age_bands]
    served = {programme for one in fields for programme in one.programmes}
    near = [one.code for one in counters if served & set(getattr(one, "programmes", ()))]
    return falling(near or city.codes("counters", day), random)


def burdens(counter: str, city: City, day: date, random: Random) -> list[str]:
    """課題: what the counter is there for, and now and then something of another field."""
    known = city.codes("issues", day)
    programmes = next((one.programmes for one in city.counters if one.code == counter), ())
    own = [
        issue
        for one in city.fields
        if set(one.programmes) & set(programmes)
        for issue in one.issues
        if issue in known
    ]
    ticked = some(own or known, 2, random)
    if random.random() < ENTANGLED:
        ticked += some([one for one in known if one not in ticked], 2, random)
    return ticked


def falling(choices: Sequence[T], random: Random) -> T:
    """One of them: the first often, the last seldom."""
    weights = [1 / (n + 1) for n in range(len(choices))]
    return random.choices(choices, weights)[0]


def some(choices: Sequence[T], most: int, random: Random) -> list[T]:
    """One to `most` different ones."""
    return random.sample(list(choices), min(len(choices), random.randint(1, most)))


def _poisson(mean: float, random: Random) -> int:
    """Knuth's way; means are small."""
    limit, n, product = 2.718281828**-mean, 0, random.random()
    while product > limit:
        n += 1
        product *= random.random()
    return n
