"""A writer that lost PostgreSQL: it says so, and goes on when PostgreSQL lets it in again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from deploy.embedded import Servers
from shared.sourcing.appending import FactRow
from shared.sourcing.ids import new_id
from shared.sourcing.lane import StoreAway
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.sourcing.errand import Errand, ErrandEvent, count_up, errand, open_errand
from tests.waiting import until

pytestmark = pytest.mark.anyio


def errands(store: Store) -> Streams[Errand, ErrandEvent]:
    return Streams(store, errand, Origin("staff-1"))


def says(store: Store, words: str) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        problems = store.problems()
        return words in str(problems) if words else problems == []

    return asked


async def lose_the_lanes(store: Store) -> None:
    """PostgreSQL ends the writers' sessions; those of the readers stay."""
    for lane in store._writer._lanes:
        pid = lane._db.get_server_pid()
        await store.pool.execute("SELECT pg_terminate_backend($1, 5000)", pid)


async def test_a_writer_that_is_not_let_in_again_says_so_and_goes_on_later(
    store: Store, schema: str, servers: Servers
) -> None:
    stream_id = new_id()
    await errands(store).start(stream_id, open_errand, case_id=stream_id)
    name = urlsplit(schema).path.strip("/")
    servers.postgres.run_sql(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    await lose_the_lanes(store)
    counted = asyncio.create_task(errands(store).act(stream_id, count_up))
    await until(says(store, "TooManyConnections"), "the writer says why it stores nothing")
    assert not counted.done()
    servers.postgres.run_sql(f"ALTER DATABASE {name} CONNECTION LIMIT -1")
    await counted
    await until(says(store, ""), "the writer is well again")
    assert (await errands(store).state(stream_id)).count == 1
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 2


async def test_a_fault_of_ours_answers_its_command_and_the_writer_goes_on(store: Store) -> None:
    faulty = True

    def stumble(_facts: list[FactRow]) -> None:
        if faulty:
            raise RuntimeError("a fault of ours")

    store.on_facts(stumble)
    for _ in range(3):  # more often than there are lanes
        stream_id = new_id()
        with pytest.raises(StoreAway):
            async with asyncio.timeout(10):
                await errands(store).start(stream_id, open_errand, case_id=stream_id)
    faulty = False
    await until(says(store, ""), "the lanes mend themselves without a command")
    stream_id = new_id()
    await errands(store).start(stream_id, open_errand, case_id=stream_id)
    assert (await errands(store).state(stream_id)).opened
