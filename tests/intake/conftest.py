"""A running intake service, and clients of different people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from deploy.embedded import Servers
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import Host, build
from shared.runtime.settings import Settings
from shared.sourcing.migrate import migrate
from shared.web.tokens import issue

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""10 o'clock in the city, on the day of the examples."""

CLERK = Staff("clerk-1", "窓口 一郎", Role.COUNTER, "C-01")
OTHER_CLERK = Staff("clerk-4", "窓口 四郎", Role.COUNTER, "C-04")
COORDINATOR = Staff("coord-1", "調整 八重", Role.COORDINATOR, "C-08")
MANAGER = Staff("boss-1", "課長 九", Role.MANAGER, "C-08")

Client = httpx2.AsyncClient
As = Callable[[Staff], "AbstractAsyncContextManager[Client]"]


class Running:
    """The service, with a client for whoever is asked for."""

    def __init__(self, app: Any, key: bytes) -> None:
        self.app = app
        self.host: Host = app.state.host
        self._key = key

    @asynccontextmanager
    async def as_(self, staff: Staff) -> AsyncIterator[Client]:
        token = issue(self._key, staff, datetime.now(UTC))
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app),
            base_url="http://localhost",
            headers={"Authorization": f"Bearer {token}"},
        ) as client:
            yield client

    async def told(self) -> list[tuple[str, str]]:
        """(fact, its JSON) in the order they were told."""
        rows = await self.host.store.pool.fetch("SELECT type, data FROM facts ORDER BY position")
        return [(row["type"], row["data"].decode()) for row in rows]

    async def sights(self) -> list[tuple[str, str]]:
        """(who, what) of the access log."""
        rows = await self.host.store.pool.fetch("SELECT staff_id, what FROM access_log ORDER BY id")
        return [(row["staff_id"], row["what"]) for row in rows]


@pytest.fixture
async def running(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    from services.intake.app import intake

    app = build(intake, settings_of("intake"), Clock(lambda: NOW))
    key = Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()
    host: Host = app.state.host
    await migrate(host.settings.database_url, [intake.migrations])
    await host.store.open(2)  # without the bus: pages need their store only
    yield Running(app, key)
    await host.store.close()


@pytest.fixture
async def clerk(running: Running) -> AsyncIterator[Client]:
    async with running.as_(CLERK) as client:
        yield client
