"""Group commit: whatever queued up while the last transactions ran goes into the next one.

No timer anywhere. Two lanes take turns: while PostgreSQL stores one group, this process prepares
the other. Their order is decided by the store's append lock, as it is between processes.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from uuid import UUID

import asyncpg
import structlog

from shared.sourcing.appending import FactRow
from shared.sourcing.lane import Job, Lane
from shared.sourcing.log import Append, ReadModel, Receipt

log = structlog.get_logger(__name__)

GROUP = 512
"""Events in one commit at the most: large enough to share an fsync, small enough to answer soon."""

LANES = 2

WORTH_SPLITTING = 16
"""Commands; fewer are better off in one commit."""

WAITING = 10_000
"""Commands that may wait; one more is refused at once rather than answered too late."""

MEND_S = 1.0
"""How often a lane without a connection asks for a new one while nothing waits."""


class StoreBusy(Exception):
    """Too many commands wait. Nothing was stored; try again."""


class Writer:
    """Everything one process appends goes through here."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[asyncpg.Connection[asyncpg.Record]]],
        reads: Sequence[ReadModel],
    ) -> None:
        self._connect = connect
        self._reads = reads
        self._queue: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._idle = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._lanes: list[Lane] = []
        self._stopping = False
        self.on_facts: list[Callable[[list[FactRow]], None]] = []

    async def start(self) -> None:
        """Connect and begin to serve the queue."""
        self._lanes = [
            Lane(await self._connect(), self._connect, self._reads, self._told)
            for _ in range(LANES)
        ]
        self._tasks = [
            asyncio.create_task(self._run(lane), name=f"writer-{nth}")
            for nth, lane in enumerate(self._lanes)
        ]

    async def stop(self) -> None:
        """Finish what waits and what is under way, then let go."""
        self._stopping = True
        self._wake.set()
        await asyncio.gather(*self._tasks)
        for lane in self._lanes:
            await lane.close()

    def submit(self, command: Append) -> asyncio.Future[Receipt]:
        """Queue a command.

        The future brings its receipt, VersionConflict, StoreAway or a read model's error.
        """
        if len(self._queue) >= WAITING or self._stopping:
            raise StoreBusy
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._queue.append((command, future))
        self._wake.set()
        return future

    def problems(self) -> list[str]:
        """What keeps commands from being stored; empty when all is well."""
        return [
            f"writer {nth}: {lane.trouble}" for nth, lane in enumerate(self._lanes) if lane.trouble
        ]

    def _told(self, facts: list[FactRow]) -> None:
        for callback in self.on_facts:
            callback(facts)

    async def _run(self, lane: Lane) -> None:
        self._idle += 1
        while True:
            while not self._queue:
                if self._stopping:
                    return
                self._wake.clear()
                await self._rest(lane)
            jobs = self._take(self._share())
            self._idle -= 1
            try:
                await lane.serve(jobs)
            except Exception as error:
                # A lane that ended would leave its commands without an answer, and in the end all.
                log.exception("store.lane_failed", commands=len(jobs))
                lane.give_up(jobs, error)
            self._idle += 1

    async def _rest(self, lane: Lane) -> None:
        """Until something may wait; a lane in trouble mends itself meanwhile."""
        if not lane.trouble:
            await self._wake.wait()
            return
        await lane.mend()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), MEND_S if lane.trouble else None)

    def _share(self) -> int:
        """How many commands this lane takes, so that an idle one finds its part."""
        waiting = len(self._queue)
        return waiting if waiting < WORTH_SPLITTING else -(-waiting // self._idle)

    def _take(self, share: int) -> list[Job]:
        """The next group: a stream and a command id at most once, the rest stays in its order."""
        taken: list[Job] = []
        later: list[Job] = []
        seen: set[UUID] = set()
        events = 0
        while self._queue and events < GROUP and len(taken) < share:
            job = self._queue.popleft()
            command = job[0]
            if command.stream_id in seen or command.command_id in seen:
                later.append(job)
                continue
            seen.add(command.stream_id)
            if command.command_id:
                seen.add(command.command_id)
            taken.append(job)
            events += len(command.sheets) or 1
        self._queue.extendleft(reversed(later))
        return taken
