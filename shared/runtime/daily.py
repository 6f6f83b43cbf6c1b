"""What a service does by itself, by its own clock: erase what is over (N-08), tell its figures.

Nobody has to set a timer. The work looks at the day, not at when it was done last, so doing it
again changes nothing: it is looked for every hour, a process that was away catches up, and of two
processes the second finds nothing left. What fails is tried again an hour later.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import asyncpg
import structlog

from shared.sourcing.log import Connection, Origin

if TYPE_CHECKING:
    from shared.runtime.host import Host

log = structlog.get_logger(__name__)
EVERY_S = 3600.0
TROUBLE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Daily:
    """Does one service's daily work."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        service = self._host.service
        if service.daily is not None or service.daily_at_desk is not None:
            self._task = asyncio.create_task(self._run())
            self._task.add_done_callback(_said)

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def work(self) -> bool:
        """What there is to do today; False if it failed and waits for the next time."""
        host, service = self._host, self._host.service
        try:
            if service.daily is not None:
                await service.daily(host.store, host.clock.today())
            if service.daily_at_desk is not None:
                db = cast("Connection", host.store.pool)
                office = host.office(host.store, db, Origin(actor="daily"))
                await service.daily_at_desk(service.desk(office))
        except TROUBLE as error:
            log.warning("daily.failed", team=host.service.team, error=type(error).__name__)
            return False
        return True

    async def _run(self) -> None:
        while True:
            await self.work()
            await asyncio.sleep(EVERY_S)


def _said(task: asyncio.Task[None]) -> None:
    """Nobody awaits the task: what ends it must not go unheard."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("daily.ended", error=repr(error))
