"""Two other systems read the same facts, each with a user and durables of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import nats
import pytest
from nats.errors import TimeoutError as NoReply

from deploy.embedded import Servers
from deploy.servers.nats_rules import PREFIX
from deploy.services import service_of, settings_from
from deploy.teams import outsiders
from deploy.trouble import Trouble
from services.intake.domain.consultation import consultation
from shared.runtime.host import Host
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from tests.deploy.test_outside import told_of
from tests.waiting import until

BOTH = ("integrator", "kokuho")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """Servers of an operator who named both."""
    monkeypatch.setenv("TSUNAGU_OUTSIDE", ", ".join(BOTH))
    with Servers.temporary() as running:
        yield running


async def read_by(servers: Servers, name: str, durable: str) -> list[str]:
    """The positions that this system gets from that durable of intake's stream."""

    async def quiet(_error: Exception) -> None:
        """nats-py prints refusals otherwise."""

    client = await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(name)),
        inbox_prefix=f"_INBOX_{name}".encode(),
        error_cb=quiet,
    )
    try:
        streams = client.jetstream(prefix=PREFIX, timeout=1)
        reader = await streams.pull_subscribe_bind(durable, stream="FACTS_INTAKE")
        messages = await reader.fetch(3, timeout=2)
        for message in messages:
            await message.ack()
        return [(message.headers or {})["tsunagu-position"] for message in messages]
    finally:
        await client.close()


async def test_each_gets_every_fact_and_none_takes_the_others(asked: Servers) -> None:
    host = Host(service_of("intake"), settings_from(asked.environment("intake")))
    await host.start()
    streams = Streams(host.store, consultation, Origin("tester"))
    for _ in range(3):
        await streams.act(uuid4(), told_of)

    async def told() -> bool:
        return host.bus.state.relay.position == 3

    await until(told, "three facts are on the stream")
    with pytest.raises(NoReply):
        await read_by(asked, "kokuho", durable="integrator")
    for name in BOTH:
        assert await read_by(asked, name, durable=name) == ["1", "2", "3"]
    await host.stop()


@pytest.mark.parametrize("said", ["intake", "operator", "public", "Kokuho", "a b", "x.>", "*"])
def test_a_name_that_would_be_another_is_refused(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUNAGU_OUTSIDE", f"integrator,{said}")
    with pytest.raises(Trouble, match="TSUNAGU_OUTSIDE has a bad name"):
        outsiders()
