"""What pages and API may be asked, and by whom: said once for both."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from fastapi import Query, Request

from services.reporting.indicators import Definition, by_id
from shared.bus.status import SourceStatus
from shared.privacy.access import AccessRule, Role
from shared.sourcing.decider import Refused

RULE = AccessRule("reporting.figures", frozenset(Role))
"""Figures and the facts behind them: counts, codes and opaque ids, no person (architecture 6)."""

FiscalYear: TypeAlias = Annotated[
    int | None, Query(ge=2000, le=2100, title="年度", description="年度 (4月に始まる年の西暦)")
]
MonthAsked: TypeAlias = Annotated[int | None, Query(ge=1, le=12, title="月")]


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
