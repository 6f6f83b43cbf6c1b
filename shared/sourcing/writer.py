"""Group commit: whatever queued up while the last transaction ran goes into the next one. No timer anywhere."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import asyncpg
import structlog

from shared.runtime.crashpoint import crashpoint
from shared.sourcing.appending import Appended, FactRow, append_group
from shared.sourcing.log import Append, Connection, ReadModel, Receipt, VersionConflict

log = structlog.get_logger(__name__)

GROUP = 512
"""Events in one commit at the most: large enough to share an fsync, small enough to answer soon."""

WAITING = 10_000
"""Commands that may wait; one more is refused at once rather than answered too late."""

PATIENCE_S = 30.0
"""How long a command waits for a PostgreSQL that is restarting."""

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    OSError,
)
"""The connection broke: nobody knows whether the commit happened."""

Job = tuple[Append, "asyncio.Future[Receipt]"]


class StoreBusy(Exception):
    """Too many commands wait, or PostgreSQL has been away for too long. Nothing was stored; try again."""


class Writer:
    """The one task of a process that appends."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[asyncpg.Connection[asyncpg.Record]]],
        reads: Sequence[ReadModel],
    ):
        self._connect = connect
        self._reads = reads
        self._queue: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._db: asyncpg.Connection[asyncpg.Record] | None = None
        self._task: asyncio.Task[None] | None = None
        self.on_facts: list[Callable[[list[FactRow]], None]] = []

    async def start(self) -> None:
        """Connect and begin to serve the queue."""
        self._db = await self._connect()
        self._task = asyncio.create_task(self._run(), name="writer")

    async def stop(self) -> None:
        """Finish what waits, then let go."""
        while self._queue and self._task and not self._task.done():
            await asyncio.wait([self._queue[-1][1]])
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._db:
            await self._db.close()

    def submit(self, command: Append) -> asyncio.Future[Receipt]:
        """Queue a command. The future brings its receipt, VersionConflict, StoreBusy or a read model's error."""
        if len(self._queue) >= WAITING:
            raise StoreBusy
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._queue.append((command, future))
        self._wake.set()
        return future

    async def _run(self) -> None:
        while True:
            while not self._queue:
                self._wake.clear()
                await self._wake.wait()
            await self._serve(self._take())

    def _take(self) -> list[Job]:
        """The next group: a stream and a command id at most once, the rest stays in its order."""
        taken: list[Job] = []
        later: list[Job] = []
        seen: set[UUID] = set()
        events = 0
        while self._queue and events < GROUP:
            job = self._queue.popleft()
            mine = {job[0].stream_id} | (
                {job[0].command_id} if job[0].command_id else set()
            )
            if seen & mine:
                later.append(job)
                continue
            seen |= mine
            taken.append(job)
            events += len(job[0].sheets) or 1
        self._queue.extendleft(reversed(later))
        return taken

    async def _serve(self, jobs: list[Job]) -> None:
        """Commit a group; when a read model fails, one by one, so that only the guilty command is refused."""
        deadline = time.monotonic() + PATIENCE_S
        while jobs:
            try:
                self._answer(jobs, await self._commit([command for command, _ in jobs]))
                return
            except LOST as error:
                log.warning("store.lost", error=str(error), commands=len(jobs))
                jobs = await self._after_loss(jobs, deadline)
            except Exception as error:  # noqa: BLE001 - handed to the command that caused it
                if len(jobs) == 1:
                    _fail(jobs[0], error)
                    return
                for job in jobs:
                    await self._serve([job])
                return

    async def _commit(self, commands: list[Append]) -> Appended:
        assert self._db is not None
        crashpoint("append.before_insert")
        async with self._db.transaction():
            appended = await append_group(self._db, commands, self._reads)
            crashpoint("append.before_commit")
        crashpoint("append.after_commit")
        return appended

    def _answer(self, jobs: list[Job], appended: Appended) -> None:
        for (_, future), receipt in zip(jobs, appended.receipts, strict=True):
            if future.done():
                continue
            if receipt is None:
                future.set_exception(VersionConflict())
            else:
                future.set_result(receipt)
        if appended.facts:
            for callback in self.on_facts:
                callback(appended.facts)

    async def _after_loss(self, jobs: list[Job], deadline: float) -> list[Job]:
        """Reconnect, then ask the store which of the commands it has: those are answered, the others are tried again."""
        while True:
            try:
                if self._db:
                    self._db.terminate()
                self._db = await self._connect()
                return await self._unanswered(self._db, jobs)
            except (*LOST, TimeoutError) as error:
                if time.monotonic() > deadline:
                    log.error("store.away", error=str(error))
                    for job in jobs:
                        _fail(job, StoreBusy())
                    return []
                await asyncio.sleep(0.1)

    async def _unanswered(self, db: Connection, jobs: list[Job]) -> list[Job]:
        firsts = [c.sheets[0].event_id for c, _ in jobs if c.sheets]
        rows = await db.fetch(
            "SELECT event_id, position FROM events WHERE event_id = ANY($1)", firsts
        )
        stored = {row["event_id"]: row["position"] for row in rows}
        left: list[Job] = []
        for command, future in jobs:
            first = stored.get(command.sheets[0].event_id) if command.sheets else None
            if first is None:
                left.append((command, future))
            elif not future.done():
                size = len(command.sheets)
                future.set_result(Receipt(command.expected + size, first + size - 1))
        return left


def _fail(job: Job, error: BaseException) -> None:
    if not job[1].done():
        job[1].set_exception(error)
