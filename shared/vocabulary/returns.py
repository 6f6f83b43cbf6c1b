"""国への実績報告 (F-16): the rows of the return, and which of our figures go into each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from pydantic import Field, model_validator

from shared.vocabulary.entries import Entry


class ReturnRow(Entry):
    """One row as the ministry calls it. The layout is the city's: it changes with the year."""

    section: str = Field(min_length=1)
    """見出し under which it stands; neighbours with the same one belong together."""
    unit: str = "件"
    source: str | None = None
    """A definition of reporting (Q-31, S-02). None: written in by hand."""
    part: str | None = None
    """内訳 of that definition (`issue`, `meeting`); None: its whole."""
    codes: tuple[str, ...] = ()
    """Our codes of that part which are counted in this row."""

    @model_validator(mode="after")
    def _mapped(self) -> ReturnRow:
        if self.part and not self.source:
            raise ValueError("part には source が要ります")
        if bool(self.part) != bool(self.codes):
            raise ValueError("part と codes は両方書くか、両方書かないかです")
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("codes に同じコードが2つあります")
        return self


def counted_twice(rows: Iterable[ReturnRow]) -> Iterator[str]:
    """A code that two rows of one section count at the same time."""
    for one, other in combinations(rows, 2):
        same = (one.section, one.source, one.part) == (other.section, other.source, other.part)
        both = [code for code in one.codes if code in other.codes]
        if same and both and _meet(one, other):
            said = "、".join(both)
            yield f"{other.code}: 「{one.section}」の {one.code} も {said} を数えています"


def _meet(one: Entry, other: Entry) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_until or date.max, other.valid_until or date.max)
