"""What another system may do on the bus: read facts. Everything else is tried, and refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from uuid import uuid4

import nats
import pytest
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from deploy.servers.nats_rules import PREFIX
from deploy.services import service_of
from deploy.teams import TEAMS
from services.intake.domain.consultation import Received, consultation
from shared.bus.outside import OUTSIDE
from shared.runtime.host import Host
from shared.runtime.settings import Settings
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from tests.reporting.small_sheets import received
from tests.waiting import until

NEXT = f"{PREFIX}.CONSUMER.MSG.NEXT.FACTS_INTAKE.{OUTSIDE}"


@dataclass
class Outside:
    """The other system's connection, and what the broker said against it."""

    client: Client
    refused: list[str] = field(default_factory=list)

    async def tries(self, subject: str, body: bytes = b"{}", reply: str = "") -> bool:
        """Publish, and say whether it was let through."""
        await self.client.publish(subject, body, reply)
        return not await self._refuses(f'publish to "{subject}"')

    async def hears(self, subject: str) -> bool:
        """Subscribe, and say whether it was let through."""
        await self.client.subscribe(subject)
        return not await self._refuses(f'subscription to "{subject}"')

    async def _refuses(self, what: str) -> bool:
        """Refusals come in the order of the tries, but the client tells them when it likes: one
        more try, surely refused, says when all before it have been heard."""
        probe = f"refused.{uuid4()}"
        await self.client.publish(probe, b"")

        async def heard() -> bool:
            return any(probe in error for error in self.refused)

        await until(heard, "the refusal of the probe")
        return any(what.lower() in error.lower() for error in self.refused)


def told_of(_: object) -> list[Received]:
    """One consultation, whatever was before."""
    return [received("C-08", ("i05",))]


@pytest.fixture
async def intake(settings_of: Callable[[str], Settings]) -> AsyncIterator[Host]:
    """A running intake that has told three facts."""
    host = Host(service_of("intake"), settings_of("intake"))
    await host.start()
    streams = Streams(host.store, consultation, Origin("tester"))
    for _ in range(3):
        await streams.act(uuid4(), told_of)

    async def told() -> bool:
        return host.bus.state.relay.position == 3

    await until(told, "three facts are on the stream")
    yield host
    await host.stop()


@pytest.fixture
async def outside(servers: Servers, intake: Host) -> AsyncIterator[Outside]:
    refused: list[str] = []

    async def said(error: Exception) -> None:
        refused.append(str(error))

    client = await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(OUTSIDE)),
        inbox_prefix=f"_INBOX_{OUTSIDE}".encode(),
        error_cb=said,
    )
    yield Outside(client, refused)
    await client.close()


async def test_it_reads_every_fact_once_and_asks_the_feed(outside: Outside) -> None:
    streams = outside.client.jetstream(prefix=PREFIX)
    reader = await streams.pull_subscribe_bind(OUTSIDE, stream="FACTS_INTAKE")
    messages = await reader.fetch(3, timeout=5)
    for message in messages:
        await message.ack_sync()
    positions = [(message.headers or {})["tsunagu-position"] for message in messages]
    assert positions == ["1", "2", "3"]
    assert messages[0].subject.startswith("facts.akiruno.intake.ConsultationReceived.")
    info = await reader.consumer_info()
    assert (info.num_pending, info.num_ack_pending) == (0, 0)
    assert (await streams.stream_info("FACTS_INTAKE")).state.messages == 3
    asked = await outside.client.request("feed.akiruno.intake", b'{"after": 1}', timeout=5)
    page = json.loads(asked.data)
    assert (page["head"], [fact["position"] for fact in page["facts"]]) == (3, [2, 3])
    assert outside.refused == []


async def test_it_can_say_nothing_and_change_nothing(outside: Outside) -> None:
    for team in TEAMS:
        stream, handovers = f"FACTS_{team.upper()}", f"HANDOVER_{team.upper()}"
        for subject in (
            f"facts.akiruno.{team}.CaseClosed.-",
            f"handover.akiruno.{team}.x",
            f"$JS.API.STREAM.DELETE.{stream}",
            f"$JS.API.STREAM.PURGE.{stream}",
            f"$JS.API.STREAM.MSG.DELETE.{stream}",
            f"$JS.API.CONSUMER.CREATE.{stream}.mine",
            f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.{OUTSIDE}",
            f"$JS.API.CONSUMER.DELETE.{stream}.{OUTSIDE}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.coordination",
            f"$JS.ACK.{stream}.coordination.1.1.1.1.1",
            f"$JS.API.CONSUMER.MSG.NEXT.{handovers}.{OUTSIDE}",
            f"$JS.API.STREAM.INFO.{handovers}",
            f"$JS.API.STREAM.MSG.GET.{handovers}",
            f"$JS.API.DIRECT.GET.{handovers}",
        ):
            assert not await outside.tries(subject), subject
            if subject.startswith("$JS.API"):
                assert not await outside.tries(subject.replace("$JS.API", PREFIX)), subject


async def test_it_hears_nobody_else(outside: Outside) -> None:
    for subject in ("facts.>", "handover.>", "feed.>", "_INBOX.>", "_INBOX_intake.>", ">"):
        assert not await outside.hears(subject), subject


async def test_no_answer_can_be_sent_into_a_stream(outside: Outside, intake: Host) -> None:
    """Where an answer goes is the asker's word: in one account that was a way to tell facts."""
    mine = f"_INBOX_{OUTSIDE}.mine"
    assert await outside.tries(NEXT, reply=mine)
    target = "facts.akiruno.intake.CaseEscalated.-"
    for subject in (NEXT, "feed.akiruno.intake"):
        await outside.tries(subject, b'{"after": 0}', reply=target)
    await outside.client.request("feed.akiruno.intake", b'{"after": 0}', timeout=5)
    state = (await intake.bus.client.jetstream().stream_info("FACTS_INTAKE")).state
    assert state.messages == 3
    assert state.last_seq == 3


async def test_the_reader_is_made_again_with_the_stream(intake: Host, servers: Servers) -> None:
    servers.wipe_nats()

    async def there() -> bool:
        try:
            js = intake.bus.client.jetstream()
            return bool((await js.consumer_info("FACTS_INTAKE", OUTSIDE)).num_pending == 3)
        except (NotFoundError, TimeoutError, nats.errors.Error):
            return False

    await until(there, "the durable and its three facts are there again")
    assert intake.bus.state.relay.error is None
