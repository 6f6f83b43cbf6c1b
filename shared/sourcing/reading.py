"""Reading streams. Reads that ask at the same time share one query, as appends share one commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from shared.sourcing.log import Connection, Receipt

STREAM = """SELECT stream, version, position, event_id, type, data, meta, recorded_at
            FROM events WHERE stream = ANY($1) ORDER BY stream, version"""
_KNOWN = """SELECT c.version, c.position, e.meta->>'command' AS command, e.meta->>'sent' AS sent
            FROM commands c LEFT JOIN events e ON e.position = c.position AND e.stream = c.stream
            WHERE c.command_id = $1"""

TOGETHER = 256
"""Streams read by one query at the most."""


Waiting: TypeAlias = "dict[UUID, list[asyncio.Future[list[asyncpg.Record]]]]"


async def known(
    db: Connection | asyncpg.Pool[asyncpg.Record], command_id: UUID | None
) -> Receipt | None:
    """The answer this command id got before, if any."""
    row = await db.fetchrow(_KNOWN, command_id)
    if row is None:
        return None
    command = UUID(row["command"]) if row["command"] else None
    return Receipt(row["version"], row["position"], True, command, row["sent"])


class Reader:
    """Loads streams in groups by nature: all that asked while the last query ran."""

    def __init__(self, acquire: Callable[[], Any]) -> None:
        self._acquire = acquire
        self._waiting: Waiting = {}
        self._task: asyncio.Task[None] | None = None
        self._running = False

    async def rows(self, stream_id: UUID) -> list[asyncpg.Record]:
        """The stored rows of one stream, oldest first."""
        future: asyncio.Future[list[asyncpg.Record]] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(stream_id, []).append(future)
        if not self._running:
            self._running = True
            self._task = asyncio.create_task(self._run(), name="reader")
        return await future

    async def _run(self) -> None:
        try:
            async with self._acquire() as db:
                while self._waiting:
                    batch = {k: self._waiting.pop(k) for k in list(self._waiting)[:TOGETHER]}
                    await _answer(db, batch)
                # From here on nobody is served: whoever asks while the connection goes back
                # to the pool starts a new run.
                self._running = False
        except Exception as error:  # noqa: BLE001 - every reader that waits is told
            self._running = False
            waiting, self._waiting = self._waiting, {}
            _tell(waiting, error)


async def _answer(db: Connection, batch: Waiting) -> None:
    try:
        rows = await db.fetch(STREAM, list(batch))
    except Exception as error:
        _tell(batch, error)
        raise
    by_stream: dict[UUID, list[asyncpg.Record]] = {stream_id: [] for stream_id in batch}
    for row in rows:
        by_stream[row["stream"]].append(row)
    for stream_id, futures in batch.items():
        for future in futures:
            if not future.done():
                future.set_result(by_stream[stream_id])


def _tell(batch: Waiting, error: Exception) -> None:
    for futures in batch.values():
        for future in futures:
            if not future.done():
                future.set_exception(error)
