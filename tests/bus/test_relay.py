"""The relay's session: it holds the lock, and the relay must know when it is gone."""

from __future__ import annotations

import asyncpg
import pytest

from shared.bus.relay import ROWS, Relay
from shared.bus.status import SourceStatus
from shared.sourcing.store import connect
from tests.bus.conftest import Pair
from tests.bus.pair import CITY, open_errands

pytestmark = pytest.mark.anyio


async def test_a_lost_session_is_seen_though_memory_has_facts(pair: Pair) -> None:
    await open_errands(pair.teller, 3)
    pool, url = pair.teller.store.pool, pair.teller.settings.database_url
    epoch = await pool.fetchval("SELECT epoch FROM head")
    facts = [tuple(row) for row in await pool.fetch(ROWS, 0, 3)]
    db = await connect(url)
    relay = Relay("coordination", CITY, url, lambda: pair.teller.bus.client, SourceStatus("self"))
    relay.offer(facts)
    await pool.execute("SELECT pg_terminate_backend($1, 5000)", db.get_server_pid())
    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.InterfaceError, OSError)):
        await relay._next(db, epoch)


async def test_a_session_that_is_there_lets_memory_go_first(pair: Pair) -> None:
    await open_errands(pair.teller, 3)
    pool, url = pair.teller.store.pool, pair.teller.settings.database_url
    epoch = await pool.fetchval("SELECT epoch FROM head")
    facts = [tuple(row) for row in await pool.fetch(ROWS, 0, 3)]
    db = await connect(url)
    relay = Relay("coordination", CITY, url, lambda: pair.teller.bus.client, SourceStatus("self"))
    relay.offer(facts[:2])
    assert [told.position for told in await relay._next(db, epoch)] == [1, 2]
    await db.close()
