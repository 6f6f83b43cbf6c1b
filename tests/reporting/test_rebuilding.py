"""`./tsunagu rebuild` on a city that goes on working: nothing stops, nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

import asyncpg
import pytest

from deploy.commands.rebuild import back_to_former, rebuild_figures
from deploy.services import service_of
from deploy.trouble import Trouble
from deploy.verify import examine, from_community
from services.reporting.rebuild import ONE_AT_A_TIME
from shared.runtime.host import Host
from shared.runtime.settings import Settings
from shared.sourcing.log import Origin
from shared.sourcing.store import connect
from shared.sourcing.streams import Streams
from tests.reporting.small_city import played
from tests.reporting.test_verify import TELLS, _said
from tests.waiting import until


@dataclass
class City:
    """Five services that tell and one that counts, on the real servers, in this process."""

    hosts: dict[str, Host]

    @property
    def reporting(self) -> Host:
        return self.hosts["reporting"]

    async def work(self) -> None:
        """A little of everything happens."""
        for team, decider, happened in played():
            streams = Streams(self.hosts[team].store, decider, Origin("tester"))
            await streams.act(uuid4(), _said, happened)

    async def counted(self) -> None:
        """Wait until everything told is counted; then the figures equal the recount."""

        async def there() -> bool:
            rows = await self.reporting.store.pool.fetch("SELECT source, position FROM consumed")
            heads = {
                team: await self.hosts[team].store.pool.fetchval("SELECT fact_position FROM head")
                for team in TELLS
            }
            return dict(map(tuple, rows)) == heads

        await until(there, "everything told is counted")
        report = await examine(
            {team: host.settings.database_url for team, host in self.hosts.items()},
            "C-08",
            from_community(self.reporting.city),
        )
        assert report.ok, [
            str(one) for one in (*report.findings, *report.compared) if "ok=False" in str(one)
        ]

    async def rebuild(self) -> int:
        return (await rebuild_figures(self.reporting.settings)).facts

    async def total(self) -> int:
        """Consultations received, as a page reads them."""
        value = await self.reporting.store.pool.fetchval(
            "SELECT sum(value) FROM indicator_values WHERE indicator = 'Q-02' AND dim = ''"
        )
        return int(value or 0)


@pytest.fixture
async def city(settings_of: Callable[[str], Settings]) -> AsyncIterator[City]:
    made = City({team: Host(service_of(team), settings_of(team)) for team in (*TELLS, "reporting")})
    for host in made.hosts.values():
        await host.start()
    yield made
    for host in made.hosts.values():
        await host.stop()


async def test_facts_that_come_during_a_rebuild_are_counted_once(city: City) -> None:
    await city.work()
    await city.counted()
    at_work = True
    seen: list[int] = []

    async def works() -> None:
        while at_work:
            await city.work()

    async def looks() -> None:
        while at_work:
            seen.append(await city.total())

    others = [asyncio.create_task(works()), asyncio.create_task(looks())]
    rebuilt = [await city.rebuild() for _ in range(4)]
    at_work = False
    await asyncio.gather(*others)
    await city.counted()
    assert rebuilt == sorted(rebuilt)
    assert min(seen) > 0, "a page saw empty tables"
    await city.work()
    await city.counted()


async def test_tables_that_were_put_back_are_counted_on_in_a_quiet_city(city: City) -> None:
    """Nobody tells anything more: the projection must see by itself that it is behind again."""
    await city.work()
    await city.counted()
    before = await city.total()
    await city.reporting.store.pool.execute(
        "TRUNCATE observations, indicator_values, remembered, last_days;"
        "UPDATE consumed SET position = 0"
    )
    await city.counted()
    assert await city.total() == before


async def test_after_going_back_what_was_told_since_is_counted_again(city: City) -> None:
    await city.work()
    await city.counted()
    with pytest.raises(Trouble, match="前の表がありません"):
        await back_to_former(city.reporting.settings)
    await city.rebuild()
    await city.work()
    await city.counted()
    before = await city.total()
    stood = await back_to_former(city.reporting.settings)
    assert all(position > 0 for position in stood.values())
    await city.counted()
    assert await city.total() == before


async def test_a_restored_source_counts_again_after_a_rebuild(city: City) -> None:
    """Decision 0011: a backup knows less than was told. Figures stop, readiness says so, a rebuild
    makes them run.
    """
    await city.work()
    backup = await city.hosts["intake"].store.pool.fetchrow("SELECT * FROM head")
    assert backup is not None
    await city.work()
    await city.counted()
    await restore(city, "intake", backup)

    async def stopped() -> bool:
        return any("rebuild the figures" in one for one in await city.reporting.problems())

    await until(stopped, "readiness says that the figures must be rebuilt")
    await city.rebuild()

    async def ready() -> bool:
        return await city.reporting.problems() == []

    await until(ready, "the figures run again")
    await city.counted()
    await city.work()
    await city.counted()


async def restore(city: City, team: str, backup: asyncpg.Record) -> None:
    """The team's store as it was then, in a new epoch, and its service started again."""
    host = city.hosts[team]
    await host.stop()
    db = await connect(host.settings.database_url)
    for table, place in (("events", "position"), ("facts", "fact_position")):
        await db.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        await db.execute(f"DELETE FROM {table} WHERE position > $1", backup[place])
        await db.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
    await db.execute(
        "UPDATE head SET position = $1, fact_position = $2, chain = $3, epoch = gen_random_uuid()",
        backup["position"],
        backup["fact_position"],
        backup["chain"],
    )
    await db.close()
    city.hosts[team] = Host(host.service, host.settings)
    await city.hosts[team].start()


async def test_a_source_that_is_away_is_named_and_nothing_changes(city: City) -> None:
    await city.work()
    await city.counted()
    before = await city.total()
    outreach = city.hosts.pop("outreach")
    await outreach.stop()
    with pytest.raises(Trouble, match=r"outreach から返事がありません。.*元のまま"):
        await city.rebuild()
    assert await city.total() == before


async def test_two_operators_rebuild_one_after_the_other(city: City) -> None:
    await city.work()
    await city.counted()
    other = await connect(city.reporting.settings.database_url)
    await other.execute("SELECT pg_advisory_lock($1)", ONE_AT_A_TIME)
    with pytest.raises(Trouble, match="別の作り直し"):
        await city.rebuild()
    await other.close()
    await city.rebuild()
    await city.counted()


async def test_a_rebuild_that_is_ended_changes_nothing(city: City) -> None:
    await city.work()
    await city.counted()
    before = await city.total()
    ended = asyncio.create_task(city.rebuild())

    async def begun() -> bool:
        scratch = "SELECT to_regclass('observations_fresh') IS NOT NULL"
        return bool(ended.done() or await city.reporting.store.pool.fetchval(scratch))

    await until(begun, "the scratch table is there")
    ended.cancel()
    with suppress(asyncio.CancelledError):
        await ended
    assert await city.total() == before
    await city.rebuild()
    await city.counted()
