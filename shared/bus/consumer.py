"""Listening to one team: a durable pull consumer on the broker, and the feed for whatever the
broker lost.

`subscribe` is the only way to subscribe: FastStream's defaults would lose a failing fact, reorder a
batch, or overwrite a stream's settings.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from nats.js.errors import NotFoundError

from shared.bus.applying import PASSES, Applier
from shared.bus.status import SourceStatus
from shared.bus.told import ForeignMessage, told_from_message
from shared.bus.topology import ensure_reader, facts_stream
from shared.runtime.crashpoint import crashpoint

log = structlog.get_logger(__name__)

LOOK_S = 2.0
"""How often a consumer is looked after and compared with its source."""

AGAIN_S = 0.5
"""A fact that hit a passing trouble is delivered again after this."""


async def _raw(message: Any) -> bytes:
    """No decoding by the framework: bad bytes are our business."""
    body: bytes = message.body
    return body


def subscribe(
    broker: NatsBroker,
    subject: str,
    stream: str,
    durable: str,
    handle: Callable[[NatsMessage], Awaitable[None]],
) -> Any:
    """A pull subscriber that takes one message at a time and acknowledges only when told to."""
    subscriber = broker.subscriber(
        subject,
        durable=durable,
        stream=JStream(stream, declare=False),
        pull_sub=PullSub(batch_size=1, timeout=5),
        ack_policy=AckPolicy.MANUAL,
        decoder=_raw,
        inbox_prefix=f"_INBOX_{durable}.".encode(),
        no_reply=True,
        include_in_schema=False,
    )

    async def one(message: NatsMessage) -> None:
        await handle(message)

    subscriber(one)
    return subscriber


class Consumer:
    """Keeps one source applied: delivery, watchdog and comparison with the feed."""

    def __init__(
        self, broker: NatsBroker, city: str, team: str, applier: Applier, status: SourceStatus
    ) -> None:
        self._broker = broker
        self._city = city
        self._team = team
        self._applier = applier
        self._status = status
        self._source = status.source
        self._subscriber: Any = None
        self._seen = -1

    async def run(self) -> None:
        """Until cancelled: see to it that facts arrive, whatever happened to the broker."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """At the broker and at the feed. What one of them lacks is no better because the other is
        well.
        """
        troubles = [await _trouble_of(self._look_at_broker), await _trouble_of(self._look_at_feed)]
        self._status.error = "; ".join(one for one in troubles if one) or None

    async def stop(self) -> None:
        if self._subscriber:
            await self._subscriber.stop()

    async def _look_at_broker(self) -> None:
        js = self._broker.connection.jetstream()
        stream = facts_stream(self._source)
        position, _ = await self._applier.consumed()
        if await ensure_reader(js, stream, self._team, position):
            log.info("bus.consumer_made", consumer=self._team, stream=stream, position=position)
        if self._subscriber is None:
            subject = f"facts.{self._city}.{self._source}.>"
            subscriber = subscribe(self._broker, subject, stream, self._team, self._deliver)
            await subscriber.start()
            self._subscriber = subscriber

    async def _look_at_feed(self) -> None:
        """Anti-entropy: nothing arrived since the last look although there is more, so fetch it."""
        position, _ = await self._applier.consumed()
        self._status.position = position
        if position == self._seen or position == 0:
            self._status.head = await self._applier.catch_up()
            position, _ = await self._applier.consumed()
        self._seen = position

    async def _deliver(self, message: NatsMessage) -> None:
        raw = message.raw_message
        try:
            told = told_from_message(dict(raw.headers or {}), raw.data)
        except ForeignMessage as error:
            log.error("bus.foreign", source=self._source, error=str(error))
            await message.reject()
            return
        try:
            await self._applier.take(told)
        except PASSES as error:
            self._status.error = f"{type(error).__name__}: {error}"
            log.info(
                "bus.again", source=self._source, position=told.position, error=self._status.error
            )
            await message.nack(delay=AGAIN_S)
            return
        except Exception as error:
            log.exception("bus.take_failed", source=self._source, position=told.position)
            self._status.error = type(error).__name__
            await message.nack(delay=LOOK_S)
            return
        crashpoint("apply.before_ack")
        await message.ack()


async def _trouble_of(look: Callable[[], Awaitable[None]]) -> str | None:
    try:
        await look()
    except (*PASSES, NotFoundError) as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:
        # Whatever it is: the next look may go well, and without any look nothing would be caught
        # up.
        log.exception("bus.look_failed", look=look.__name__)
        return type(error).__name__
    return None
