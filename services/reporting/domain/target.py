"""目標値と基準値: the plan names none, so the city enters them, year by year (X-29)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.sourcing.decider import Decider, Event, Refused

_TARGETS = UUID("5d8c7a52-8a0e-5b0f-9f7c-2f4b6a1d9e31")


class Targeted(Event):
    """Both may be open; an empty one takes back what was entered."""

    indicator: str
    fiscal_year: int
    baseline: float | None
    """Where the city stood before."""
    target: float | None
    set_on: date
    reason: str | None = None


TargetEvent: TypeAlias = Targeted


@dataclass(frozen=True)
class Targets:
    """The targets of one indicator, by fiscal year."""

    years: Mapping[int, tuple[float | None, float | None]] = field(default_factory=dict)


def target_stream(indicator: str) -> UUID:
    return uuid5(_TARGETS, indicator)


def evolve(state: Targets, event: TargetEvent) -> Targets:
    match event:
        case Targeted():
            return Targets({**state.years, event.fiscal_year: (event.baseline, event.target)})
        case _:
            assert_never(event)


def set_target(
    state: Targets,
    *,
    indicator: str,
    fiscal_year: int,
    baseline: float | None,
    target: float | None,
    reason: str | None,
    today: date,
) -> list[TargetEvent]:
    """What is entered anew says why, so that a target does not move in silence."""
    before = state.years.get(fiscal_year, (None, None))
    if before == (baseline, target):
        return []
    if before != (None, None) and not reason:
        raise Refused("target-moves-without-reason")
    return [
        Targeted(
            indicator=indicator,
            fiscal_year=fiscal_year,
            baseline=baseline,
            target=target,
            set_on=today,
            reason=reason,
        )
    ]


target: Decider[Targets, TargetEvent] = Decider("target", Targets(), evolve, (Targeted,))
