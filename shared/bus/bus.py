"""The bus of one running service: one connection, one relay, one consumer per source, one courier.

The broker may be away at the start, vanish, or come back empty. The service goes on; what was
missed is caught up.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

import asyncpg
import structlog
from faststream.nats import NatsBroker
from faststream.nats.security import NatsNKey
from nats.aio.client import Client

from shared.bus.applying import Applier, MakeOffice
from shared.bus.consumer import Consumer
from shared.bus.courier import Courier
from shared.bus.feed import ask, feed_subject, page
from shared.bus.outside import Outside, outsiders
from shared.bus.parking import handovers_parked, release
from shared.bus.projection import ApplyBatch
from shared.bus.receiving import Receiver
from shared.bus.relay import Relay
from shared.bus.standing import Standing
from shared.bus.status import BusStatus, SourceStatus
from shared.bus.told import Page
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.sourcing.store import Store

log = structlog.get_logger(__name__)

CONNECT_AGAIN_S = 0.5
BEGIN_AGAIN_S = 2.0
LEAVE_S = 10.0
"""How long a subscription may take to end."""
ASKED_TO_LEAVE = 10
"""Times that a task is asked to end, twice a second."""
"""A task that a fault of ours has ended begins again after this."""


class Bus:
    """Starts and stops everything that speaks to the broker."""

    def __init__(
        self,
        service: Service,
        store: Store,
        settings: Settings,
        office: MakeOffice,
        city: str,
        apply_batch: ApplyBatch | None = None,
    ) -> None:
        self._service = service
        self._store = store
        self._settings = settings
        self._office = office
        self._apply_batch = apply_batch
        self._city = city
        self._tasks: list[asyncio.Task[None]] = []
        self._consumers: list[Consumer] = []
        self.state = BusStatus(service.team)
        self._broker = self._make_broker()
        self._courier = Courier(store, self._broker, city, self.state)
        self._receiver = Receiver(service, store, self._broker, city, office, self.state)

    def _make_broker(self) -> NatsBroker:
        seed_file = self._settings.nats_seed_file
        security = NatsNKey.from_seed(seed_file.read_text().strip()) if seed_file else None
        return NatsBroker(
            self._settings.nats_url,
            name=self._service.team,
            security=security,
            inbox_prefix=f"_INBOX_{self._service.team}".encode(),
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.2,  # type: ignore[arg-type]  # nats-py takes fractions
            ping_interval=5,
            max_outstanding_pings=2,
            connect_timeout=2,
            graceful_timeout=10,
            error_cb=self._on_error,
            disconnected_cb=self._on_disconnected,
            reconnected_cb=self._on_reconnected,
            logger=logging.getLogger(f"bus.{self._service.team}"),
            log_level=logging.DEBUG,
        )

    @property
    def client(self) -> Client:
        """The one connection; FastStream's subscribers use the same."""
        client: Client = self._broker.connection
        return client

    async def start(self) -> None:
        """Begin; answers at once, also while the broker is away."""
        self._spawn("connect", self._connect_and_run)

    async def stop(self) -> None:
        """Let what is under way finish, then leave. What does not end in time is left behind: it
        was not acknowledged, so it comes again.
        """
        for consumer in self._consumers:
            await self._within("consumer", consumer.stop())
        await self._within("receiver", self._receiver.stop())
        pending = {task for task in self._tasks if not task.done()}
        for _ in range(ASKED_TO_LEAVE):
            if not pending:
                break
            for task in pending:  # a cancellation can be lost in a wait that just ended
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=0.5)
        if pending:  # one lost within a task group is not asked for a second time
            names = [task.get_name() for task in pending]
            log.warning("bus.left_behind", team=self._service.team, names=names)
        await self._within("broker", self._broker.stop())

    async def _within(self, name: str, leaving: Awaitable[None]) -> None:
        """A subscription that is just being made, when the service ends, may never be left."""
        try:
            async with asyncio.timeout(LEAVE_S):
                await leaving
        except TimeoutError:
            log.warning("bus.left_behind", team=self._service.team, name=name)

    def _spawn(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.append(
            asyncio.create_task(self._guard(name, work), name=f"{self._service.team}.{name}")
        )

    async def _guard(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A task that ends by a fault of ours must be seen and begin again: readiness says so, and
        the log says why.
        """
        while True:
            try:
                await work()
            except Exception as error:
                log.exception("bus.task_ended", name=name)
                self.state.ended[name] = type(error).__name__
            else:
                return
            await asyncio.sleep(BEGIN_AGAIN_S)
            # It counts as well when it has run for as long as it takes to fail again.
            asyncio.get_running_loop().call_later(BEGIN_AGAIN_S, self.state.ended.pop, name, None)

    async def _connect_and_run(self) -> None:
        while True:
            try:
                await self._broker.connect()
                await self._broker.start()
                break
            except Exception as error:  # noqa: BLE001 - nats-py raises whatever the socket raised
                log.info("bus.away", error=f"{type(error).__name__}: {error}")
                await asyncio.sleep(CONNECT_AGAIN_S)
        self.state.connected = True
        await self.client.subscribe(
            feed_subject(self._city, self._service.team), cb=self._answer_feed
        )
        self._start_telling()
        self._start_listening()

    def _start_telling(self) -> None:
        team, settings = self._service.team, self._settings
        relay = Relay(
            team,
            self._city,
            settings.database_url,
            lambda: self.client,
            self.state.relay,
            settings.stream_replicas,
            Outside(outsiders(settings.outside), settings.site),
        )
        self._store.on_facts(relay.offer)
        self._store.on_facts(lambda _facts: self._courier.wake.set())
        self._spawn("relay", relay.run)
        self._spawn("courier.send", self._courier.send)
        if self._service.accept and (key_file := settings.handover_key_file):
            replicas = settings.stream_replicas
            self._spawn("receiver", partial(self._receiver.run, key_file, replicas))

    def _start_listening(self) -> None:
        if self._service.reactions:
            for source in self._service.reactions.sources:
                status = self.state.sources[source] = SourceStatus(source)
                applier = Applier(self._service, self._store, self._office, self._ask, status)
                consumer = Consumer(self._broker, self._city, self._service.team, applier, status)
                self._consumers.append(consumer)
                self._spawn(f"consumer.{source}", consumer.run)
        if (projection := self._service.projection) and self._apply_batch:
            for source in projection.sources:
                self.state.sources[source] = SourceStatus(source)
            standing = Standing(
                projection,
                self._apply_batch,
                self._store,
                self._service.team,
                lambda: self.client,
                self._ask,
                self.state.sources,
            )
            self._spawn("standing", standing.run)

    async def _ask(self, source: str, after: int) -> Page:
        return await ask(self.client, self._city, source, after)

    async def _answer_feed(self, message: Any) -> None:
        try:
            async with self._store.pool.acquire() as db:
                await message.respond(await page(db, self._service.team, message.data))
        except (ValueError, KeyError, TypeError) as error:
            log.warning("feed.bad_question", error=str(error))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            log.info("feed.away", error=str(error))  # the asker's time-out says: later

    async def _on_error(self, error: Exception) -> None:
        if "permission" in str(error).lower():
            self.state.refused(str(error))
        log.warning("bus.error", error=f"{type(error).__name__}: {error}")

    async def _on_disconnected(self) -> None:
        self.state.connected = False

    async def _on_reconnected(self) -> None:
        self.state.connected = True

    async def ready(self) -> list[str]:
        """What keeps this service from hearing and telling; empty when all is well."""
        problems = [] if self.state.connected else ["broker away"]
        if refusal := self.state.refusal():
            problems.append(refusal)
        problems += [f"{task}: {error}" for task, error in self.state.ended.items()]
        if self.state.relay.error:
            problems.append(f"relay: {self.state.relay.error}")
        problems += [f"hand-overs, {part}: {error}" for part, error in self.state.handovers.items()]
        problems += [f"{s.source}: {s.error}" for s in self.state.sources.values() if s.error]
        async with self._store.pool.acquire() as db:
            if parked := await handovers_parked(db):
                problems.append(f"hand-overs parked: {parked}")
        return problems

    async def release(self, source: str, position: int) -> int:
        """Apply a parked fact of `source` and what waits behind it; 0 when it is no longer parked.
        Raises what the fact raises when it still cannot be applied; then nothing has changed.
        """
        return await release(self._service, self._store, self._office, source, position)

    def status(self) -> BusStatus:
        """Positions and lags."""
        return self.state
