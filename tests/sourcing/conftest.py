from __future__ import annotations

import os
from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.privacy.keys import MasterKey, SubjectKeys
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store
from tests.sourcing.errand import ERRANDS, TABLE, tell


@pytest.fixture
async def schema(database: str) -> str:
    """The URL of a database with the event store's tables and the errands' list."""
    await migrate(database, [])
    connection = await asyncpg.connect(database)
    await connection.execute(TABLE)
    await connection.close()
    return database


@pytest.fixture
async def store(schema: str) -> AsyncIterator[Store]:
    opened = await Store(schema, tell, SubjectKeys(MasterKey(os.urandom(32))), (ERRANDS,)).open()
    yield opened
    await opened.close()
