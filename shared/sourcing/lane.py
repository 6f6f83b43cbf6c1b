"""One connection that appends: commits a group, answers its commands, and survives a lost
PostgreSQL.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import asyncpg
import structlog

from shared.runtime.crashpoint import crashpoint
from shared.sourcing.appending import Appended, FactRow, append_group
from shared.sourcing.log import Append, Connection, ReadModel, Receipt, VersionConflict

log = structlog.get_logger(__name__)

PATIENCE_S = 30.0
"""How long a command waits for a PostgreSQL that is restarting."""

LOSSES = 5
"""A command under which the connection breaks so often is not tried again."""

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    OSError,
)
"""The connection broke: nobody knows whether the commit happened."""

TROUBLE = (*LOST, asyncpg.PostgresError, TimeoutError)
"""Why a new connection is refused. Whatever PostgreSQL says (too many connections, a password that
was changed), people may mend it, and the next try may go well.
"""


def lost(error: Exception) -> bool:
    """Did the connection break? asyncpg calls a wrong query argument an InterfaceError too: that
    one is the command's, and would never end.
    """
    return isinstance(error, LOST) and not isinstance(error, ValueError)


Job: TypeAlias = "tuple[Append, asyncio.Future[Receipt]]"


class StoreAway(Exception):
    """PostgreSQL has been away for too long.

    The command was not seen stored; the same command id may be tried again.
    """


class Lane:
    """Serves one group after the other."""

    def __init__(
        self,
        db: asyncpg.Connection[asyncpg.Record],
        connect: Callable[[], Awaitable[asyncpg.Connection[asyncpg.Record]]],
        reads: Sequence[ReadModel],
        told: Callable[[list[FactRow]], None],
    ) -> None:
        self._db = db
        self._connect = connect
        self._reads = reads
        self._told = told
        self.trouble: str | None = None
        """What keeps this lane from storing, until it stores or is connected again."""

    async def close(self) -> None:
        await self._db.close()

    async def serve(self, jobs: list[Job], deadline: float | None = None) -> None:
        """Commit a group and answer it.

        Who cannot be stored is answered first, and the others are sent again; when a read model
        fails, or the connection breaks twice, the commands go one by one, so that only the guilty
        one is refused.
        """
        deadline = deadline or time.monotonic() + PATIENCE_S
        losses = 0
        while jobs:
            try:
                appended = await self._commit([command for command, _ in jobs])
            except Exception as error:  # noqa: BLE001 - handed to the command that caused it
                if not lost(error):
                    await self._one_by_one(jobs, error, deadline)
                    return
                losses += 1
                self.trouble = type(error).__name__
                log.warning("store.lost", error=type(error).__name__, commands=len(jobs))
                jobs = await self._after_loss(jobs, deadline)
                if losses >= (LOSSES if len(jobs) == 1 else 2) or time.monotonic() > deadline:
                    await self._one_by_one(jobs, StoreAway(), deadline)
                    return
            else:
                self.trouble = None
                jobs = self._answer(jobs, appended)

    def give_up(self, jobs: list[Job], error: Exception) -> None:
        """A fault of ours: nobody knows what was stored, and the connection may be half way."""
        self.trouble = type(error).__name__
        self._db.terminate()
        for job in jobs:
            _fail(job, StoreAway())

    async def mend(self) -> None:
        """Connect again while nothing waits: a lane that is not ready gets no command to try."""
        try:
            await self._reconnect()
        except TROUBLE as error:
            self.trouble = type(error).__name__

    async def _one_by_one(self, jobs: list[Job], error: Exception, deadline: float) -> None:
        if len(jobs) == 1:
            _fail(jobs[0], error)
            return
        for job in jobs:
            await self.serve([job], deadline)

    async def _commit(self, commands: list[Append]) -> Appended:
        crashpoint("append.before_insert")
        appended = await append_group(self._db, commands, self._reads)
        crashpoint("append.after_commit")
        return appended

    def _answer(self, jobs: list[Job], appended: Appended) -> list[Job]:
        """Tell the callers; what is left must be sent again."""
        if appended.facts:
            self._told(appended.facts)
        for (_, future), receipt in zip(jobs, appended.receipts, strict=False):
            if not future.done():
                future.set_result(receipt)
        for nth, answer in appended.refused.items():
            future = jobs[nth][1]
            if future.done():
                continue
            if answer is None:
                future.set_exception(VersionConflict())
            else:
                future.set_result(answer)
        if not appended.refused:
            return []
        return [job for nth, job in enumerate(jobs) if nth not in appended.refused]

    async def _after_loss(self, jobs: list[Job], deadline: float) -> list[Job]:
        """Reconnect, then ask the store which commands it has: the others are tried again."""
        while True:
            try:
                await self._reconnect()
                return await self._unanswered(self._db, jobs)
            except TROUBLE as error:
                self.trouble = type(error).__name__
                if time.monotonic() > deadline:
                    log.error("store.away", error=str(error))
                    for job in jobs:
                        _fail(job, StoreAway())
                    return []
                await asyncio.sleep(0.1)

    async def _reconnect(self) -> None:
        self._db.terminate()
        self._db = await self._connect()
        self.trouble = None

    async def _unanswered(self, db: Connection, jobs: list[Job]) -> list[Job]:
        firsts = [command.sheets[0].event_id for command, _ in jobs if command.sheets]
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


def _fail(job: Job, error: Exception) -> None:
    if not job[1].done():
        job[1].set_exception(error)
