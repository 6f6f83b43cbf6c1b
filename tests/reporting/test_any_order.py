"""The figures do not depend on which team's facts come first, in what batches, or how often."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from services.reporting.indicators import Memory
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.sourcing.log import Connection
from tests.reporting.examples import (
    a_year,
    agreed,
    matched,
    received,
    recorded,
    retired,
    reviewed,
    sheet_put_right,
    started,
    tell,
    tipped,
    withdrawn,
)
from tests.reporting.test_beside import INQUIRY, REFERRED
from tests.reporting.test_tables import everything

KINDS = (
    received(issues=("i01",), beyond_field=True, programme="1イ", counter="C-01"),
    sheet_put_right(source="neighbour", issues=("i01", "i02", "i09")),
    reviewed(beyond=False),
    REFERRED,
    matched(),
    withdrawn(),
    started(),
    tipped("shop"),
    recorded("ikiiki-session", participants=12, men=4),
    INQUIRY,
    agreed(2, outreach=True),
    retired(1),
)


def told() -> list[Told]:
    """A year, and one of each kind that corrects or takes back; each team in its own order."""
    year = a_year()
    return year + tell_after(year)


def tell_after(year: Sequence[Told]) -> list[Told]:
    heads: dict[str, int] = {}
    for one in year:
        heads[one.team] = max(heads.get(one.team, 0), one.position)
    after = tell(KINDS)
    shift = {one.fact_id: number for number, one in enumerate(after, start=len(year) + 1)}
    return [
        Told(
            team=one.team,
            position=heads.get(one.team, 0) + one.position,
            fact_id=type(one.fact_id)(int=shift[one.fact_id]),
            type=one.type,
            case_id=one.case_id,
            occurred_on=one.occurred_on,
            data=one.data,
            meta=one.meta,
            epoch=one.epoch,
        )
        for one in after
    ]


def shuffled(facts: Sequence[Told], chance: Random) -> list[Told]:
    """Teams take turns by chance; within a team the order stays, as consumers keep it."""
    waiting: dict[str, list[Told]] = {}
    for one in facts:
        waiting.setdefault(one.team, []).append(one)
    found = []
    while waiting:
        team = chance.choice(sorted(waiting))
        found.append(waiting[team].pop(0))
        if not waiting[team]:
            del waiting[team]
    return found


async def apply(db: Connection, facts: Sequence[Told], chance: Random) -> None:
    """In batches of any size; a batch that was broken off comes again (nothing of it was kept)."""
    at = 0
    while at < len(facts):
        batch = list(facts[at : at + chance.randint(1, 6)])
        if chance.random() < 0.3:
            broken = db.transaction()
            await broken.start()
            await apply_batch(db, batch, Memory("C-08", frozenset({"neighbour", "shop"})))
            await broken.rollback()
        async with db.transaction():
            await apply_batch(db, batch, Memory("C-08", frozenset({"neighbour", "shop"})))
        at += len(batch)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_shuffled_delayed_and_repeated_facts_give_the_same_tables(
    db: Connection, seed: int
) -> None:
    await apply(db, told(), Random(0))
    straight = await everything(db)
    await db.execute(
        "TRUNCATE observations, indicator_values, remembered, last_days, changed, parked"
    )
    order = shuffled(told(), Random(seed))
    assert order != told()
    await apply(db, order, Random(seed))
    assert await everything(db) == straight
