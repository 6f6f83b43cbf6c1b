"""Streams and consumers, created or brought up to date by us, never by a subscriber's defaults."""

from __future__ import annotations

from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import NotFoundError


def facts_stream(team: str) -> str:
    return f"FACTS_{team.upper()}"


def handover_stream(team: str) -> str:
    return f"HANDOVER_{team.upper()}"


async def ensure_facts_stream(js: JetStreamContext, city: str, team: str, replicas: int) -> None:
    """Our public feed on the bus: all we ever told, in order; no age, no size drops a fact."""
    config = StreamConfig(
        name=facts_stream(team),
        subjects=[f"facts.{city}.{team}.>"],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        allow_direct=True,
        duplicate_window=120,
        allow_atomic=True,
    )
    await _ensure(js, config)


async def ensure_handover_stream(js: JetStreamContext, city: str, team: str, replicas: int) -> None:
    """Sealed personal parts on their way to us; each is erased as soon as we have it."""
    config = StreamConfig(
        name=handover_stream(team),
        subjects=[f"handover.{city}.{team}.>"],
        retention=RetentionPolicy.WORK_QUEUE,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        num_replicas=replicas,
        duplicate_window=120,
    )
    await _ensure(js, config)


async def _ensure(js: JetStreamContext, config: StreamConfig) -> None:
    try:
        await js.stream_info(config.name or "")
    except NotFoundError:
        await js.add_stream(config)
    else:
        await js.update_stream(config)


async def ensure_reader(
    js: JetStreamContext, stream: str, reader: str, after: int, at_once: int = 1
) -> bool:
    """The durable of `reader` on a stream, made or brought up to date. True when it had to be made;
    then it starts after this sequence, else it stays where it is.

    One message at a time is under way, so order survives a retry; it is delivered until we say it
    is done.
    """
    wanted = {
        "ack_policy": AckPolicy.EXPLICIT,
        "ack_wait": 30,
        "max_deliver": -1,
        "max_ack_pending": at_once,
    }
    try:
        found = (await js.consumer_info(stream, reader)).config
    except NotFoundError:
        last = (await js.stream_info(stream)).state.last_seq
        known = 0 < after <= last
        config = ConsumerConfig(
            durable_name=reader,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE if known else DeliverPolicy.ALL,
            opt_start_seq=after + 1 if known else None,
        )
        await js.add_consumer(stream, config.evolve(**wanted))
        return True
    if any(getattr(found, name) != value for name, value in wanted.items()):
        await js.add_consumer(stream, found.evolve(**wanted))
    return False
