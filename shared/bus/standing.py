"""Facts in batches for a projection: a standing pull per source, one transaction for all that has
arrived. A fact that cannot be applied is parked alone; the others count.

The consumer keeps nothing on the broker that matters: it starts behind the position the tables were
committed with, so every fact counts once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID

import asyncpg
import nats.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy
from nats.js.errors import NotFoundError

from shared.bus.applying import PASSES, kind_of, park, passes
from shared.bus.projection import ApplyBatch, Projection
from shared.bus.status import SourceStatus
from shared.bus.told import ForeignMessage, Page, Told, told_from_message
from shared.bus.topology import facts_stream
from shared.runtime.crashpoint import crashpoint
from shared.sourcing.log import Connection
from shared.sourcing.store import Store

log = structlog.get_logger(__name__)

ASK = 2000
"""Messages that may be under way."""

LOOK_S = 2.0
EXPIRES_S = 31.0
"""A pull request ends after 30 seconds."""

TOGETHER = 5000
"""Facts in one transaction at the most."""

Asking = Callable[[str, int], Awaitable[Page]]


class Standing:
    """Runs the projection of one service."""

    def __init__(
        self,
        projection: Projection,
        apply_batch: ApplyBatch,
        store: Store,
        team: str,
        client: Callable[[], Client],
        ask: Asking,
        status: dict[str, SourceStatus],
    ) -> None:
        self._projection = projection
        self._apply_batch = apply_batch
        self._store = store
        self._team = team
        self._client = client
        self._ask = ask
        self._status = status
        self._buffer: list[Told] = []
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        self._positions: dict[str, tuple[int, UUID | None]] = {}
        self._asked: dict[str, int] = dict.fromkeys(projection.sources, 0)
        self._asked_at: dict[str, float] = dict.fromkeys(projection.sources, 0.0)
        self._subscriptions: dict[str, Subscription] = {}

    async def run(self) -> None:
        """Until cancelled: one task applies what arrives, one per source sees that it does."""
        await self._load()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._apply_all())
            for source in self._projection.sources:
                group.create_task(self._look_after(source))

    async def _load(self) -> None:
        rows = await self._store.pool.fetch("SELECT source, position, epoch FROM consumed")
        self._positions = {row["source"]: (row["position"], row["epoch"]) for row in rows}
        for source, status in self._status.items():
            status.position = self._positions.get(source, (0, None))[0]

    async def _look_after(self, source: str) -> None:
        status = self._status[source]
        seen = -1
        while True:
            try:
                at, _ = self._positions.get(source, (0, None))
                if at in (seen, 0):  # nothing came since the last look: is there more?
                    await self._from_feed(source)
                seen = self._positions.get(source, (0, None))[0]
                await self._ensure(source)
                status.error = None
            except (*PASSES, NotFoundError, asyncpg.PostgresError) as error:
                status.error = f"{type(error).__name__}: {error}"
                await self._load_again()
            await asyncio.sleep(LOOK_S)

    async def _ensure(self, source: str) -> None:
        """A consumer that starts behind our position, and a request for messages that never runs
        dry.
        """
        client = self._client()
        js = client.jetstream()
        stream = facts_stream(source)
        if source not in self._subscriptions:
            self._subscriptions[source] = await self._listen(client, source)
        try:
            await js.consumer_info(stream, self._team)
        except NotFoundError:
            last = (await js.stream_info(stream)).state.last_seq
            at = min(self._positions.get(source, (0, None))[0], last)
            await js.add_consumer(stream, _config(self._team, at))
            self._asked[source] = 0
        await self._request(source)

    async def _listen(self, client: Client, source: str) -> Subscription:
        async def on_message(message: Msg) -> None:
            if message.reply:
                self._asked[source] -= 1
                try:
                    self._buffer.append(told_from_message(message.headers, message.data))
                except ForeignMessage as error:
                    log.error("bus.foreign", source=source, error=str(error))
                self._wake.set()
            else:  # the pull request ended: ask again
                self._asked[source] = 0
                self._wake.set()

        inbox = client.new_inbox()
        return await client.subscribe(
            inbox, cb=on_message, pending_msgs_limit=-1, pending_bytes_limit=-1
        )

    async def _request(self, source: str) -> None:
        if time.monotonic() - self._asked_at[source] > EXPIRES_S:
            self._asked[source] = 0  # the request has ended, even if nobody could tell us
        if self._asked[source] < ASK // 2 and source in self._subscriptions:
            subject = f"$JS.API.CONSUMER.MSG.NEXT.{facts_stream(source)}.{self._team}"
            await self._client().publish(
                subject,
                b'{"batch":%d,"expires":30000000000}' % ASK,
                self._subscriptions[source].subject,
            )
            self._asked[source] += ASK
            self._asked_at[source] = time.monotonic()

    async def _apply_all(self) -> None:
        while True:
            if not self._buffer:
                self._wake.clear()
                await self._wake.wait()
            told, self._buffer = self._buffer, []
            try:
                for begin in range(0, len(told), TOGETHER):
                    await self._take(told[begin : begin + TOGETHER])
                for source in self._projection.sources:
                    await self._request(source)
            except (*PASSES, asyncpg.PostgresError, nats.errors.Error) as error:
                # What was delivered is dropped, its position was not moved: the feed brings it
                # again.
                log.warning(
                    "standing.again", team=self._team, error=f"{type(error).__name__}: {error}"
                )
                await self._load_again()

    async def _load_again(self) -> None:
        while True:
            try:
                async with self._turn:
                    await self._load()
            except PASSES:
                await asyncio.sleep(0.2)
            else:
                return

    async def _take(self, told: list[Told]) -> None:
        async with self._turn:
            await self._commit(self._following(told))

    def _following(self, told: list[Told]) -> list[Told]:
        """Those that continue where the tables stand; what is missing is left to the feed."""
        at = dict(self._positions)
        following = []
        for one in told:
            position, epoch = at.get(one.team, (0, None))
            if one.position == position + 1 and one.epoch == epoch:
                following.append(one)
                at[one.team] = (one.position, epoch)
        return following

    async def _from_feed(self, source: str) -> None:
        async with self._turn:
            await self._load()  # a rebuild may have put the tables back behind what we remember
            while True:
                at, epoch = self._positions.get(source, (0, None))
                page = await self._ask(source, at)
                self._status[source].head = page.head
                if page.epoch != epoch:
                    await self._begin(source, page.epoch, known=epoch is not None)
                    continue
                following = self._following(page.told())
                if not following:
                    return
                await self._commit(following)

    async def _begin(self, source: str, epoch: UUID, *, known: bool) -> None:
        """Follow a source. A second epoch means its store was restored: the tables must be rebuilt
        by `rebuild`.
        """
        if known:
            raise ConnectionError(f"{source} was restored (epoch {epoch}): rebuild the figures")
        await self._store.pool.execute(
            """INSERT INTO consumed (source, position, epoch) VALUES ($1, 0, $2)
               ON CONFLICT DO NOTHING""",
            source,
            epoch,
        )
        self._positions[source] = (0, epoch)

    async def _commit(self, told: list[Told]) -> None:
        """All of them, or, when they cannot be applied together, all but the guilty, which is
        parked.
        """
        if not told:
            return
        try:
            await self._in_one_transaction(told, self._apply_batch)
        except Exception as error:
            if not _of_the_fact(error):
                raise
            if half := len(told) // 2:
                await self._commit(told[:half])
                await self._commit(told[half:])
                return
            (one,) = told
            log.exception("standing.parked", source=one.team, position=one.position, type=one.type)
            await self._in_one_transaction(told, partial(_park, error=kind_of(error)))

    async def _in_one_transaction(self, told: list[Told], apply: ApplyBatch) -> None:
        last = {one.team: one.position for one in told}
        async with self._store.pool.acquire() as db, db.transaction():
            # A lost tail is applied again from the position lost with it: no need to wait for the
            # disk.
            await db.execute("SET LOCAL synchronous_commit = off")
            for team, position in last.items():
                moved = await db.execute(_ADVANCE, team, position, *self._positions[team])
                if not moved.endswith(" 1"):
                    raise ConnectionError(f"somebody else moved {team}: a rebuild beside us")
            await apply(db, told)
            crashpoint("standing.before_commit")
        for team, position in last.items():
            self._positions[team] = (position, self._positions[team][1])
            status = self._status[team]
            status.position = position
            status.head = max(status.head, position)


async def _park(db: Connection, told: list[Told], *, error: str) -> None:
    for one in told:
        await park(db, one, error)


def _of_the_fact(error: Exception) -> bool:
    """Would it come again with this fact alone? What PostgreSQL says of values is the fact's, and
    so is a fault that the fact brings out in us; a table that is being swapped is not.
    """
    if isinstance(error, asyncpg.PostgresError):
        return isinstance(error, asyncpg.DataError | asyncpg.IntegrityConstraintViolationError)
    return not passes(error)


_ADVANCE = """UPDATE consumed SET position = $2
              WHERE source = $1 AND position = $3 AND epoch = $4"""


def _config(team: str, at: int) -> ConsumerConfig:
    return ConsumerConfig(
        name=team,
        ack_policy=AckPolicy.NONE,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE if at else DeliverPolicy.ALL,
        opt_start_seq=at + 1 if at else None,
        inactive_threshold=3600,
        mem_storage=True,
    )
