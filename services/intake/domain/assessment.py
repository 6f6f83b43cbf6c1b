"""インテーク・アセスメントシート (S-02, 4.2): a person's life as far as told, a stream per case.

Each save is an edition of the whole sheet. Who saves names the edition they had before them, so
that nobody writes over what a colleague wrote meanwhile without having seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused


class Assessed(Event):
    """シートを書いた, one edition after the other."""

    case_id: UUID
    edition: int
    assessed_on: date
    answers: Personal[dict[str, str]] = None
    """Code of the city's `assessment_items` → what is written there."""


@dataclass(frozen=True)
class Assessment:
    edition: int = 0
    """0: nobody has written anything."""
    assessed_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def assessment_id(case_id: UUID) -> UUID:
    """The stream of a case's sheet, whatever else bears the case id."""
    return uuid5(case_id, "assessment")


def evolve(_state: Assessment, event: Assessed) -> Assessment:
    return Assessment(event.edition, event.assessed_on, event.answers or {})


def assess(
    state: Assessment,
    *,
    case_id: UUID,
    edition: int,
    answers: dict[str, str],
    on: date,
    today: date,
) -> list[Assessed]:
    """S-02. `edition` is the one that was on the screen; an empty answer is none."""
    said = {code: text for code, text in answers.items() if text}
    if (said, on) == (dict(state.answers), state.assessed_on):
        return []
    if on > today:
        raise Refused("assessed-in-future")
    if edition != state.edition:
        raise Refused("sheet-changed-meanwhile")
    if not said and not state.answers:
        raise Refused("sheet-empty")
    new = state.edition + 1
    return [Assessed(case_id=case_id, edition=new, assessed_on=on, answers=said)]


assessment: Decider[Assessment, Assessed] = Decider("assessment", Assessment(), evolve, (Assessed,))
