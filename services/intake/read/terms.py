"""One box for all: what was typed, taken apart into words and what each may mean (F-20).

「佐藤 S21.3.1 渕上」 is a name, a birth date and a town, in any order and spelling. 小川 is
a surname and a town, so such a word may be either. All words must fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from services.intake.read.consultations import key_of, phone_key
from shared.vocabulary.city import City
from shared.vocabulary.wareki import parse_date

WORDS = 6
"""More words than these are not looked at."""


class Term(NamedTuple):
    """What one word may be: a part of a name or of a phone number, a birth date, a town."""

    key: str | None = None
    born_on: date | None = None
    town: str | None = None


def terms_of(text: str, city: City) -> tuple[Term, ...]:
    """The words of what was typed; numbers that are no date are one phone number."""
    return tuple(_terms(text, lambda word: city.find("towns", word)))


def plain_terms(text: str) -> tuple[Term, ...]:
    """The same without a city: no word is a town."""
    return tuple(_terms(text, lambda _word: None))


def _terms(text: str, town_of: Callable[[str], str | None]) -> Iterator[Term]:
    numbers = ""
    for word in text.split()[:WORDS]:
        day = _day(word)
        if any(char.isalpha() for char in word):
            yield Term(None if day else key_of(word), day, town_of(word))
        elif day:
            yield Term(phone_key(word), day)
        else:
            numbers += word
    if numbers:
        yield Term(phone_key(numbers))


def _day(word: str) -> date | None:
    try:
        return parse_date(word)
    except ValueError:  # no date: a name, a town or a phone number
        return None
