"""The figures as they were known on a past day (N-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.reporting.indicators import Memory, by_id
from services.reporting.read.behind import Asked, facts_behind
from services.reporting.read.figures import figures_of
from services.reporting.read.known import known_on
from services.reporting.tables import apply_batch
from shared.sourcing.log import Connection
from tests.reporting.conftest import Client
from tests.reporting.examples import received, tell

TODAY = date(2026, 11, 23)


def born(day: date, number: int) -> UUID:
    """An id as `shared.sourcing.ids.new_id` makes it on that day."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000
    return UUID(int=(int(at) << 80) | (0x7 << 76) | (0x2 << 62) | number)


async def test_figures_are_shown_as_they_were_known_on_a_day(db: Connection) -> None:
    """A consultation of April that was recorded late counts from the day it was recorded on."""
    told = tell([received(), received(issues=("i05",))])
    days = (date(2026, 8, 1), date(2026, 9, 1))
    facts = [
        replace(one, fact_id=born(day, n))
        for n, (one, day) in enumerate(zip(told, days, strict=True))
    ]
    await apply_batch(db, facts, Memory("C-08"))
    q02, q03 = by_id("Q-02"), by_id("Q-03")
    assert q02
    assert q03
    for day, consultations, issues in (
        (date(2026, 7, 31), 0, 0),
        (date(2026, 8, 1), 1, 2),
        (date(2026, 9, 1), 2, 3),
    ):
        known = known_on(day)
        shown = await figures_of(db, 2026, TODAY, (q02, q03), known)
        assert [one.series.total for one in shown] == [consultations, issues]
        behind = await facts_behind(db, q02, Asked(2026, known=known))
        assert behind.total == consultations
    now = await figures_of(db, 2026, TODAY, (q02, q03))
    assert [one.series.total for one in now] == [2, 3]


@pytest.mark.parametrize("on", ["S44.1.1", "1969-12-31", "2000-03-31", "0001-01-01"])
async def test_a_day_before_every_figure_is_refused_in_words(client: Client, on: str) -> None:
    for path in ("/reporting", "/reporting/beyond", "/reporting/api/beyond"):
        answer = await client.get(path, params={"on": on}, headers={"Accept": "text/html"})
        assert answer.status_code == 409
        assert "早すぎます" in answer.text
    assert (await client.get("/reporting", params={"on": "2000-04-01"})).status_code == 200
