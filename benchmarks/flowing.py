"""From a committed fact to a counted indicator: the relay, the projection, and both under load.

Intake's store holds errands that tell `ConsultationReceived` at C-08; the real reporting service
counts them.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from benchmarks.errand import ERRANDS, TABLE, Errand, ErrandEvent, errand, open_errand, tell
from benchmarks.figures import Figures, percentile
from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from shared.bus.bus import Bus
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.runtime.host import Host
from shared.runtime.service import Service
from shared.sourcing.ids import new_id
from shared.sourcing.log import Connection, Log, Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store, connect
from shared.sourcing.streams import Streams

FACTS = 30_000
TOGETHER = 64


class Teller:
    """Intake's place, with errands for consultations."""

    def __init__(self, servers: Servers) -> None:
        self.settings = settings_from(servers.environment("intake"))
        service = Service(
            team="intake",
            title="bench",
            folder=Path(__file__).parent,
            routers=(),
            desk=lambda office: office,
            tell=tell,
        )
        keys = SubjectKeys(MasterKey.load(self.settings.master_key_file))
        self.store = Store(self.settings.database_url, tell, keys, (ERRANDS,))
        self.bus = Bus(service, self.store, self.settings, _no_office, "akiruno")

    async def open(self) -> None:
        await migrate(self.settings.database_url, [])
        connection = await connect(self.settings.database_url)
        await connection.execute(TABLE)
        await connection.close()
        await self.store.open()

    @property
    def streams(self) -> Streams[Errand, ErrandEvent]:
        return Streams(self.store, errand, Origin("bench", "C-08"))

    async def one(self) -> int:
        """One command with one event and one fact: its position is also the fact's."""
        stream_id = new_id()
        acted = await self.streams.start(stream_id, open_errand, case_id=stream_id, events=1)
        return acted.position

    async def many(self, number: int) -> None:
        """`number` commands by TOGETHER clients at a time."""

        async def client() -> None:
            for _ in range(number // TOGETHER):
                await self.one()

        await asyncio.gather(*(client() for _ in range(TOGETHER)))

    async def told(self) -> int:
        position: int = await self.store.pool.fetchval("SELECT fact_position FROM head")
        return position


def _no_office(log: Log, _db: Connection, _origin: Origin) -> Any:
    return log


async def measure(servers: Servers, figures: Figures, rounds: int, seconds: float) -> None:
    """relay, applied, through (facts a second); at_rest and half with rate, p50 and p99 (ms): each
    once a round, that medians can be said of a machine whose pace changes.
    """
    for _ in range(rounds):
        await _round(servers, figures, seconds)


async def _round(servers: Servers, figures: Figures, seconds: float) -> None:
    teller = Teller(servers)
    await teller.open()
    before = await teller.told()
    await teller.many(FACTS)
    told = await teller.told()
    await teller.bus.start()
    figures.add("relay", await _rate(lambda: teller.bus.state.relay.position, before, told))
    host = Host(service_of("reporting"), settings_from(servers.environment("reporting")))
    await host.start()

    def counted() -> int:
        source = host.bus.state.sources.get("intake")
        return source.position if source else 0

    figures.add("applied", await _rate(counted, before, told))
    await _latency(teller, counted, figures, "at_rest", 20, seconds)
    through = await _through(teller, counted, seconds)
    figures.add("through", through)
    await _latency(teller, counted, figures, "half", through / 2, seconds)
    await host.stop()
    await teller.bus.stop()
    await teller.store.close()


async def _rate(position: Any, before: int, goal: int) -> float:
    """Facts a second from the first that moves to the last."""
    while (first := position()) <= before:
        await asyncio.sleep(0.001)
    begun = time.perf_counter()
    while position() < goal:
        await asyncio.sleep(0.001)
    return float(goal - first) / (time.perf_counter() - begun)


async def _through(teller: Teller, counted: Any, seconds: float) -> float:
    """Facts a second appended and counted, with 64 clients who never rest."""
    before = await teller.told()
    begun = time.perf_counter()
    end = begun + seconds

    async def client() -> None:
        while time.perf_counter() < end:
            await teller.one()

    await asyncio.gather(*(client() for _ in range(TOGETHER)))
    goal = await teller.told()
    while counted() < goal:
        await asyncio.sleep(0.001)
    return (goal - before) / (time.perf_counter() - begun)


async def _latency(
    teller: Teller, counted: Any, figures: Figures, name: str, rate: float, seconds: float
) -> None:
    """From the committed command to its figure, at a steady rate, in ms."""
    waits: list[float] = []
    tasks: list[asyncio.Task[None]] = []
    sent = 0

    async def one() -> None:
        mine = await teller.one()
        committed = time.perf_counter()
        while counted() < mine:
            await asyncio.sleep(0.0005)
        waits.append((time.perf_counter() - committed) * 1000)

    begun = time.perf_counter()
    while (elapsed := time.perf_counter() - begun) < seconds:
        while sent < elapsed * rate:
            sent += 1
            tasks.append(asyncio.create_task(one()))
        await asyncio.sleep(0.002)
    await asyncio.gather(*tasks)
    figures.add(f"{name}/rate", sent / seconds)
    figures.add(f"{name}/p50", percentile(waits, 0.5))
    figures.add(f"{name}/p99", percentile(waits, 0.99))
