"""The reporting service's own database, and a running service that has counted a year."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx2
import pytest

import services.reporting
from deploy.embedded import Servers
from services.reporting.app import reporting
from services.reporting.indicators import Memory
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import build
from shared.runtime.settings import Settings
from shared.sourcing.migrate import migrate
from shared.sourcing.store import connect
from shared.web.tokens import issue
from tests.reporting.examples import a_year

NOVEMBER = datetime(2026, 11, 23, 1, tzinfo=UTC)
APRIL = datetime(2027, 4, 10, 1, tzinfo=UTC)
Client = httpx2.AsyncClient
MIGRATIONS = Path(services.reporting.__file__).parent / "migrations"


@pytest.fixture
async def db(
    new_database: Callable[..., str],
) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """A connection to a migrated, empty reporting database."""
    url = new_database("reporting")
    await migrate(url, [MIGRATIONS])
    connection = await connect(url)
    yield connection
    await connection.close()


@pytest.fixture
async def client(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[httpx2.AsyncClient]:
    """A signed-in manager's client of a service that has counted a year; pages need no broker."""
    async with serving(servers, settings_of("reporting"), NOVEMBER) as found:
        yield found


@pytest.fixture
async def client_in_april(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[httpx2.AsyncClient]:
    """The same after the fiscal year 2026 ended."""
    async with serving(servers, settings_of("reporting"), APRIL) as found:
        yield found


@pytest.fixture
def sign_in(servers: Servers) -> Callable[[Client, Role], None]:
    """The client goes on as somebody of that role."""

    def as_role(client: Client, role: Role) -> None:
        token = issue(_key(servers), Staff("x-1", "見本", role, "C-08"), datetime.now(UTC))
        client.headers["Authorization"] = f"Bearer {token}"

    return as_role


def _key(servers: Servers) -> bytes:
    return Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()


@asynccontextmanager
async def serving(
    servers: Servers, settings: Settings, now: datetime, told: Sequence[Told] | None = None
) -> AsyncIterator[httpx2.AsyncClient]:
    app = build(reporting, settings, Clock(lambda: now))
    store = app.state.host.store
    manager = Staff("m-1", "部長", Role.MANAGER, "C-08")
    token = issue(_key(servers), manager, datetime.now(UTC))
    await migrate(settings.database_url, [reporting.migrations])
    await store.open(2)
    async with store.pool.acquire() as db, db.transaction():
        await apply_batch(db, list(a_year() if told is None else told), Memory("C-08"))
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app),
        base_url="http://localhost",
        headers={"Authorization": f"Bearer {token}"},
    ) as client:
        yield client
    await store.close()
