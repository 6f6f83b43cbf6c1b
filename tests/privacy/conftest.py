"""A store with its tables and nothing in them."""

import asyncio

import pytest

from shared.sourcing.migrate import migrate


@pytest.fixture
def empty_store(database: str) -> str:
    """The URL of a migrated, otherwise empty event store."""
    asyncio.run(migrate(database, []))
    return database
