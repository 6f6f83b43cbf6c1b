"""One running service: its store, its bus and its pages, as an ASGI app that any server can run.

`up` puts seven of these into one process; `run <service>` and a container run one. It is the same
app either way.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import structlog
from fastapi import FastAPI

from shared.bus.bus import Bus
from shared.privacy.handing_over import handover_model
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.runtime.clock import Clock
from shared.runtime.daily import Daily
from shared.runtime.health import health_router
from shared.runtime.notices import Notices
from shared.runtime.office import Office
from shared.runtime.parked import parked_pages
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.sights import KEEPERS, sights_pages
from shared.sourcing.ids import ids_for
from shared.sourcing.log import Connection, Log, Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store
from shared.vocabulary.city import City, CityError
from shared.web.dress import dress

log = structlog.get_logger(__name__)


class Host:
    """The running parts of one service. Routes find it as `app.state.host`."""

    def __init__(self, service: Service, settings: Settings, clock: Clock | None = None) -> None:
        self.service = service
        self.settings = settings
        self.clock = clock or Clock()
        self.city = City.load(settings.city_dir)
        self.city.require(service.words)
        if faults := list(service.faults(self.city)):
            raise CityError("\n".join(faults))
        keys = SubjectKeys(MasterKey.load(settings.master_key_file))
        reads = (
            *service.reads,
            *handover_model(service.handovers, settings.public_keys_dir),
        )
        self.store = Store(settings.database_url, service.tell, keys, reads)
        counting = service.projection.counting(self.city) if service.projection else None
        self.bus = Bus(service, self.store, settings, self.office, self.city.code, counting)

        self.notices = Notices(self)
        self.daily = Daily(self)

    def office(self, log_: Log, db: Connection, origin: Origin) -> Office:
        """The means for one request or one reaction."""
        return Office(log_, db, origin, self.clock, self.city, ids_for(origin.command_id))

    async def start(self) -> None:
        """Migrate, connect, listen. The broker may be away: the service works, and catches up
        later.
        """
        await migrate(self.settings.database_url, [self.service.migrations])
        await self.store.open(self.settings.readers)
        await self.bus.start()
        self.notices.start()
        self.daily.start()
        log.info("service.started", team=self.service.team)

    async def stop(self) -> None:
        """Finish what is under way, then let go."""
        await self.daily.stop()
        await self.notices.stop()
        await self.bus.stop()
        await self.store.close()
        log.info("service.stopped", team=self.service.team)

    async def problems(self) -> list[str]:
        """What keeps the service from working; empty when it is ready."""
        try:
            await self.store.pool.fetchval("SELECT 1", timeout=2)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
            return [f"database away: {type(error).__name__}"]
        return [*self.store.problems(), *await self.bus.ready()]


def build(service: Service, settings: Settings, clock: Clock | None = None) -> FastAPI:
    """The service's app. Its lifespan starts and stops the host."""
    host = Host(service, settings, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await host.start()
        gc.freeze()  # what is loaded now stays: the collector need not walk it again and again
        gc.set_threshold(50_000, 20, 50)
        try:
            yield
        finally:
            await host.stop()

    app = FastAPI(
        title=f"つなぐ {service.title}",
        version="1.0.0",
        openapi_url=f"/{service.team}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.host = host
    app.include_router(health_router(host))
    app.include_router(parked_pages(host))
    if service.team in KEEPERS:
        app.include_router(sights_pages(host))
    for router in service.routers:
        app.include_router(router)
    dress(app, service, settings, host.city)
    return app
