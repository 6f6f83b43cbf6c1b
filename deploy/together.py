"""All services in one process: fast to start, nothing shared but the process (architecture 9)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.address import OneAddress, started
from deploy.services import app_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from shared.runtime.settings import Settings


@asynccontextmanager
async def together(settings: Mapping[str, Settings]) -> AsyncIterator[ASGIApp]:
    """Each service with its own database, role, NATS user and keys; one ASGI app for all."""
    apps = {team: app_of(own) for team, own in settings.items()}
    async with started(apps):
        yield OneAddress(apps)


@contextmanager
def logs_to(path: Path) -> Iterator[None]:
    """The services' logs go to a file, so that the terminal stays readable."""
    from shared.runtime.logs import set_up_logs

    set_up_logs()
    root = logging.getLogger()
    with path.open("a", encoding="utf-8") as file:
        path.chmod(0o600)
        before = [
            (handler, handler.setStream(file))
            for handler in root.handlers
            if isinstance(handler, logging.StreamHandler)
        ]
        try:
            yield
        finally:
            for handler, stream in before:
                handler.setStream(stream)
