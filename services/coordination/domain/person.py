"""本人: what is written about the person, and the events that carry it on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date

from shared.privacy.personal import Personal
from shared.sourcing.decider import Event


class AboutPerson(Event):
    """An event with the personal part of a case in it."""

    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    address: Personal[str] = None
    phone: Personal[str] = None
    household: Personal[str] = None
    narrative: Personal[str] = None
    wishes: Personal[str] = None


@dataclass(frozen=True)
class Person:
    """The personal part as far as it is known."""

    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    address: str | None = None
    phone: str | None = None
    household: str | None = None
    narrative: str | None = None
    wishes: str | None = None

    def completed_by(self, later: Person) -> Person:
        """What was said later holds; what it leaves out stays."""
        return replace(self, **{k: v for k, v in asdict(later).items() if v is not None})


NOBODY = Person()
