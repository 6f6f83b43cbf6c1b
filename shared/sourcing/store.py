"""The event store of one service: one PostgreSQL database, one writer per process, a pool for
reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from shared.privacy.keys import SubjectKeys
from shared.sourcing.appending import FactRow
from shared.sourcing.codec import Codec, Tell
from shared.sourcing.decider import Decider, E
from shared.sourcing.log import (
    Append,
    Connection,
    Origin,
    ReadModel,
    Receipt,
    Recorded,
    Sheet,
)
from shared.sourcing.reading import Reader, known
from shared.sourcing.transaction import LOCK, Transaction
from shared.sourcing.writer import Writer

log = structlog.get_logger(__name__)

KEPT_STATES = 10_000
LOOK_SECONDS = 1.0
"""How soon a running process knows that another one erased somebody."""
SETTINGS = {
    "jit": "off",
    "timezone": "Asia/Tokyo",
    # A writer that is paused while it holds the append lock must not stop its store for ever.
    "idle_in_transaction_session_timeout": "5s",
    "lock_timeout": "10s",
}
WRITING = {"plan_cache_mode": "force_generic_plan"}
"""A small append is otherwise planned anew at every call. Pages need the opposite: which rows are
few is known only with the values asked for.
"""


async def connect(dsn: str, **settings: str) -> asyncpg.Connection[asyncpg.Record]:
    """A connection whose json columns are bytes, in and out."""
    connection = await asyncpg.connect(dsn, server_settings=SETTINGS | settings, timeout=5)
    await bytes_for_json(connection)
    return connection


async def bytes_for_json(connection: Connection) -> None:
    """Json as the bytes that were stored: no decoding on the way, and what was signed stays what it
    was.
    """
    for name, mark in (("json", b""), ("jsonb", b"\x01")):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            format="binary",
            encoder=mark.__add__,
            decoder=_without(len(mark)),
        )


def _without(length: int) -> Callable[[bytes], bytes]:
    return lambda value: value[length:]


class Store:
    """Keeps the events of one service. Satisfies `Log`: many commands at once, grouped into
    commits.
    """

    def __init__(
        self, dsn: str, tell: Tell, keys: SubjectKeys, reads: Sequence[ReadModel] = ()
    ) -> None:
        self._dsn = dsn
        self.codec = Codec(tell, keys)
        self.reads = reads
        self._states: dict[UUID, tuple[int, Any]] = {}
        self._writer = Writer(lambda: connect(dsn, **WRITING), reads)
        self._reader = Reader(lambda: self.pool.acquire())
        self.keys = keys
        self.pool: asyncpg.Pool[asyncpg.Record]
        self._looking: asyncio.Task[None]
        self._closing = asyncio.Event()

    async def open(self, readers: int = 8) -> Store:
        """Connect. The schema must be there (`shared.sourcing.migrate`)."""
        self.pool = await asyncpg.create_pool(
            self._dsn,
            min_size=1,
            max_size=readers,
            init=bytes_for_json,
            server_settings=SETTINGS,
            timeout=5,
        )
        await self._writer.start()
        self._closing.clear()
        self._looking = asyncio.create_task(self._look_for_erased(), name="erased-elsewhere")
        return self

    async def close(self) -> None:
        """Store what waits, then disconnect."""
        self._closing.set()
        await self._looking
        await self._writer.stop()
        await self.pool.close()

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        """A connection that nobody used before and nobody will use again."""
        db = await connect(self._dsn)
        try:
            yield db
        finally:
            await db.close()

    def on_facts(self, callback: Callable[[list[FactRow]], None]) -> None:
        """Hear of new facts in memory as soon as they are committed by this process."""
        self._writer.on_facts.append(callback)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """One transaction holding the append lock; it commits at the end of the block, or leaves
        nothing.
        """
        async with self.pool.acquire() as db:
            async with db.transaction():
                await db.execute(LOCK)
                transaction = Transaction(db, self.codec, self.reads)
                yield transaction
            for stream_id in transaction.touched:
                self._states.pop(stream_id, None)
            if transaction.erased:
                for one in transaction.erased:
                    self.keys.drop(one)
                self._states.clear()
            if transaction.facts:
                for callback in self._writer.on_facts:
                    callback(transaction.facts)

    def problems(self) -> list[str]:
        """What keeps commands from being stored; empty when all is well."""
        return self._writer.problems()

    async def load(self, decider: Decider[Any, E], stream_id: UUID) -> list[Recorded[E]]:
        return await self.codec.decode(
            decider, await self._reader.rows(stream_id), self.pool.acquire
        )

    async def encode(
        self,
        decider: Decider[Any, E],
        stream_id: UUID,
        version: int,
        events: Sequence[E],
        origin: Origin,
    ) -> list[Sheet]:
        return await self.codec.encode(
            decider, stream_id, version, events, origin, self.pool.acquire
        )

    async def append(self, command: Append) -> Receipt:
        try:
            return await self._writer.submit(command)
        except BaseException:
            self._states.pop(command.stream_id, None)
            raise

    async def known(self, command_id: UUID) -> Receipt | None:
        return await known(self.pool, command_id)

    def remember(self, stream_id: UUID, version: int, state: object) -> None:
        states = self._states
        states.pop(stream_id, None)
        states[stream_id] = (version, state)  # the youngest is last
        if len(states) > KEPT_STATES:
            del states[next(iter(states))]

    def remembered(self, stream_id: UUID) -> tuple[int, Any] | None:
        return self._states.get(stream_id)

    async def forget(self, subject: UUID) -> set[UUID]:
        """Erase a subject: its key, and the personal columns of every read model, in one
        transaction. Answers all subjects that were erased with it: what the same person told before
        it was known whose case it is lies under a key of its own.
        """
        async with self.begin() as transaction:
            return await transaction.forget(subject)

    async def _look_for_erased(self) -> None:
        """What `./tsunagu forget` erased from another process must not live on in this memory.

        A question a second instead of NOTIFY: every listening session would be woken by every
        append.
        """
        known = -1
        while not self._closing.is_set():
            try:
                erased = await self.pool.fetchval("SELECT count(*) FROM shred_ledger", timeout=5)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                log.info("store.ledger_unread", error=f"{type(error).__name__}: {error}")
            else:
                if erased != known:
                    self.keys.doubt_all()
                    self._states.clear()
                known = erased
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), LOOK_SECONDS)
