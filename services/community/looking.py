"""What somebody looks for, as it stands in the address of a page."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from services.community.domain.schedule import JAPANESE, WEEKDAYS
from services.community.read.searching import Search
from shared.vocabulary.city import City
from shared.vocabulary.text import search_key

WEEKDAY_CHOICES: list[tuple[str, str]] = [
    (code, f"{name}曜") for code, name in zip(WEEKDAYS, JAPANESE, strict=True)
]
YES = "yes"


NO_TOWN = "none"
"""Asked for as a town: what has none yet (X-06)."""


def towns_in(city: City, words: str) -> tuple[tuple[str, ...], ...]:
    """For each word the towns that are called so, by any of their spellings (V-1, X-04)."""
    return tuple(
        tuple(
            town.code
            for town in city.towns
            if any(
                search_key(word) in name for name in map(search_key, (town.label, *town.aliases))
            )
        )
        for word in words.split()
    )


class Looking(BaseModel):
    """Empty: it does not matter."""

    words: str = Field("", max_length=100)
    kind: str = Field("", max_length=64)
    area: str = Field("", max_length=64)
    town: str = Field("", max_length=64)
    weekday: str = Field("", max_length=64)
    target: str = Field("", max_length=64)
    care: str = Field("", max_length=64)
    programme: str = Field("", max_length=64)
    room: str = Field("", max_length=3)
    """yes: not where nobody new can come."""
    stale: str = Field("", max_length=3)
    """yes: what asks to be checked again."""
    retired: str = Field("", max_length=3)
    """yes: with places that are gone."""
    page: int = Field(1, ge=1, le=10_000)

    def search(self, city: City, today: date, *, published: bool = False) -> Search:
        """The same as a question to the directory. Everybody sees published entries only."""
        full = [one.code for one in city.capacity_states if not one.accepts]
        anybody = [one.code for one in city.resource_targets if one.everybody]
        asked = self.stale == YES and not published
        return Search(
            words=self.words,
            kind=self.kind or None,
            area=self.area or None,
            retired=self.retired == YES and not published,
            town=None if self.town == NO_TOWN else self.town or None,
            weekday=self.weekday or None,
            targets=tuple(dict.fromkeys([self.target, *anybody])) if self.target else (),
            care=self.care or None,
            programme=self.programme or None,
            not_capacity=tuple(full) if self.room == YES else (),
            unchecked_since=check_before(city, today) if asked else None,
            published=published,
            word_towns=towns_in(city, self.words),
            no_town=self.town == NO_TOWN,
        )

    @property
    def narrowed(self) -> bool:
        return any(self.model_dump(exclude={"page"}).values())

    def address(self, path: str, page: int = 1) -> str:
        """The same question at a page of ours."""
        asked = {name: value for name, value in self.model_dump(exclude={"page"}).items() if value}
        query = urlencode(asked | ({"page": page} if page > 1 else {}))
        return f"{path}?{query}" if query else path


def check_before(city: City, today: date) -> date:
    """Entries last checked before this day ask to be checked again (F-09)."""
    return today - timedelta(days=city.deadlines.directory_check)
