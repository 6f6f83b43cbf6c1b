"""What people had decided and what was known, as of a past day (N-03)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from deploy.embedded import Servers
from services.reporting.domain import review as r
from services.reporting.then import recorded_by
from shared.bus.told import Told
from shared.runtime.settings import Settings
from shared.sourcing.log import Origin, Recorded
from tests.reporting.conftest import APRIL, NOVEMBER, Client, serving
from tests.reporting.examples import received, tell
from tests.reporting.test_known import born
from tests.reporting.test_pages import page
from tests.reporting.test_years import send

MAY, OCTOBER = date(2026, 5, 8), date(2026, 10, 5)


def told() -> Sequence[Told]:
    """Of May; the second one was recorded in October."""
    facts = tell([received(), received()])
    return [
        replace(one, fact_id=born(day, n))
        for n, (one, day) in enumerate(zip(facts, (MAY, OCTOBER), strict=True))
    ]


def reported(day: datetime) -> Recorded[r.ReviewEvent]:
    event = r.Reported(fiscal_year=2026, reported_on=day.date(), note="よい")
    return Recorded(UUID(int=1), 1, 1, UUID(int=2), event, day, Origin("m-1"))


def test_a_past_day_knows_what_was_recorded_by_its_end() -> None:
    history = [reported(datetime(2026, 6, day, 23, tzinfo=UTC)) for day in (1, 2, 3)]
    assert len(recorded_by(history, None)) == 3
    assert len(recorded_by(history, date(2026, 6, 2))) == 2
    assert recorded_by(history, date(2026, 5, 31)) == []


async def test_targets_are_those_of_the_day(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    here, settings = "/reporting/indicators/Q-02/target", settings_of("reporting")
    asked = {"fiscal_year": "2026", "baseline": "7", "target": "100", "reason": ""}
    async with serving(servers, settings, NOVEMBER, told()) as client:
        assert (await send(client, here, **asked)).status_code == 303
    async with serving(servers, settings, APRIL, ()) as client:
        moved = asked | {"target": "200", "reason": "見直し"}
        assert (await send(client, here, **moved)).status_code == 303
        for on, target in (("2027-02-01", "目標 100"), ("", "目標 200")):
            where = f"/reporting/indicators/Q-02?fiscal_year=2026&on={on}"
            assert target in await page(client, where)
        before = f"/reporting/indicators/Q-02?fiscal_year=2026&on={OCTOBER}"
        assert "基準値 7" not in await page(client, before)
        api = "/reporting/api/indicators?fiscal_year=2026&on=2027-02-01"
        assert _q02(await client.get(api))["target"] == 100


async def test_every_view_of_a_day_says_so_and_counts_as_then(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    async with serving(servers, settings_of("reporting"), NOVEMBER, told()) as client:
        for path in ("compare", "years", "surveys", "surveys/2026/end", "reviews", "beyond"):
            text = await page(client, f"/reporting/{path}?on=R8.9.1")
            assert "当時の内容です" in text, path
            assert 'name="on"' in text, path
            assert "当時の内容です" not in await page(client, f"/reporting/{path}"), path
        compared = await page(client, "/reporting/compare?fiscal_year=2026&on=2026-09-01")
        assert "<strong>1</strong> 件" in compared
        year = await page(client, "/reporting?fiscal_year=2026&on=2026-09-01")
        assert '<td data-head="数えた位置" class="number">1</td>' in year
        for on, count in (("2026-09-01", 1), ("", 2)):
            asked: dict[str, str | int] = {"fiscal_year": 2026, "on": on}
            api = await client.get("/reporting/api/indicators", params=asked)
            assert _q02(api)["total"] == count
            assert api.json()["on"] == (on or None)
            facts = await client.get("/reporting/api/indicators/Q-02/facts", params=asked)
            assert (facts.json()["count"], facts.json()["on"]) == (count, on or None)


async def test_what_was_found_later_is_not_shown_on_a_past_day(client: Client) -> None:
    words = {"edition": "0", "on": "2026-11-23", "achieved": "つながった"}
    assert (await send(client, "/reporting/reviews/2026/2", **words)).status_code == 303
    now = await page(client, "/reporting/reviews?fiscal_year=2026")
    then = await page(client, "/reporting/reviews?fiscal_year=2026&on=2001-04-01")
    assert "つながった" in now
    assert "書き直す" in now
    assert "つながった" not in then
    assert "検証を書く" not in then, "nobody changes what was"
    assert (await send(client, "/reporting/surveys/2026/end", closes_on="R8.12.23")).is_redirect
    assert "回答 0／0" in await page(client, "/reporting/surveys")
    assert "回答 0／0" not in await page(client, "/reporting/surveys?on=2001-04-01")


def _q02(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer.json()["indicators"] if one["id"] == "Q-02")
    return found
