"""The directory and the activity log on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.community.domain import activity as activities
from services.community.domain import gap as gaps
from services.community.domain import resource as resources
from services.community.published import tell
from services.community.read import activities as activity_log
from services.community.read import gaps as gap_rows
from services.community.read.activities import newest
from services.community.read.directory import count_open, directory
from services.community.read.searching import Search, areas, find
from shared.sourcing.log import Origin
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.community.examples import (
    ACTIVITY,
    CARD,
    CORRECTION,
    LOG,
    RESOURCE,
    SHEET,
    TODAY,
    TOMORROW,
    YESTERDAY,
)
from tests.community.test_gap import GAP, NEED, OTHER
from tests.rereading import write_again

STAFF = Origin(actor="community-1", agency="kenko")


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    async with opened(database, "community", tell, (directory, activity_log.activities)) as store:
        yield store


async def register_it(store: Store) -> None:
    streams = Streams(store, resources.resource, STAFF)
    await streams.act(RESOURCE, resources.register, resource_id=RESOURCE, card=CARD, on=YESTERDAY)


async def record_it(store: Store) -> None:
    streams = Streams(store, activities.activity, STAFF)
    await streams.act(
        ACTIVITY, activities.record, activity_id=ACTIVITY, sheet=SHEET, log=LOG, today=TODAY
    )


async def test_a_place_is_found_by_any_of_its_words(store: Store) -> None:
    await register_it(store)
    async with store.pool.acquire() as db:
        assert [r.name for r in await find(db, Search("会館 草花"))] == ["草花台会館"]
        assert await find(db, Search("五日市")) == []
        assert await find(db, Search("", kind="salon")) == []
        assert (await areas(db), await count_open(db)) == (["草花"], 1)


async def test_a_correction_and_a_check_move_the_day_of_the_last_check(store: Store) -> None:
    await register_it(store)
    streams = Streams(store, resources.resource, STAFF)
    better = CARD.model_copy(update={"held": "毎週火曜"})
    await streams.act(RESOURCE, resources.correct, correction_id=CORRECTION, card=better, on=TODAY)
    async with store.pool.acquire() as db:
        [row] = await find(db, Search())
        assert (row.held, row.registered_on, row.checked_on) == ("毎週火曜", YESTERDAY, TODAY)
    await streams.act(RESOURCE, resources.check, correction_id=CORRECTION, on=TOMORROW)
    async with store.pool.acquire() as db:
        assert [r.checked_on for r in await find(db, Search())] == [TOMORROW]


async def test_a_retired_place_leaves_the_list_unless_asked_for(store: Store) -> None:
    await register_it(store)
    streams = Streams(store, resources.resource, STAFF)
    await streams.act(RESOURCE, resources.retire, reason="moved", on=TODAY, today=TODAY)
    async with store.pool.acquire() as db:
        assert (await find(db, Search()), await count_open(db)) == ([], 0)
        assert [r.reason for r in await find(db, Search(retired=True))] == ["moved"]


async def test_an_activity_shows_its_corrected_numbers(store: Store) -> None:
    await register_it(store)
    await record_it(store)
    better = SHEET.model_copy(update={"counts": {"participants": 19}})
    await Streams(store, activities.activity, STAFF).act(
        ACTIVITY, activities.correct, sheet=better, log=LOG, today=TODAY
    )
    async with store.pool.acquire() as db:
        [row] = await newest(db, RESOURCE)
        assert (row.counts, row.place, row.corrected_on) == (
            {"participants": 19},
            "草花台会館",
            TODAY,
        )
        assert await newest(db, programme="3ロ") == []


async def test_replaying_every_event_twice_gives_the_same_rows(store: Store) -> None:
    await register_it(store)
    await record_it(store)
    before = [await rows(store, table, "1") for table in ("resources", "activities")]
    places = await Streams(store, resources.resource, STAFF).history(RESOURCE)
    sheets = await Streams(store, activities.activity, STAFF).history(ACTIVITY)
    async with store.pool.acquire() as db:
        await db.execute("TRUNCATE resources, activities")
        for _ in range(2):
            await write_again(db, directory, places)
            await write_again(db, activity_log.activities, sheets)
    assert [await rows(store, table, "1") for table in ("resources", "activities")] == before


async def test_needs_read_again_give_the_same_rows(database: str) -> None:
    asked: dict[str, Any] = {"gap_id": GAP, "need": NEED, "source": "meeting", "today": TODAY}
    async with opened(database, "community", tell, (directory, gap_rows.gaps)) as store:
        streams = Streams(store, gaps.gap, STAFF)
        for missed in (GAP, OTHER):
            await streams.act(GAP, gaps.note, **asked, missed_id=missed, on=YESTERDAY)
        await streams.act(GAP, gaps.prepare, plan="相談する", on=TODAY, today=TODAY, due=TOMORROW)
        await streams.act(GAP, gaps.open_place, resource_id=RESOURCE, on=TODAY, today=TODAY)
        await streams.act(GAP, gaps.match, resource_id=RESOURCE, on=TOMORROW)
        await streams.act(
            OTHER, gaps.note, **asked | {"gap_id": OTHER}, missed_id=ACTIVITY, on=TODAY
        )
        await streams.act(OTHER, gaps.drop, reason="足りる", on=TODAY, today=TODAY)
        before = await rows(store, "gaps", "1")
        histories = [await streams.history(one) for one in (GAP, OTHER)]
        async with store.pool.acquire() as db:
            loop = await gap_rows.loop_time(db)
            await db.execute("TRUNCATE gaps")
            for history in histories * 2:
                await write_again(db, gap_rows.gaps, history)
        assert await rows(store, "gaps", "1") == before
    assert (loop.waiting, loop.opened, loop.matched) == (0, 1, 1)
    assert (loop.days_to_open, loop.days_to_match) == (1, 2)
