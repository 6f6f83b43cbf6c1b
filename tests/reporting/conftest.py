"""The reporting service's own database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest

import services.reporting
from shared.sourcing.migrate import migrate
from shared.sourcing.store import connect

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
