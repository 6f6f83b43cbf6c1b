"""The write path on a real PostgreSQL: what is promised of positions, conflicts, command ids and
personal fields.
"""

from __future__ import annotations

import asyncio
import hashlib
from uuid import UUID, uuid4

import asyncpg
import pytest
from asyncpg.exceptions._base import DataError as ClientSideDataError

from shared.sourcing.codec import digest_of
from shared.sourcing.decider import Refused, verb
from shared.sourcing.ids import ids_for, new_id
from shared.sourcing.lane import PATIENCE_S, StoreAway, lost
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.sourcing.errand import (
    Errand,
    ErrandEvent,
    close,
    count_up,
    errand,
    open_errand,
)

pytestmark = pytest.mark.anyio

CLERK = Origin("staff-1", "C-01")


def errands(store: Store, command_id: UUID | None = None) -> Streams[Errand, ErrandEvent]:
    return Streams(store, errand, Origin("staff-1", "C-01", command_id))


async def contiguous(store: Store) -> None:
    """Positions, versions and facts without holes; the chain recomputed from the stored bytes."""
    rows = await store.pool.fetch("SELECT * FROM events ORDER BY position")
    assert [r["position"] for r in rows] == list(range(1, len(rows) + 1))
    facts = await store.pool.fetch("SELECT position FROM facts ORDER BY position")
    assert [r["position"] for r in facts] == list(range(1, len(facts) + 1))
    link = bytes(32)
    versions: dict[UUID, int] = {}
    for r in rows:
        versions[r["stream"]] = versions.get(r["stream"], 0) + 1
        assert r["version"] == versions[r["stream"]]
        digest = digest_of(
            r["event_id"], r["stream"], r["version"], r["type"], r["data"], r["meta"]
        )
        link = hashlib.sha256(link + digest).digest()
        assert (r["digest"], r["chain"]) == (digest, link)
    head = await store.pool.fetchrow("SELECT * FROM head")
    assert head is not None
    assert (head["position"], head["fact_position"], head["chain"]) == (
        len(rows),
        len(facts),
        link,
    )


async def test_many_at_once_leave_no_hole_and_every_page_shows_its_own_change(
    store: Store,
) -> None:
    ids = [new_id() for _ in range(200)]

    async def work(stream_id: UUID) -> None:
        mine = errands(store)
        await mine.start(stream_id, open_errand, case_id=stream_id)
        await mine.act(stream_id, count_up, times=2)
        row = await store.pool.fetchrow("SELECT total FROM errands WHERE id = $1", stream_id)
        assert row is not None
        assert row["total"] == 2

    await asyncio.gather(*map(work, ids))
    await contiguous(store)
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 600
    assert await store.pool.fetchval("SELECT count(*) FROM facts") == 200


async def test_ten_clicks_at_once_are_one_change(store: Store) -> None:
    stream_id, click = new_id(), uuid4()
    await asyncio.gather(
        *(errands(store, click).act(stream_id, open_errand, case_id=stream_id) for _ in range(10))
    )
    await contiguous(store)
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 1


async def test_the_same_command_id_answers_the_stored_reply_even_after_the_state_moved_on(
    store: Store,
) -> None:
    stream_id, command = new_id(), uuid4()
    first = await errands(store, command).start(stream_id, open_errand, case_id=stream_id)
    counted = await errands(store, uuid4()).act(stream_id, count_up)
    again = await errands(store, command).start(stream_id, open_errand, case_id=stream_id)
    assert (again.position, again.version, again.replayed) == (
        first.position,
        first.version,
        True,
    )
    count_again = uuid4()
    one = await errands(store, count_again).act(stream_id, count_up)
    await errands(store).act(stream_id, close)
    assert (await errands(store, count_again).act(stream_id, count_up)).position == one.position
    assert counted.position < one.position
    with pytest.raises(Refused, match="errand-closed"):
        await errands(store, uuid4()).act(stream_id, count_up)
    await contiguous(store)


async def test_a_renamed_decision_still_answers_the_command_of_before(store: Store) -> None:
    @verb("count_up")
    def count_further(state: Errand, *, times: int = 1) -> list[ErrandEvent]:
        return count_up(state, times=times)

    stream_id, command = new_id(), uuid4()
    first = await errands(store, command).act(stream_id, count_up)
    again = await errands(store, command).act(stream_id, count_further)
    assert (again.position, again.replayed) == (first.position, True)


async def test_a_command_that_changed_nothing_changes_nothing_later_either(
    store: Store,
) -> None:
    stream_id, command = new_id(), uuid4()
    await errands(store).start(stream_id, open_errand, case_id=stream_id)
    quiet = await errands(store, command).act(stream_id, open_errand, case_id=stream_id)
    assert (quiet.events, quiet.replayed) == ((), False)
    assert (await errands(store, command).act(stream_id, open_errand, case_id=stream_id)).replayed
    await contiguous(store)


