"""The service erases by its own clock what nothing came of (N-08)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain.lead import notice
from services.outreach.read.leads import lead_row
from shared.runtime.clock import Clock
from shared.runtime.daily import Daily
from shared.runtime.settings import Settings
from tests.casefile.running import Running, running
from tests.outreach.examples import TODAY
from tests.outreach.lead_examples import DAYS, LEAD, TIP


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    """Outreach with a lead that was written down today."""
    async with running(outreach, settings_of("outreach"), servers) as found:
        where: dict[str, Any] = {"catchment": None, "nurse_district": None, "on": TODAY}
        await found.desk().leads.act(
            LEAD, notice, lead_id=LEAD, tip=TIP, today=TODAY, days=DAYS, **where
        )
        yield found


async def standing(service: Running) -> str:
    async with service.host.store.pool.acquire() as db:
        row = await lead_row(db, LEAD)
    assert row is not None
    return row.standing


async def test_it_is_erased_when_its_day_is_over(service: Running) -> None:
    host = service.host
    assert await host.daily.work()
    assert await standing(service) == "open"
    host.clock = Clock(lambda: datetime(2027, 2, 21, 16, tzinfo=UTC))  # the 22nd in the city
    assert await host.daily.work()
    assert await standing(service) == "expired"


async def test_two_processes_erase_once(service: Running) -> None:
    service.host.clock = Clock(lambda: datetime(2027, 3, 1, tzinfo=UTC))
    other = Daily(service.host)
    assert all(await asyncio.gather(service.host.daily.work(), other.work()))
    history = await service.desk().leads.history(LEAD)
    assert [type(r.event).__name__ for r in history] == ["Noticed", "Expired"]


async def test_a_database_that_is_away_is_tried_again(service: Running) -> None:
    await service.host.store.pool.close()
    assert not await service.host.daily.work()
    await service.host.store.open()
