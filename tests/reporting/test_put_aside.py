"""Facts that cannot be counted: they are parked, the others count, live and in a rebuild alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.reporting.indicators import Memory
from services.reporting.rebuild import rebuild
from shared.bus.told import Told
from shared.sourcing.log import Connection
from tests.reporting.examples import (
    ACTIVITY,
    put_right,
    received,
    recorded,
    registered,
    retired,
    tell,
)
from tests.reporting.test_tables import apply, everything, figure, pages

pytestmark = pytest.mark.anyio


async def test_an_unreadable_fact_is_parked_and_counted_once_it_reads(db: Connection) -> None:
    good, then, last = tell([received(), received(), retired(1)])
    broken = [good, replace(then, data=b"{}"), replace(last, data=b"\xff")]
    await apply(db, broken, 3)
    assert (await figure(db, "Q-02")).series.total == 1
    waiting = "SELECT source, position, error FROM parked ORDER BY source"
    parked = [tuple(row) for row in await db.fetch(waiting)]
    assert [row[:2] for row in parked] == [("community", 1), ("intake", 2)]
    assert "counter" in parked[1][2]
    await rebuild(db, pages(broken), Memory("C-08"))
    assert [tuple(row) for row in await db.fetch(waiting)] == parked
    await rebuild(db, pages([good, then, last]), Memory("C-08"))
    assert (await figure(db, "Q-02")).series.total == 2
    assert await db.fetch(waiting) == []


async def test_a_fact_at_which_an_indicator_stumbles_is_parked_and_the_others_count(
    db: Connection,
) -> None:
    bad = registered(1).model_copy(update={"resource_id": ACTIVITY})
    wrong = [bad, put_right(recorded("salon")), received()]  # corrects what is no activity
    told = tell(wrong)
    await apply(db, told, 3)
    assert (await figure(db, "Q-02")).series.total == 1
    waiting = "SELECT source, position FROM parked"
    assert [tuple(row) for row in await db.fetch(waiting)] == [("community", 2)]
    live = await everything(db)
    await rebuild(db, pages(told), Memory("C-08"))
    assert await everything(db) == live
    assert [tuple(row) for row in await db.fetch(waiting)] == [("community", 2)]


async def test_a_nul_is_put_aside_before_postgresql_refuses_the_whole_rebuild(
    db: Connection,
) -> None:
    good, then = tell([received(), received()])
    told = [good, replace(then, data=then.data.replace(b"C-08", b"C-\\u0000"))]
    assert told[1].data != then.data
    await apply(db, told, 2)
    await rebuild(db, pages(told), Memory("C-08"))
    assert (await figure(db, "Q-02")).series.total == 1
    assert await db.fetchval("SELECT position FROM parked") == 2


async def test_a_number_beyond_all_counting_is_put_aside_live_and_in_a_rebuild(
    db: Connection,
) -> None:
    """Alone it does not fit PostgreSQL's integers; together with another, their sum does not."""
    good, *others = tell(
        [recorded("leader-course", participants=count) for count in (3, 77_777, 77_777)]
    )
    told = [
        good,
        *(_saying(one, number) for one, number in zip(others, (2**62, 2**64), strict=True)),
    ]
    waiting = "SELECT position FROM parked ORDER BY position"
    await apply(db, told, 3)
    assert [row[0] for row in await db.fetch(waiting)] == [2, 3]
    live = await everything(db)
    await rebuild(db, pages(told), Memory("C-08"))
    assert [row[0] for row in await db.fetch(waiting)] == [2, 3]
    assert await everything(db) == live


def _saying(told: Told, number: int) -> Told:
    """Another number than our contracts let anybody tell."""
    changed = replace(told, data=told.data.replace(b"77777", str(number).encode()))
    assert changed.data != told.data
    return changed
