"""What reporting tells other systems: figures, and that a year was closed."""

from __future__ import annotations

from services.reporting.domain.year import FigureStated, YearClosed
from shared.contracts import reporting as told
from shared.contracts.fact import Fact
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case YearClosed():
            return told.FiscalYearClosed(
                occurred_on=event.closed_on, fiscal_year=event.fiscal_year, edition=event.edition
            )
        case FigureStated():
            return told.IndicatorStated(
                occurred_on=event.stated_on,
                fiscal_year=event.fiscal_year,
                indicator=event.indicator,
                version=event.version,
                value=None if event.hidden else event.value,
                final=event.final,
                hidden=event.hidden,
            )
        case _:
            return None
