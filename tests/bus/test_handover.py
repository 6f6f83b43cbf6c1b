"""A personal part on its way: sealed, kept once by its receiver, then gone from everywhere else."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid5

import pytest
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from shared.bus.topology import handover_stream
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from tests.bus.conftest import Pair
from tests.bus.pair import open_errands, resume
from tests.sourcing.errand import errand
from tests.waiting import until

pytestmark = pytest.mark.anyio

NAME = "架空 桜子"


async def receipts(pair: Pair) -> list[bool]:
    """Per hand-over of the sender: has its receipt come?"""
    rows = await pair.teller.store.pool.fetch(
        "SELECT received_at IS NOT NULL AND sealed IS NULL AS done FROM handovers"
    )
    return [row["done"] for row in rows]


async def kept(pair: Pair, case_id: object) -> str | None:
    stream_id = uuid5(case_id, "handover")  # type: ignore[arg-type]  # wider in the fixture
    return (await Streams(pair.listener.store, errand, Origin("test")).state(stream_id)).who


def files_with(folder: Path, words: str) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    ]


async def test_it_arrives_once_and_is_erased_after_the_receipt(
    pair: Pair, servers: Servers
) -> None:
    (case_id,) = await open_errands(pair.teller, 1, who=NAME)

    async def done() -> bool:
        return await receipts(pair) == [True]

    await until(done, "the receipt")
    assert await kept(pair, case_id) == NAME
    js = pair.listener.bus.client.jetstream()
    assert (await js.stream_info(handover_stream("intake"))).state.messages == 0
    assert files_with(servers.folder.path / "nats", NAME) == []


async def test_what_the_broker_lost_is_sent_again(pair: Pair, servers: Servers) -> None:
    bus = pair.listener.bus

    async def ready() -> bool:
        if not bus.state.connected:
            return False
        try:
            js = bus.client.jetstream()
            return bool(await js.consumer_info(handover_stream("intake"), "intake"))
        except NotFoundError:
            return False

    await until(ready, "intake is there")
    await pair.listener.stop()
    cases = await open_errands(pair.teller, 3, who=NAME)

    async def sent() -> bool:
        rows = await pair.teller.store.pool.fetch("SELECT sent_at FROM handovers")
        return len(rows) == 3 and all(row["sent_at"] for row in rows)

    await until(sent, "all three are on the bus")
    servers.wipe_nats()
    pair.listener = await resume(pair.listener.service, pair.listener.settings)

    async def done() -> bool:
        return await receipts(pair) == [True] * 3

    await until(done, "three receipts", seconds=60)
    assert [await kept(pair, case_id) for case_id in cases] == [NAME] * 3
