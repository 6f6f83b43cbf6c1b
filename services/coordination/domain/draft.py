"""プランの下書き: one per case, written by colleagues together; nobody else is told (T-05, T-07).

It lives on from round to round: a review begins with what was agreed last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.case import Case, opened
from services.coordination.domain.sheet import Sheet
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused


class Saved(Event):
    """Somebody saved the draft."""

    case_id: UUID
    version: int
    saved_on: date
    sheet: Personal[Sheet] = None


DraftEvent: TypeAlias = Saved


@dataclass(frozen=True)
class Drafted:
    """Just big enough to decide."""

    version: int = 0
    sheet: Sheet | None = None


def evolve(state: Drafted, event: DraftEvent) -> Drafted:
    match event:
        case Saved():
            return replace(state, version=event.version, sheet=event.sheet)
        case _:
            assert_never(event)


def save(
    state: Drafted, *, case: Case, sheet: Sheet, version: int, today: date
) -> list[DraftEvent]:
    """Written on the version that was seen. Whoever was slower is shown what changed meanwhile."""
    case_id = opened(case)
    if state.sheet == sheet:
        return []
    if version != state.version:
        raise Refused("draft-changed")
    return [Saved(case_id=case_id, version=state.version + 1, saved_on=today, sheet=sheet)]


draft: Decider[Drafted, DraftEvent] = Decider("plan-draft", Drafted(), evolve, (Saved,))
