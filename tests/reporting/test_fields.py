"""The plan's four rows of Q-01, one for each field (X-24)."""

from __future__ import annotations

from collections.abc import Callable

from deploy.embedded import Servers
from shared.runtime.settings import Settings
from tests.reporting.conftest import NOVEMBER, serving
from tests.reporting.examples import received, tell
from tests.reporting.test_pages import get, page
from tests.reporting.test_years import send


async def test_the_four_rows_of_q01_stand_and_open_by_themselves(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    facts = [
        received(counter="C-01", programme="1イ", beyond_field=True),
        received(counter="C-04", programme="1ロ", beyond_field=True),
        received(counter="C-04", programme="1ロ", beyond_field=True),
    ]
    async with serving(servers, settings_of("reporting"), NOVEMBER, tell(facts)) as client:
        said = await get(client, "/reporting/api/indicators?fiscal_year=2026")
        totals = {one["id"]: one["total"] for one in said["indicators"]}
        assert [totals[f"Q-01{letter}"] for letter in ("", *"abcd")] == [3, 1, 2, 0, 0]
        behind = await get(client, "/reporting/api/indicators/Q-01b/facts?fiscal_year=2026")
        assert (behind["count"], behind["total"]) == (2, 2)
        for path in ("/reporting", "/reporting/compare", "/reporting/indicators/Q-01b"):
            assert "Q-01b" in await page(client, path)
        told = await send(
            client, "/reporting/indicators/Q-01b/target", fiscal_year="2026", target="9"
        )
        assert told.status_code == 303
        assert "進みぐあい 22%" in await page(
            client, "/reporting/indicators/Q-01b?fiscal_year=2026"
        )
