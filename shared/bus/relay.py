"""From the table `facts` to the team's stream, in position order, each fact once.

One relay per service leads, by a session lock on a connection of its own. Where it goes on is what
the stream's own last message says, asked anew after every surprise: an emptied broker is filled
again without anybody's help.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import asyncpg
import nats.errors
import structlog
from nats.aio.client import Client

from shared.bus.outside import OURS_ALONE, Outside
from shared.bus.publishing import BATCH, NotAccepted, Publisher
from shared.bus.status import SourceStatus
from shared.bus.told import Told, told_from_row
from shared.bus.topology import ensure_facts_stream, ensure_reader, facts_stream
from shared.runtime.crashpoint import crashpoint
from shared.sourcing.appending import FactRow
from shared.sourcing.store import connect

log = structlog.get_logger(__name__)

LEADER = 7222
SILENT_S = 1.0
"""Our session says something at least so often; a silent one is ended by the server."""
REMEMBERED = 50_000
"""Facts kept in memory for a relay that is behind; beyond that it reads them from the table."""

ROWS = """SELECT position, fact_id, type, case_id, data, occurred_on, meta, event_position
          FROM facts WHERE position > $1 ORDER BY position LIMIT $2"""

TROUBLE = (
    NotAccepted,
    TimeoutError,
    OSError,
    nats.errors.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
)
"""What passes: the broker or PostgreSQL is away, or another relay leads. We look again."""


class Damaged(Exception):
    """A hole in the feed, or a stream that knows more than its store. People must look; nothing is
    published.
    """


class Relay:
    """Publishes one team's facts for as long as it leads."""

    def __init__(
        self,
        team: str,
        city: str,
        dsn: str,
        client: Callable[[], Client],
        status: SourceStatus,
        replicas: int = 1,
        outside: Outside = OURS_ALONE,
    ) -> None:
        self._team = team
        self._city = city
        self._dsn = dsn
        self._client = client
        self._status = status
        self._replicas = replicas
        self._outside = outside
        self._memory: deque[FactRow] = deque()
        self._wake = asyncio.Event()
        self._position = 0
        self._said_at = 0.0

    def offer(self, facts: list[FactRow]) -> None:
        """What the writer of this process just committed, so that it need not be read back."""
        if len(self._memory) + len(facts) > REMEMBERED:
            self._memory.clear()
        else:
            self._memory.extend(facts)
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled: lead if we may, and after any trouble look again."""
        pause = 0.05
        while True:
            try:
                await self._lead()
                pause = 0.05
            except TROUBLE as error:
                self._status.error = f"{type(error).__name__}: {error}"
                log.info("relay.looks_again", team=self._team, error=self._status.error)
            except Damaged as error:
                self._status.error = str(error)
                log.error("relay.damaged", team=self._team, error=str(error))
                pause = 5.0
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)

    async def _lead(self) -> None:
        # A paused leader loses its lock: the server ends a session that is silent for longer than
        # this.
        db = await connect(self._dsn, idle_session_timeout="4s")
        try:
            while not await db.fetchval("SELECT pg_try_advisory_lock($1)", LEADER):  # noqa: ASYNC110 - nothing announces a freed lock
                await asyncio.sleep(0.5)
            crashpoint("relay.on_leadership")
            await db.add_listener("facts", lambda *_: self._wake.set())
            await self._publish_all(db)
        finally:
            with suppress(OSError, asyncpg.InterfaceError, asyncpg.PostgresError):
                await db.close(timeout=2)

    async def _publish_all(self, db: asyncpg.Connection[asyncpg.Record]) -> None:
        client = self._client()
        await ensure_facts_stream(client.jetstream(), self._city, self._team, self._replicas)
        await self._ensure_outside(client)
        publisher = Publisher(client, self._city, facts_stream(self._team), self._outside.site)
        async with publisher.answered():
            await self._publish_with(publisher, db)

    async def _ensure_outside(self, client: Client) -> None:
        """A durable for each other system. Our own facts do not wait for it."""
        try:
            stream = facts_stream(self._team)
            for name in self._outside.names:
                await ensure_reader(client.jetstream(), stream, name, 0, at_once=100)
        except (nats.errors.Error, TimeoutError) as error:
            log.warning("relay.outside", team=self._team, error=f"{type(error).__name__}: {error}")

    async def _publish_with(
        self, publisher: Publisher, db: asyncpg.Connection[asyncpg.Record]
    ) -> None:
        head = await db.fetchrow("SELECT fact_position, epoch FROM head")
        if head is None:
            raise Damaged("the head row is missing")
        position, epoch = await publisher.last()
        if epoch == str(head["epoch"]) and position > head["fact_position"]:
            raise Damaged(f"stream at {position}, store at {head['fact_position']}")
        self._position = position if epoch == str(head["epoch"]) else 0
        self._status.position = self._position
        self._status.error = None
        while True:
            told = await self._next(db, head["epoch"])
            crashpoint("relay.after_read")
            if told:
                await publisher.publish(told)
                crashpoint("relay.after_publish")
                self._position = self._status.position = told[-1].position
            else:
                await publisher.still_there()

    async def _next(self, db: asyncpg.Connection[asyncpg.Record], epoch: UUID) -> list[Told]:
        """The facts that follow; empty after a quiet second."""
        self._wake.clear()
        await self._heartbeat(db)
        rows = self._remembered() or [tuple(r) for r in await db.fetch(ROWS, self._position, BATCH)]
        if rows:
            expected = range(self._position + 1, self._position + 1 + len(rows))
            if [row[0] for row in rows] != list(expected):
                raise Damaged(f"hole in the facts after position {self._position}")
            return [told_from_row(self._team, epoch, row) for row in rows]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), 1.0)
        return []

    async def _heartbeat(self, db: asyncpg.Connection[asyncpg.Record]) -> None:
        """Keep our session, and notice when it is gone: while memory has facts, nothing is read,
        and the lock would go to another without our knowing.
        """
        if time.monotonic() - self._said_at > SILENT_S:
            await db.execute("SELECT 1")
            self._said_at = time.monotonic()

    def _remembered(self) -> list[FactRow]:
        """What memory has of the facts that follow, without a gap."""
        rows: list[FactRow] = []
        at = self._position
        while self._memory and self._memory[0][0] <= at:
            self._memory.popleft()
        while self._memory and len(rows) < BATCH and self._memory[0][0] == at + 1:
            rows.append(self._memory.popleft())
            at += 1
        if self._memory and not rows:  # out of order: the table has them in order
            self._memory.clear()
        return rows
