"""From one team's store to another's, whatever happens to the broker in between."""

from __future__ import annotations

import pytest
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from shared.bus.bus import Bus
from shared.bus.parking import parked
from shared.bus.told import headers_of, subject_of, told_from_row
from shared.bus.topology import facts_stream
from tests.bus.conftest import Pair
from tests.bus.pair import applied, counts, open_errands, resume
from tests.sourcing.test_store import contiguous
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def test_every_fact_is_applied_once_and_in_order(pair: Pair) -> None:
    ids = await open_errands(pair.teller, 50)
    await until(applied(pair.listener, 50), "50 facts")
    assert await counts(pair.listener, ids) == [1] * 50
    order = await pair.listener.store.pool.fetch("SELECT stream FROM events ORDER BY position")
    assert [row["stream"] for row in order] == ids


async def test_an_emptied_broker_is_filled_again_and_nothing_is_applied_twice(
    pair: Pair, servers: Servers
) -> None:
    ids = await open_errands(pair.teller, 20)
    await until(applied(pair.listener, 20), "20 facts")
    servers.wipe_nats()
    ids += await open_errands(pair.teller, 20)
    await until(applied(pair.listener, 40), "40 facts after the wipe")
    assert await counts(pair.listener, ids) == [1] * 40

    async def filled() -> bool:
        try:
            js = pair.teller.bus.client.jetstream()
            return (await js.stream_info(facts_stream("coordination"))).state.messages == 40
        except (NotFoundError, TimeoutError):
            return False

    await until(filled, "the stream holds all facts again")


async def test_a_killed_broker_only_delays(pair: Pair, servers: Servers) -> None:
    ids = await open_errands(pair.teller, 10)
    servers.kill_nats()
    ids += await open_errands(pair.teller, 10)
    servers.start_nats()
    await until(applied(pair.listener, 20), "20 facts after the broker came back")
    assert await counts(pair.listener, ids) == [1] * 20


async def test_a_consumer_deleted_behind_our_back_comes_back(pair: Pair) -> None:
    ids = await open_errands(pair.teller, 5)
    await until(applied(pair.listener, 5), "5 facts")
    await pair.listener.bus.client.jetstream().delete_consumer(
        facts_stream("coordination"), "intake"
    )
    ids += await open_errands(pair.teller, 5)
    await until(applied(pair.listener, 10), "10 facts")
    assert await counts(pair.listener, ids) == [1] * 10

    async def there() -> bool:
        js = pair.listener.bus.client.jetstream()
        try:
            return bool(await js.consumer_info(facts_stream("coordination"), "intake"))
        except NotFoundError:
            return False

    await until(there, "the consumer is there again")
    await without_holes(pair)


async def test_a_fact_that_comes_twice_and_late_changes_nothing(pair: Pair) -> None:
    ids = await open_errands(pair.teller, 3)
    await until(applied(pair.listener, 3), "3 facts")
    rows = await pair.teller.store.pool.fetch("SELECT * FROM facts ORDER BY position")
    head = await pair.teller.store.pool.fetchrow("SELECT epoch FROM head")
    assert head is not None
    js = pair.teller.bus.client.jetstream()
    for row in rows:
        told = told_from_row("coordination", head["epoch"], tuple(row))
        headers = headers_of("akiruno", told)
        del headers["Nats-Msg-Id"]  # the broker's own window must not be what saves us
        await js.publish(subject_of("akiruno", told), told.data, headers=headers)
    ids += await open_errands(pair.teller, 1)
    await until(applied(pair.listener, 4), "the fact behind the copies")
    assert await counts(pair.listener, ids) == [1] * 4
    await without_holes(pair)


async def test_poison_parks_its_case_only_and_release_applies_what_waited(pair: Pair) -> None:
    bad, good = await open_errands(pair.teller, 2)
    await until(applied(pair.listener, 2), "2 facts")
    pair.poison.add(bad)
    await until(applied(pair.listener, 2), "still")
    more = await _tell_again(pair, bad)
    good_again = await _tell_again(pair, good)
    await until(applied(pair.listener, 4), "the poison does not stop the others")
    waiting = await parked(pair.listener.store.pool)  # type: ignore[arg-type]  # wider in the fixture
    shown = [(p.position, p.case_id, p.kind, p.behind) for p in waiting]
    assert shown == [(3, bad, "ValueError", 0)]
    assert await counts(pair.listener, [bad, good]) == [1, 2]
    kept = await pair.listener.store.pool.fetchval("SELECT error FROM parked")
    assert kept == "ValueError: not applied", "never the error's words: they may quote a person"
    assert (more, good_again) == (3, 4)
    with pytest.raises(ValueError, match="poison"):
        await pair.listener.bus.release("coordination", 3)
    pair.poison.clear()
    await _tell_again(pair, bad)
    await until(applied(pair.listener, 5), "the later fact queues behind the parked one")
    assert await counts(pair.listener, [bad]) == [1]
    (first,) = await parked(pair.listener.store.pool)  # type: ignore[arg-type]  # wider in the fixture
    assert (first.position, first.behind) == (3, 1)
    assert await pair.listener.bus.release("coordination", 3) == 2
    assert await counts(pair.listener, [bad]) == [3]
    assert await parked(pair.listener.store.pool) == []  # type: ignore[arg-type]  # wider in the fixture
    await without_holes(pair)


async def test_a_listener_that_was_stopped_catches_up(pair: Pair) -> None:
    ids = await open_errands(pair.teller, 5)
    await until(applied(pair.listener, 5), "5 facts")
    await pair.listener.stop()
    ids += await open_errands(pair.teller, 5)
    pair.listener = await resume(pair.listener.service, pair.listener.settings)
    await until(applied(pair.listener, 10), "10 facts")
    assert await counts(pair.listener, ids) == [1] * 10


async def test_readiness_says_when_the_broker_is_away(pair: Pair, servers: Servers) -> None:
    await open_errands(pair.teller, 1)
    await until(applied(pair.listener, 1), "1 fact")

    def says(bus: Bus, ready: bool) -> object:
        async def asked() -> bool:
            return (not await bus.ready()) == ready

        return asked

    await until(says(pair.listener.bus, True), "ready")  # type: ignore[arg-type]  # wider in the fixture
    servers.kill_nats()
    await until(says(pair.listener.bus, False), "not ready")  # type: ignore[arg-type]  # wider in the fixture
    servers.start_nats()
    await until(says(pair.listener.bus, True), "ready again")  # type: ignore[arg-type]  # wider in the fixture


async def without_holes(pair: Pair) -> None:
    """Positions, versions and chain of both stores."""
    for team in (pair.teller, pair.listener):
        await contiguous(team.store)


async def _tell_again(pair: Pair, case_id: object) -> int:
    """One more fact of the same case, from a new stream."""
    from shared.sourcing.ids import new_id
    from shared.sourcing.log import Origin
    from shared.sourcing.streams import Streams
    from tests.sourcing.errand import errand, open_errand

    await Streams(pair.teller.store, errand, Origin("test")).start(
        new_id(),
        open_errand,
        case_id=case_id,  # type: ignore[arg-type]  # wider in the fixture
    )
    position = await pair.teller.store.pool.fetchval("SELECT fact_position FROM head")
    return int(position)
