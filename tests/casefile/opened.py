"""A team's store on a real database, for tests of its read models."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from shared.contracts.fact import Fact
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.sourcing.log import ReadModel
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store

SERVICES = Path(__file__).parents[2] / "services"


@asynccontextmanager
async def opened(
    database: str, team: str, tell: Callable[[Any], Fact | None], reads: Sequence[ReadModel]
) -> AsyncIterator[Store]:
    """The store of one team with its own tables and nothing in them."""
    await migrate(database, [SERVICES / team / "migrations"])
    store = await Store(database, tell, SubjectKeys(MasterKey(os.urandom(32))), reads).open(2)
    try:
        yield store
    finally:
        await store.close()


async def rows(store: Store, table: str, order: str) -> list[tuple[Any, ...]]:
    """A whole table, to compare before and after."""
    found = await store.pool.fetch(f"SELECT * FROM {table} ORDER BY {order}")
    return [tuple(row) for row in found]
