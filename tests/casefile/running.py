"""A team's running service, with clients of different people, for tests of its screens and JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2

from deploy.embedded import Servers
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import Host, build
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.sourcing.log import Origin
from shared.web.tokens import issue

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
"""10 o'clock in the city, on the day of the examples."""

NURSE = Staff("nurse-1", "保健師 一", Role.NURSE, "C-08")
COORDINATOR = Staff("coord-1", "調整 二", Role.COORDINATOR, "C-08")
COMMUNITY = Staff("community-1", "地域 三", Role.COMMUNITY, "C-10")
CLERK = Staff("clerk-1", "窓口 四", Role.COUNTER, "C-01")

Client = httpx2.AsyncClient


class Running:
    """The service, a desk to prepare with, and a client for whoever is asked for."""

    def __init__(self, app: Any, key: bytes) -> None:
        self.app = app
        self.host: Host = app.state.host
        self._key = key

    def desk(self, cause: UUID | None = None) -> Any:
        """A desk as a reaction gets it."""
        origin = Origin(actor="reaction:test", causation_id=cause)
        pool: Any = self.host.store.pool
        return self.host.service.desk(self.host.office(self.host.store, pool, origin))

    @asynccontextmanager
    async def as_(self, staff: Staff) -> AsyncIterator[Client]:
        token = issue(self._key, staff, datetime.now(UTC))
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app),
            base_url="http://localhost",
            headers={"Authorization": f"Bearer {token}"},
        ) as client:
            yield client

    async def told(self) -> list[str]:
        """Names of the facts, in the order they were told."""
        rows = await self.host.store.pool.fetch("SELECT type FROM facts ORDER BY position")
        return [row["type"] for row in rows]

    async def sights(self) -> list[tuple[str, UUID]]:
        """(what, whom) of the access log."""
        rows = await self.host.store.pool.fetch("SELECT what, subject FROM access_log ORDER BY id")
        return [(row["what"], row["subject"]) for row in rows]


@asynccontextmanager
async def running(service: Service, settings: Settings, servers: Servers) -> AsyncIterator[Running]:
    """The service from its first migration to its orderly end."""
    app = build(service, settings, Clock(lambda: NOW))
    key = Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()
    async with app.router.lifespan_context(app):
        yield Running(app, key)


async def page(client: Client, path: str, status: int = 200) -> str:
    """The text of a page, which must answer with this status."""
    response = await client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    return str(response.text)


async def send(client: Client, path: str, status: int = 303, **typed: Any) -> str:
    """Send a form; answers the next address, or the page that says what is wrong."""
    response = await client.post(path, data=typed, headers={"Accept": "text/html"})
    assert response.status_code == status, response.text
    return str(response.headers["location"] if status == 303 else response.text)
