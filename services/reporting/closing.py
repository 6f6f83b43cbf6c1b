"""Closing a fiscal year: counted, signed, stored, told; and what changed since (F-30, N-15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.reporting.desk import Desk
from services.reporting.domain.year import (
    Snapshot,
    Stated,
    YearClosed,
    close_year,
    state_figures,
    year_stream,
)
from services.reporting.indicators import Definition
from services.reporting.read.figures import Number, figures_of
from services.reporting.read.labels import planned_by, title_of
from services.reporting.signing import content_of, is_genuine, sign


@dataclass(frozen=True)
class Line:
    """One figure: as it was reported, and as it is counted today."""

    definition: Definition
    title: str
    closed: Number
    now: Number

    @property
    def difference(self) -> Number:
        return round(self.now - self.closed, 2)


@dataclass(frozen=True)
class Closing:
    """The newest closing of a year, with what changed since."""

    event: YearClosed
    genuine: bool
    lines: list[Line]

    @property
    def corrected(self) -> list[Line]:
        return [line for line in self.lines if line.difference]


async def close(
    desk: Desk, key_file: Path, fiscal_year: int, edition: int, heads: Mapping[str, int], why: str
) -> None:
    """Count as of now, sign, store and tell."""
    today = desk.clock.today()
    figures = await _counted(desk, fiscal_year)
    content = content_of(desk.city.code, fiscal_year, today, figures, heads)
    signature, key = sign(key_file, content)
    await desk.years.act(
        year_stream(fiscal_year),
        close_year,
        closing_id=desk.new_id(),
        fiscal_year=fiscal_year,
        edition=edition,
        snapshot=Snapshot(figures, heads, signature, key),
        reason=why or None,
        today=today,
    )


async def state(desk: Desk, fiscal_year: int) -> int:
    """Tell other systems what changed since they were told last; how many figures that was."""
    figures = await _counted(desk, fiscal_year)
    acted = await desk.years.act(
        year_stream(fiscal_year),
        state_figures,
        fiscal_year=fiscal_year,
        figures=figures,
        today=desk.clock.today(),
    )
    return len(acted.events)


async def closings_of(desk: Desk, fiscal_year: int) -> list[YearClosed]:
    """All editions, newest first."""
    history = await desk.years.history(year_stream(fiscal_year))
    return [one.event for one in history if isinstance(one.event, YearClosed)][::-1]


async def closing_of(desk: Desk, fiscal_year: int) -> Closing | None:
    """The newest one beside today's figures."""
    closings = await closings_of(desk, fiscal_year)
    if not closings:
        return None
    event = closings[0]
    now = {one.indicator: one.value for one in await _counted(desk, fiscal_year)}
    then = {one.indicator: one.value for one in event.figures}
    lines = [
        Line(one, title_of(desk.city, one), plain(then[one.id]), plain(now[one.id]))
        for one in planned_by(desk.city)
        if one.id in then and one.id in now
    ]
    return Closing(event, is_genuine(desk.city.code, event), lines)


async def _counted(desk: Desk, fiscal_year: int) -> Sequence[Stated]:
    found = await figures_of(desk.db, fiscal_year, desk.clock.today(), planned_by(desk.city))
    return [
        Stated(
            indicator=one.definition.id,
            version=one.definition.version,
            value=float(one.series.total),
        )
        for one in found
    ]


def plain(value: float) -> Number:
    return int(value) if value == int(value) else value
