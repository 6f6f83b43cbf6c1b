"""A team's store for a command, without its bus; a running service goes on beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.services import service_of, settings_for

if TYPE_CHECKING:
    from shared.runtime.host import Host


@asynccontextmanager
async def opened(team: str, data: Path) -> AsyncIterator[Host]:
    from shared.runtime.host import Host
    from shared.sourcing.migrate import migrate

    settings = settings_for(team, data)
    host = Host(service_of(team), settings)
    await migrate(settings.database_url, [host.service.migrations])
    await host.store.open(2)
    try:
        yield host
    finally:
        await host.store.close()
