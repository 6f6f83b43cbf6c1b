"""年度の締め: the figures of a fiscal year as they were reported, signed; and what is told of them
to other systems (F-30, N-15).

A closed year is not locked: a late fact changes today's figure, and both are shown side by side. A
second closing is a further edition and says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.sourcing.decider import Decider, Event, Refused

CONTENT = 2
"""What is signed today (`signing.py`)."""
_YEARS = UUID("0f0f2a5c-6c3e-5d07-8d4c-5a4c8e0b7f12")


class Stated(BaseModel):
    """One figure with the definition it was counted by."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    indicator: str
    version: int
    value: float


class YearClosed(Event):
    """The snapshot. The signature covers city, year, day, figures and positions, from content 2 on
    edition and reason, too.
    """

    closing_id: UUID
    fiscal_year: int
    edition: int
    closed_on: date
    figures: tuple[Stated, ...]
    heads: dict[str, int]
    """How far each team's facts were counted; in content 1: how far it had told."""
    signature: str
    """Ed25519, base64; `key` is the public half, base64."""
    key: str
    reason: str | None = None
    content: int = 1
    """What the signature covers (`signing.py`)."""


class FigureStated(Event):
    """One figure as other systems are told it: only what changed since it was last told."""

    fiscal_year: int
    indicator: str
    version: int
    value: float
    stated_on: date
    final: bool
    """It belongs to a closing."""
    hidden: bool = False
    """It counts so few persons that others are not told the number."""


YearEvent: TypeAlias = YearClosed | FigureStated


@dataclass(frozen=True)
class Year:
    """Just big enough to decide."""

    edition: int = 0
    done: frozenset[UUID] = frozenset()
    """Closings that are stored."""
    stated: Mapping[str, tuple[int, float | None, bool]] = field(default_factory=dict)
    """Indicator → version, value (None: hidden) and whether it was final, as it was told last."""


@dataclass(frozen=True)
class Snapshot:
    """What is closed: counted and signed before."""

    figures: Sequence[Stated]
    heads: Mapping[str, int]
    signature: str
    key: str
    missing: int = 0
    """Facts that are told and not counted: on their way, or parked."""
    hidden: frozenset[str] = frozenset()
    """Indicators that count so few persons that others are not told the number."""


def year_stream(fiscal_year: int) -> UUID:
    return uuid5(_YEARS, str(fiscal_year))


def evolve(state: Year, event: YearEvent) -> Year:
    match event:
        case YearClosed():
            return replace(state, edition=event.edition, done=state.done | {event.closing_id})
        case FigureStated():
            value = None if event.hidden else event.value
            told = {event.indicator: (event.version, value, event.final)}
            return replace(state, stated={**state.stated, **told})
        case _:
            assert_never(event)


def close_year(
    state: Year,
    *,
    closing_id: UUID,
    fiscal_year: int,
    edition: int,
    snapshot: Snapshot,
    reason: str | None,
    today: date,
) -> list[YearEvent]:
    """After 31 March. `edition` is the one that was seen when the figures were counted."""
    if closing_id in state.done:
        return []
    if today < date(fiscal_year + 1, 4, 1):
        raise Refused("year-not-over")
    if edition != state.edition:
        raise Refused("year-closed-meanwhile")
    if state.edition and not reason:
        raise Refused("closing-without-reason")
    if snapshot.missing and not reason:
        raise Refused("closing-incomplete", missing=snapshot.missing)
    closed = YearClosed(
        closing_id=closing_id,
        fiscal_year=fiscal_year,
        edition=state.edition + 1,
        closed_on=today,
        figures=tuple(snapshot.figures),
        heads=dict(snapshot.heads),
        signature=snapshot.signature,
        key=snapshot.key,
        reason=reason,
        content=CONTENT,
    )
    told = _changed(state, fiscal_year, snapshot.figures, snapshot.hidden, today, final=True)
    return [closed, *told]


def state_figures(
    state: Year,
    *,
    fiscal_year: int,
    figures: Sequence[Stated],
    hidden: frozenset[str],
    today: date,
) -> list[YearEvent]:
    """The running figures for other systems, each as often as it changes and no oftener."""
    return list(_changed(state, fiscal_year, figures, hidden, today, final=False))


def _changed(
    state: Year,
    fiscal_year: int,
    figures: Sequence[Stated],
    hidden: frozenset[str],
    today: date,
    *,
    final: bool,
) -> list[FigureStated]:
    """A hidden number that became another hidden one is no news: each telling would count it."""

    def news(one: Stated) -> bool:
        told = state.stated.get(one.indicator)
        now = (one.version, None if one.indicator in hidden else one.value)
        return told is None or told[:2] != now or (final and not told[2])

    return [
        FigureStated(
            fiscal_year=fiscal_year,
            indicator=one.indicator,
            version=one.version,
            value=one.value,
            stated_on=today,
            final=final,
            hidden=one.indicator in hidden,
        )
        for one in {one.indicator: one for one in figures}.values()
        if news(one)
    ]


year: Decider[Year, YearEvent] = Decider("year", Year(), evolve, (YearClosed, FigureStated))
