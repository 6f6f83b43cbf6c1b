"""Several services behind one address: `/<team>/…` is the team's, all else the portal's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from deploy.trouble import Trouble

_log = logging.getLogger(__name__)


class OneAddress:
    """An ASGI app that hands each request to the team it is for; paths stay as they are."""

    def __init__(self, apps: Mapping[str, ASGIApp], home: str = "portal") -> None:
        self._apps = apps
        self._home = apps[home] if home in apps else next(iter(apps.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only the first segment is looked at."""
        team = scope.get("path", "/").split("/", 2)[1]
        await self._apps.get(team, self._home)(scope, receive, send)


@asynccontextmanager
async def started(apps: Mapping[str, Any]) -> AsyncIterator[None]:
    """Start all services side by side, each in a task of its own, and stop them the same way."""
    stopping = asyncio.Event()
    ready = {team: asyncio.Event() for team in apps}

    async def live(team: str) -> None:
        app = apps[team]
        async with app.router.lifespan_context(app):
            ready[team].set()
            await stopping.wait()

    tasks = {asyncio.create_task(live(team), name=team) for team in apps}

    async def wait_for_all() -> None:
        for event in ready.values():
            await event.wait()

    all_ready = asyncio.create_task(wait_for_all())
    try:
        await asyncio.wait({all_ready, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        failed = next((task for task in tasks if task.done() and task.exception()), None)
        if failed is not None:
            _log.error("%s does not start", failed.get_name(), exc_info=failed.exception())
            raise Trouble(
                f"{failed.get_name()} を起動できません: {failed.exception()}",
                f"{failed.get_name()} does not start",
            ) from failed.exception()
        yield
    finally:
        all_ready.cancel()
        stopping.set()
        await asyncio.gather(*tasks, return_exceptions=True)