async def test_ids_of_a_repeated_command_are_the_same() -> None:
    command = uuid4()
    first, second = ids_for(command), ids_for(command)
    assert [first(), first()] == [second(), second()]
    assert new_id() != new_id()
    assert new_id().version == 7


async def test_two_processes_share_one_store_without_holes(store: Store, schema: str) -> None:
    other = await Store(schema, store.codec._tell, store.keys, store.reads).open()
    stream_id = new_id()
    await errands(store).start(stream_id, open_errand, case_id=stream_id)
    await asyncio.gather(
        *(errands(s).act(stream_id, count_up) for s in (store, other) for _ in range(3)),
        return_exceptions=False,
    )
    await other.close()
    await contiguous(store)
    assert (await errands(store).state(stream_id)).count == 6


async def test_only_the_guilty_command_of_a_group_is_refused(store: Store) -> None:
    ids = [new_id() for _ in range(5)]
    await asyncio.gather(*(errands(store).start(i, open_errand, case_id=i) for i in ids))
    answers = await asyncio.gather(
        *(errands(store).act(i, count_up, times=100 if i == ids[2] else 1) for i in ids),
        return_exceptions=True,
    )
    assert [isinstance(a, asyncpg.CheckViolationError) for a in answers] == [
        False,
        False,
        True,
        False,
        False,
    ]
    await contiguous(store)
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 9


async def test_a_command_that_breaks_its_connection_each_time_ends(store: Store) -> None:
    """It is told so, long before the patience with a restarting PostgreSQL is over; who shares its
    group is stored.
    """
    await store.pool.execute(BREAKS_AT_66)
    ids = [new_id() for _ in range(5)]
    await asyncio.gather(*(errands(store).start(i, open_errand, case_id=i) for i in ids))
    async with asyncio.timeout(PATIENCE_S / 2):
        answers = await asyncio.gather(
            *(errands(store).act(i, count_up, times=67 if i == ids[2] else 1) for i in ids),
            return_exceptions=True,
        )
    broken = [isinstance(answer, StoreAway) for answer in answers]
    assert broken == [False, False, True, False, False]
    await contiguous(store)
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 9


BREAKS_AT_66 = """
CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_terminate_backend(pg_backend_pid());
  RETURN NEW;
END $$;
CREATE TRIGGER breaks BEFORE UPDATE ON errands
  FOR EACH ROW WHEN (NEW.total = 66) EXECUTE FUNCTION break_off();
"""


def test_a_wrong_query_argument_is_no_lost_connection() -> None:
    assert not lost(ClientSideDataError("invalid input for query argument $1"))
    assert lost(asyncpg.InterfaceError("connection is closed"))
    assert lost(ConnectionResetError())


async def test_personal_fields_are_sealed_in_the_store_and_gone_after_forgetting(
    store: Store,
) -> None:
    stream_id = new_id()
    await errands(store).start(stream_id, open_errand, case_id=stream_id, who="架空 花子")
    stored = await store.pool.fetchval("SELECT data FROM events WHERE stream = $1", stream_id)
    assert "架空".encode() not in stored
    assert (await errands(store).state(stream_id)).who == "架空 花子"
    await store.forget(stream_id)
    assert (await errands(store).state(stream_id)).who is None
    assert await store.pool.fetchval("SELECT who FROM errands WHERE id = $1", stream_id) is None
    with pytest.raises(Refused, match="subject-forgotten"):
        await errands(store).start(new_id(), open_errand, case_id=stream_id, who="架空 花子")
    await contiguous(store)


async def test_history_cannot_be_rewritten(store: Store) -> None:
    stream_id = new_id()
    await errands(store).start(stream_id, open_errand, case_id=stream_id)
    for statement in (
        "UPDATE events SET version = 9",
        "DELETE FROM facts",
        "TRUNCATE events",
    ):
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await store.pool.execute(statement)


async def test_a_transaction_leaves_all_or_nothing(store: Store) -> None:
    stream_id = new_id()

    async def half_way() -> None:
        async with store.begin() as transaction:
            await Streams(transaction, errand, CLERK).act(stream_id, open_errand, case_id=stream_id)
            raise Refused("errand-closed")

    with pytest.raises(Refused):
        await half_way()
    assert await store.pool.fetchval("SELECT count(*) FROM events") == 0
    async with store.begin() as transaction:
        streams = Streams(transaction, errand, CLERK)
        await streams.act(stream_id, open_errand, case_id=stream_id)
        await streams.act(stream_id, count_up)
    assert (await errands(store).state(stream_id)).count == 1
    await contiguous(store)


def test_an_id_tells_the_day_and_nothing_finer() -> None:
    """ADR 0007: ids travel in facts; the minute somebody came stays at the counter."""
    ids = [new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert {one.version for one in ids} == {7}
    millis = {one.int >> 80 for one in ids}
    assert all(moment % 86_400_000 == 0 for moment in millis)
