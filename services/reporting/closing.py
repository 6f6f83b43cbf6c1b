"""Closing a fiscal year: counted, signed, stored, told; and what changed since (F-30, N-15)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import asyncpg

from services.reporting.desk import Desk
from services.reporting.domain.year import (
    CONTENT,
    Snapshot,
    Stated,
    YearClosed,
    close_year,
    state_figures,
    year_stream,
)
from services.reporting.indicators import Definition
from services.reporting.publishing import HIDDEN, published
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


@dataclass(frozen=True)
class Counted:
    """The figures of a year, and how far they go, read at one moment."""

    figures: Sequence[Stated]
    hidden: frozenset[str]
    """Indicators so small that they are not published."""
    positions: Mapping[str, int]
    """Team → the last of its facts that is counted."""
    parked: int

    def missing(self, heads: Mapping[str, int]) -> int:
        """How many facts are told and not counted. `heads`: how far each team has told."""
        waiting = (max(0, head - self.positions.get(team, 0)) for team, head in heads.items())
        return sum(waiting) + self.parked


async def close(
    desk: Desk, key_file: Path, fiscal_year: int, edition: int, heads: Mapping[str, int], why: str
) -> None:
    """Count as of now, sign, store and tell."""
    today, counted = desk.clock.today(), await counted_now(desk, fiscal_year)
    closed = YearClosed(
        closing_id=desk.new_id(),
        fiscal_year=fiscal_year,
        edition=edition + 1,
        closed_on=today,
        figures=tuple(counted.figures),
        heads=dict(counted.positions),
        signature="",
        key="",
        reason=why or None,
        content=CONTENT,
    )
    signature, key = sign(key_file, content_of(desk.city.code, closed))
    await desk.years.act(
        year_stream(fiscal_year),
        close_year,
        closing_id=closed.closing_id,
        fiscal_year=fiscal_year,
        edition=edition,
        snapshot=Snapshot(
            closed.figures,
            closed.heads,
            signature,
            key,
            missing=counted.missing(heads),
            hidden=counted.hidden,
        ),
        reason=closed.reason,
        today=today,
    )


async def state(desk: Desk, fiscal_year: int) -> int:
    """Tell other systems what changed since they were told last; how many figures that was."""
    counted = await counted_now(desk, fiscal_year)
    acted = await desk.years.act(
        year_stream(fiscal_year),
        state_figures,
        fiscal_year=fiscal_year,
        figures=counted.figures,
        hidden=counted.hidden,
        today=desk.clock.today(),
    )
    return len(acted.events)


async def closings_of(desk: Desk, fiscal_year: int) -> list[YearClosed]:
    """All editions, newest first."""
    history = await desk.years.history(year_stream(fiscal_year))
    return [one.event for one in history if isinstance(one.event, YearClosed)][::-1]


def closing_of(
    desk: Desk, closings: Sequence[YearClosed], now: Counted, keys: Collection[str]
) -> Closing | None:
    """The newest one beside today's figures."""
    if not closings:
        return None
    event = closings[0]
    counted = {one.indicator: one.value for one in now.figures}
    then = {one.indicator: one.value for one in event.figures}
    lines = [
        Line(one, title_of(desk.city, one), plain(then[one.id]), plain(counted[one.id]))
        for one in planned_by(desk.city)
        if one.id in then and one.id in counted
    ]
    return Closing(event, is_genuine(desk.city.code, event, keys), lines)


async def counted_now(desk: Desk, fiscal_year: int) -> Counted:
    """In one snapshot of the database: what is counted meanwhile is in none of it."""
    pool = cast("asyncpg.Pool[asyncpg.Record]", desk.db)
    async with (
        pool.acquire() as db,
        db.transaction(isolation="repeatable_read", readonly=True),
    ):
        found = await figures_of(db, fiscal_year, desk.clock.today(), planned_by(desk.city))
        consumed = await db.fetch("SELECT source, position FROM consumed")
        parked = await db.fetchval("SELECT count(*) FROM parked WHERE released_at IS NULL")
    smallest = desk.city.publication.smallest
    tables = [published(one, smallest) for one in found]
    return Counted(
        [
            Stated(
                indicator=one.definition.id,
                version=one.definition.version,
                value=float(one.series.total),
            )
            for one in found
        ],
        frozenset(one.definition.id for one in tables if one.total == HIDDEN),
        {row["source"]: row["position"] for row in consumed},
        parked,
    )


def plain(value: float) -> Number:
    return int(value) if value == int(value) else value
