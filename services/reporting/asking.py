"""What pages and API may be asked, and by whom: said once for both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from fastapi import Query, Request

from services.reporting.desk import Desk
from services.reporting.indicators import Definition, by_id
from services.reporting.read.figures import LAST_YEAR
from services.reporting.read.known import NOW, known_on
from shared.bus.status import SourceStatus
from shared.privacy.access import STAFF, AccessRule, Role
from shared.sourcing.days import FIRST_DAY
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import parse_date

RULE = AccessRule("reporting.figures", STAFF.roles)
"""Figures and the facts behind them: counts, codes and opaque ids, no person (architecture 6).
Small numbers stand there as they are, so they are for staff only.
"""
PUBLISHED = AccessRule("reporting.published", frozenset(Role))
"""What may be published: other systems get these figures, and staff the same road unhidden."""
DECIDE = AccessRule("reporting.decide", frozenset({Role.COORDINATOR, Role.MANAGER}))
"""Targets, closings, reviews, surveys; and what agencies said in their own words."""

FiscalYear: TypeAlias = Annotated[
    int | None,
    Query(ge=FIRST_DAY.year, le=LAST_YEAR, title="年度", description="年度 (4月に始まる年の西暦)"),
]
OnAsked: TypeAlias = Annotated[
    str, Query(max_length=40, title="時点", description="この日までに記録されたものだけを数える")
]
Use: TypeAlias = Literal["", "public"]
"""`public`: as it may be shown to everybody."""
MonthAsked: TypeAlias = Annotated[int | None, Query(ge=1, le=12, title="月")]


@dataclass(frozen=True)
class View:
    """A fiscal year as it is known now, or as it was known on a day (N-03)."""

    year: int
    today: date
    """The day of the figures: today, or the day that was asked for."""
    on: date | None = None

    @property
    def known(self) -> UUID:
        """Facts with a larger id were not known yet."""
        return NOW if self.on is None else known_on(self.on)

    @property
    def query(self) -> dict[str, str | int]:
        """What a link carries on."""
        on = {} if self.on is None else {"on": self.on.isoformat()}
        return {"fiscal_year": self.year, **on}

    @property
    def of_day(self) -> dict[str, str]:
        """What a link carries on that names its year otherwise."""
        return {} if self.on is None else {"on": self.on.isoformat()}

    def of_year(self, year: int) -> View:
        """Another year, seen from the same day."""
        return replace(self, year=year)


def view_of(desk: Desk, fiscal_year: int | None, on: str = "") -> View:
    """What was asked for; a day to come is today. Raises Refused when the day is none, or
    lies before the first year that can be asked for.
    """
    today = desk.clock.today()
    try:
        day = parse_date(on) if on.strip() else None
    except ValueError:
        raise Refused("day-unreadable", given=on) from None
    if day is not None and day < FIRST_DAY:
        raise Refused("day-too-early", given=on)
    if day is None or day >= today:
        return View(fiscal_year or running_year(today), today)
    return View(fiscal_year or running_year(day), day, day)


def heads_of(request: Request) -> dict[str, int]:
    """How far each team has told, as the bus heard it last; unheard teams are left out."""
    sources: dict[str, SourceStatus] = request.app.state.host.bus.state.sources
    return {source: status.head for source, status in sources.items() if status.head}


def running_year(today: date) -> int:
    """The fiscal year that today belongs to."""
    return today.year if today.month >= 4 else today.year - 1


def found(indicator: str) -> Definition:
    """The definition with that plan id; refused when it is not computed."""
    definition = by_id(indicator)
    if definition is None:
        raise Refused("indicator-unknown", indicator=indicator)
    return definition
