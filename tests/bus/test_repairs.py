"""What operators, restores and programming faults do to a bus that runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import asyncpg
import nats
import pytest
from asyncpg.exceptions._base import DataError as ClientSideDataError
from nats.aio.msg import Msg
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from shared.bus.applying import passes
from shared.bus.feed import feed_subject, page
from shared.bus.parking import parked
from shared.bus.publishing import NotAccepted, Publisher
from shared.bus.status import DENIED_S
from shared.bus.told import told_from_row
from shared.bus.topology import facts_stream
from shared.sourcing.store import connect
from tests.bus.conftest import Pair
from tests.bus.pair import CITY, applied, counts, open_errands, open_one, resume
from tests.waiting import until

pytestmark = pytest.mark.anyio

STREAM = facts_stream("coordination")


async def positions(pair: Pair) -> list[int]:
    """What the stream of the teller holds, in its own order."""
    js = pair.teller.bus.client.jetstream()
    try:
        state = (await js.stream_info(STREAM)).state
    except (NotFoundError, TimeoutError):
        return []
    if not state.messages:
        return []
    numbers = range(state.first_seq, state.last_seq + 1)
    held = [(await js.get_msg(STREAM, seq=number)).headers for number in numbers]
    return [int(headers["tsunagu-position"]) for headers in held if headers]


async def test_a_relay_that_was_paused_is_refused(pair: Pair) -> None:
    """A zombie knows an old end of the stream: nothing it publishes is stored."""
    await open_errands(pair.teller, 1)
    await until(applied(pair.listener, 1), "the first fact")
    zombie = Publisher(pair.teller.bus.client, "akiruno", STREAM)
    async with zombie.answered():
        await zombie.last()
        ids = await open_errands(pair.teller, 14)
        await until(applied(pair.listener, 15), "the others")
        head = await pair.teller.store.pool.fetchrow("SELECT epoch FROM head")
        rows = await pair.teller.store.pool.fetch("SELECT * FROM facts ORDER BY position OFFSET 1")
        assert head is not None
        told = [told_from_row("coordination", head["epoch"], tuple(row)) for row in rows]
        for some in (told[:3], told):  # singly, and as an atomic batch
            with pytest.raises(NotAccepted):
                await zombie.publish(some)
        assert await positions(pair) == list(range(1, 16))
        assert await counts(pair.listener, ids) == [1] * 14


async def test_a_restored_store_is_read_again_and_counts_nothing_twice(
    pair: Pair, servers: Servers
) -> None:
    """A new epoch means: begin at the first fact; command ids know what was done before."""
    ids = await open_errands(pair.teller, 4)
    await until(applied(pair.listener, 4), "4 facts")
    await pair.teller.store.pool.execute("UPDATE head SET epoch = gen_random_uuid()")
    servers.wipe_nats()
    epoch = await pair.teller.store.pool.fetchval("SELECT epoch FROM head")

    async def followed() -> bool:
        row = await pair.listener.store.pool.fetchrow("SELECT position, epoch FROM consumed")
        return row is not None and (row["position"], row["epoch"]) == (4, epoch)

    await until(followed, "the listener follows the new epoch to its end")
    assert await counts(pair.listener, ids) == [1] * 4


async def test_what_a_restored_store_no_longer_tells_is_parked_no_longer(
    pair: Pair, servers: Servers
) -> None:
    """A ghost must never be applied, nor hold up its case; the others are parked again."""
    (good,) = await open_errands(pair.teller, 1)
    kept, ghost = uuid4(), uuid4()
    pair.poison.update((kept, ghost))
    await open_one(pair.teller, kept)
    await open_one(pair.teller, ghost)
    await until(applied(pair.listener, 3), "3 facts")
    assert await _parked(pair) == [kept, ghost]
    await pair.teller.store.pool.execute(_RESTORED_TO_2)
    servers.wipe_nats()
    epoch = await pair.teller.store.pool.fetchval("SELECT epoch FROM head")

    async def followed() -> bool:
        row = await pair.listener.store.pool.fetchrow("SELECT position, epoch FROM consumed")
        return row is not None and (row["position"], row["epoch"]) == (2, epoch)

    await until(followed, "the listener follows the new epoch to its end")
    assert await _parked(pair) == [kept]
    assert await counts(pair.listener, [good, kept, ghost]) == [1, 0, 0]


_RESTORED_TO_2 = """
ALTER TABLE facts DISABLE TRIGGER facts_are_kept;
ALTER TABLE events DISABLE TRIGGER events_are_kept;
DELETE FROM facts WHERE position > 2;
DELETE FROM events WHERE position > 2;
UPDATE head SET epoch = gen_random_uuid(), position = 2, fact_position = 2;
"""


async def _parked(pair: Pair) -> list[UUID | None]:
    async with pair.listener.store.pool.acquire() as db:
        return [row.case_id for row in await parked(db)]


async def test_a_feed_that_answers_nonsense_is_asked_again(pair: Pair, servers: Servers) -> None:
    """The watchdog outlives whatever it meets."""
    await open_errands(pair.teller, 2)
    await until(applied(pair.listener, 2), "2 facts")
    await pair.teller.stop()

    async def nonsense(message: Msg) -> None:
        await message.respond(b'{"facts": nonsense')

    liar = await nats.connect(
        servers.nats.url, nkeys_seed=str(servers.nats.seed_file("coordination"))
    )
    await liar.subscribe(feed_subject(CITY, "coordination"), cb=nonsense)
    await until(_says(pair, "DecodeError"), "the nonsense is seen")
    await liar.close()
    pair.teller = await resume(pair.teller.service, pair.teller.settings)
    await until(_says(pair, ""), "the watchdog looks again and finds all well", seconds=20)


async def test_a_missing_stream_stays_in_readiness_though_the_feed_is_well(
    pair: Pair, servers: Servers
) -> None:
    """The feed brings the facts, but nobody may believe that the broker does."""
    await open_errands(pair.teller, 1)
    await until(applied(pair.listener, 1), "1 fact")
    await pair.teller.stop()  # nobody makes its stream again
    servers.wipe_nats()
    store = await connect(pair.teller.settings.database_url)

    async def feed(message: Msg) -> None:
        await message.respond(await page(store, "coordination", message.data))

    honest = await nats.connect(
        servers.nats.url, nkeys_seed=str(servers.nats.seed_file("coordination"))
    )
    await honest.subscribe(feed_subject(CITY, "coordination"), cb=feed)
    await until(_connected(pair), "the listener is connected again")
    (consumer,) = pair.listener.bus._consumers
    for _ in range(2):  # the first look may still meet the broker's start
        await consumer.look()
    assert "NotFoundError" in str(await pair.listener.bus.ready())
    await honest.close()
    await store.close()
    pair.teller = await resume(pair.teller.service, pair.teller.settings)
    await until(_says(pair, ""), "the stream is there again, and the listener is well")


async def test_what_the_broker_refused_once_is_not_held_against_us_for_ever(pair: Pair) -> None:
    await open_errands(pair.teller, 1)
    await until(applied(pair.listener, 1), "1 fact")
    await pair.listener.bus.client.publish(f"facts.{CITY}.coordination.CaseClosed.-", b"forged")
    await until(_says(pair, "ermissions"), "readiness says what was refused")
    pair.listener.bus.state.denied_at -= DENIED_S
    await until(_says(pair, ""), "it did not come again")


def _connected(pair: Pair) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return pair.listener.bus.state.connected

    return asked


def _says(pair: Pair, words: str) -> Callable[[], Awaitable[bool]]:
    """Do these words stand in the listener's readiness? None at all, when there are no words."""

    async def asked() -> bool:
        problems = await pair.listener.bus.ready()
        return words in str(problems) if words else problems == []

    return asked


def test_a_wrong_query_argument_is_not_taken_for_a_passing_trouble() -> None:
    wrong = ClientSideDataError("invalid input for query argument $1")
    assert not passes(wrong)
    assert passes(asyncpg.InterfaceError("connection is closed"))
    assert passes(ConnectionResetError())
