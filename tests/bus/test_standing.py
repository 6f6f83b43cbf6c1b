"""A projection on the real servers, with facts it cannot apply."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from shared.bus.parking import parked
from shared.bus.projection import Projection
from shared.bus.told import Told
from shared.runtime.settings import Settings
from shared.sourcing.ids import new_id
from shared.sourcing.log import Connection
from tests.bus.pair import Team, applied, open_errands, open_one, start, tells_closures
from tests.waiting import until

pytestmark = pytest.mark.anyio

SEEN = "CREATE TABLE seen (position bigint PRIMARY KEY, case_id uuid, note text)"
_SEE = "INSERT INTO seen VALUES ($1, $2, $3)"


@dataclass
class Figures:
    """A teller, a service that keeps figures of it, and the cases at which it stumbles."""

    teller: Team
    keeper: Team
    stumbles: set[UUID] = field(default_factory=set)
    refused: set[UUID] = field(default_factory=set)

    async def seen(self) -> list[UUID]:
        rows = await self.keeper.store.pool.fetch("SELECT case_id FROM seen ORDER BY position")
        return [row["case_id"] for row in rows]

    async def parked(self) -> list[tuple[int, UUID | None, str]]:
        async with self.keeper.store.pool.acquire() as db:
            return [(one.position, one.case_id, one.kind) for one in await parked(db)]


@pytest.fixture
async def figures(settings_of: Callable[[str], Settings]) -> AsyncIterator[Figures]:
    """coordination tells, reporting keeps one row per fact."""
    stumbles: set[UUID] = set()
    refused: set[UUID] = set()

    async def apply(db: Connection, batch: list[Told]) -> None:
        for told in batch:
            if told.case_id in stumbles:
                raise KeyError(str(told.case_id))
            note = "\0" if told.case_id in refused else "-"
            await db.execute(_SEE, told.position, told.case_id, note)

    teller = await start(settings_of("coordination"), tell=tells_closures)
    keeper = await start(
        settings_of("reporting"),
        projection=Projection(("coordination",), lambda _city: apply),
        tables=SEEN,
        apply_batch=apply,
    )
    yield Figures(teller, keeper, stumbles, refused)
    await keeper.stop()
    await teller.stop()


async def test_what_cannot_be_counted_is_parked_alone_and_the_others_count(
    figures: Figures,
) -> None:
    before = await open_errands(figures.teller, 3)
    bad, worse, after = new_id(), new_id(), new_id()
    figures.stumbles.add(bad)
    figures.refused.add(worse)
    for case_id in (bad, worse, after):
        await open_one(figures.teller, case_id)
    await until(applied(figures.keeper, 6), "the figures go on")
    assert await figures.seen() == [*before, after]
    assert await figures.parked() == [
        (4, bad, "KeyError"),
        (5, worse, "CharacterNotInRepertoireError"),
    ]
    assert await figures.keeper.bus.ready() == []


async def test_a_table_that_is_away_parks_nothing(figures: Figures) -> None:
    """It is not the fact's fault: as soon as the table is there, the fact counts."""
    pool = figures.keeper.store.pool
    await pool.execute("ALTER TABLE seen RENAME TO seen_aside")
    ids = await open_errands(figures.teller, 3)

    async def said() -> bool:
        return "UndefinedTableError" in str(await figures.keeper.bus.ready())

    await until(said, "readiness says what is missing")
    await pool.execute("ALTER TABLE seen_aside RENAME TO seen")
    await until(applied(figures.keeper, 3), "the figures go on")
    assert await figures.seen() == ids
    assert await figures.parked() == []
