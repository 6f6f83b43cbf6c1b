"""The measured ideal: group commit of ready-made bytes, without decisions, facts, read models,
chain or command ids.

What the product does on top is the price of its promises; `bench` prints both side by side.
"""

from __future__ import annotations

import asyncio
from collections import deque
from uuid import UUID

import asyncpg

DDL = """
CREATE TABLE p_head (one bool PRIMARY KEY DEFAULT true, position bigint) WITH (fillfactor = 10);
INSERT INTO p_head VALUES (true, 0);
CREATE TABLE p_events (
  position bigint PRIMARY KEY, stream_id uuid NOT NULL, version int NOT NULL, type text NOT NULL,
  data json NOT NULL, metadata json NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (stream_id, version));
CREATE FUNCTION p_append(streams uuid[], counts int[], types text[], datas json[], metas json[])
RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE base bigint; total int := cardinality(types);
BEGIN
  PERFORM pg_advisory_xact_lock(4242);
  SELECT position INTO base FROM p_head;
  WITH cmd AS (
    SELECT k, s, c, sum(c) OVER (ORDER BY k) - c AS first, coalesce(v, 0) AS v
    FROM unnest(streams, counts) WITH ORDINALITY AS u(s, c, k)
    LEFT JOIN LATERAL (SELECT version AS v FROM p_events WHERE stream_id = s ORDER BY version DESC
    LIMIT 1) cur ON true
  )
  INSERT INTO p_events (position, stream_id, version, type, data, metadata)
  SELECT base + g.first + i, g.s, g.v + i, types[g.first + i], datas[g.first + i], metas[g.first +
  i] FROM cmd g CROSS JOIN LATERAL generate_series(1, g.c) i; UPDATE p_head SET position = base +
  total; PERFORM pg_notify('p_events', ''); RETURN base + total;
END $$;
"""

Command = tuple[UUID, list[tuple[str, bytes, bytes]], "asyncio.Future[int]"]


class PrototypeWriter:
    """Whatever queued up while the last transaction ran goes into the next one."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], limit: int = 512) -> None:
        self._connection = connection
        self._limit = limit
        self._queue: deque[Command] = deque()
        self._wake = asyncio.Event()

    def append(self, stream: UUID, events: list[tuple[str, bytes, bytes]]) -> asyncio.Future[int]:
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._queue.append((stream, events, future))
        self._wake.set()
        return future

    async def run(self) -> None:
        statement = await self._connection.prepare("SELECT p_append($1, $2, $3, $4, $5)")
        while True:
            while not self._queue:
                self._wake.clear()
                await self._wake.wait()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), self._limit))]
            events = [event for _, mine, _ in batch for event in mine]
            last = await statement.fetchval(
                [stream for stream, _, _ in batch],
                [len(mine) for _, mine, _ in batch],
                [e[0] for e in events],
                [e[1] for e in events],
                [e[2] for e in events],
            )
            for _, _, future in batch:
                future.set_result(last)
