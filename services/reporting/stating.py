"""The figures are told to other systems day by day, without anybody asking (`IndicatorStated`)."""

from __future__ import annotations

from services.reporting.asking import running_year
from services.reporting.closing import state
from services.reporting.desk import Desk
from services.reporting.domain.year import FigureStated, year_stream


async def state_figures_daily(desk: Desk) -> int:
    """What changed of the running year and the one before; once a day, and nothing of a year of
    which nothing is counted. Answers how many figures that were.
    """
    today, told = desk.clock.today(), 0
    for fiscal_year in (running_year(today) - 1, running_year(today)):
        history = await desk.years.history(year_stream(fiscal_year))
        days = [one.event.stated_on for one in history if isinstance(one.event, FigureStated)]
        if today not in days and await desk.db.fetchval(_COUNTED, fiscal_year):
            told += await state(desk, fiscal_year)
    return told


_COUNTED = "SELECT EXISTS (SELECT FROM indicator_values WHERE fiscal_year = $1)"
