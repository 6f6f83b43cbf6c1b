"""Other systems are told the figures once a day, without anybody asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from deploy.embedded import Servers
from services.reporting.app import reporting
from services.reporting.indicators import Memory
from services.reporting.tables import apply_batch
from shared.runtime.clock import Clock
from shared.runtime.daily import Daily
from shared.runtime.host import Host, build
from shared.runtime.settings import Settings
from shared.sourcing.migrate import migrate
from tests.reporting.conftest import NOVEMBER
from tests.reporting.examples import registered, tell

TUESDAY = datetime(2026, 11, 24, 1, tzinfo=UTC)


async def test_what_changed_is_told_once_a_day(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> None:
    days = [NOVEMBER]
    host: Host = build(reporting, settings_of("reporting"), Clock(lambda: days[0])).state.host
    await migrate(host.settings.database_url, [reporting.migrations])
    await host.store.open(2)
    daily = Daily(host)
    assert await daily.work()
    assert await told(host) == [], "nothing is counted, so there is nothing to tell"
    await count(host, 1)
    assert await daily.work()
    first = await told(host)
    assert ("IndicatorStated", 2026, "Q-05") in first
    assert {year for _, year, _ in first} == {2026}, "nothing of the year before was counted"
    await count(host, 2)
    assert await daily.work()
    assert await told(host) == first, "today it was told already"
    days[0] = TUESDAY
    assert await daily.work()
    later = (await told(host))[len(first) :]
    assert {indicator for _, _, indicator in later} == {"Q-05"}
    await host.store.close()


async def count(host: Host, number: int) -> None:
    one = replace(tell([registered(number)])[0], position=number, fact_id=UUID(int=number))
    async with host.store.pool.acquire() as db, db.transaction():
        await apply_batch(db, [one], Memory("C-08"))


async def told(host: Host) -> Sequence[tuple[str, int, str]]:
    rows = await host.store.pool.fetch(
        "SELECT type, data->>'fiscal_year', data->>'indicator' FROM facts ORDER BY position"
    )
    return [(kind, int(year), indicator) for kind, year, indicator in rows]
