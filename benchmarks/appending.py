"""Commands a second through `act`, beside the prototype, on the same server, in turns."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable

import asyncpg

from benchmarks.errand import ERRANDS, TABLE, Errand, ErrandEvent, errand, open_errand, tell
from benchmarks.figures import Figures, percentile
from benchmarks.prototype import DDL, PrototypeWriter
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.sourcing.codec import plain
from shared.sourcing.ids import new_id
from shared.sourcing.log import Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store, connect
from shared.sourcing.streams import Streams

SHAPES = ((1, 1), (16, 1), (64, 1), (1, 3), (16, 3), (64, 3))
"""(clients, events per command)"""

META = b'{"at":"2026-11-23T09:00:00+09:00","actor":"bench","agency":"C-08","x":"%b"}' % (b"x" * 120)


async def closed_loop(
    clients: int, seconds: float, once: Callable[[], Awaitable[object]]
) -> tuple[float, list[float]]:
    """`clients` who each wait for their answer before they ask again.

    Answers commands a second, and every latency in ms.
    """
    latencies: list[float] = []
    end = time.perf_counter() + seconds

    async def client() -> None:
        while (start := time.perf_counter()) < end:
            await once()
            latencies.append((time.perf_counter() - start) * 1000)

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return len(latencies) / (time.perf_counter() - begun), latencies


async def measure(dsn: str, figures: Figures, rounds: int, seconds: float) -> None:
    """Fill `figures` with act/<clients>/<events> and prototype/<clients>/<events>, in commands a
    second.
    """
    await migrate(dsn, [])
    connection = await connect(dsn)
    await connection.execute(TABLE + ";" + DDL)
    store = await Store(dsn, tell, SubjectKeys(MasterKey(os.urandom(32))), (ERRANDS,)).open()
    streams = Streams(store, errand, Origin("bench", "C-08"))
    writer = PrototypeWriter(connection)
    task = asyncio.create_task(writer.run())
    for _ in range(rounds):
        for clients, events in SHAPES:
            await _ours(streams, figures, clients, events, seconds)
            await _prototype(writer, figures, clients, events, seconds)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await store.close()
    await connection.close()


async def _ours(
    streams: Streams[Errand, ErrandEvent],
    figures: Figures,
    clients: int,
    events: int,
    seconds: float,
) -> None:
    async def once() -> None:
        stream_id = new_id()
        await streams.start(stream_id, open_errand, case_id=stream_id, events=events)

    rate, latencies = await closed_loop(clients, seconds, once)
    name = f"act/{clients}/{events}"
    figures.add(name, rate)
    figures.add(f"{name}/p50", percentile(latencies, 0.5))
    figures.add(f"{name}/p99", percentile(latencies, 0.99))


async def _prototype(
    writer: PrototypeWriter, figures: Figures, clients: int, events: int, seconds: float
) -> None:
    made = open_errand(errand.initial, case_id=new_id(), events=events)
    ready = [(f"errand.{type(one).__name__}", plain(one), META) for one in made]

    async def once() -> None:
        await writer.append(new_id(), ready)

    rate, _ = await closed_loop(clients, seconds, once)
    figures.add(f"prototype/{clients}/{events}", rate)


async def new_database(admin: str, name: str) -> None:
    """A fresh database for one measurement."""
    connection = await asyncpg.connect(admin)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
