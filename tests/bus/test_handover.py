"""A personal part on its way: sealed, kept once by its receiver, then gone from everywhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import NoReturn
from uuid import UUID, uuid4, uuid5

import pytest
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from shared.bus.applying import react
from shared.bus.courier import HANDOVER_ID
from shared.bus.parking import Parked, parked
from shared.bus.told import Told
from shared.bus.topology import handover_stream
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.privacy.seal import bound, seal
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from tests.bus.conftest import Pair
from tests.bus.pair import open_errands, open_one, resume
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
    await until(_there(pair), "intake is there")
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


async def waiting(pair: Pair) -> list[Parked]:
    """The hand-overs that the receiver cannot keep."""
    async with pair.listener.store.pool.acquire() as db:
        return [row for row in await parked(db) if row.source == "handover"]


async def offer_again(pair: Pair) -> None:
    """Now, instead of after ten seconds."""
    await pair.teller.store.pool.execute("UPDATE handovers SET sent_at = NULL")


async def test_one_that_cannot_be_kept_holds_up_no_other(pair: Pair) -> None:
    bad = uuid4()
    pair.poison.add(bad)
    await open_one(pair.teller, bad, NAME)

    async def is_parked() -> bool:
        return len(await waiting(pair)) == 1

    await until(is_parked, "the bad one is parked")
    (good,) = await open_errands(pair.teller, 1, who=NAME)

    async def good_is_kept() -> bool:
        return await kept(pair, good) == NAME

    await until(good_is_kept, "the other one", seconds=10)
    (row,) = await waiting(pair)
    assert (row.position, row.case_id, row.kind, row.behind) == (1, bad, "ValueError", 0)
    assert "hand-overs parked: 1" in await pair.listener.bus.ready()
    noted = await pair.listener.store.pool.fetch("SELECT envelope, error FROM parked")
    assert NAME not in str([tuple(one) for one in noted])

    async def erased() -> bool:
        js = pair.listener.bus.client.jetstream()
        return (await js.stream_info(handover_stream("intake"))).state.messages == 0

    await until(erased, "the broker holds neither")
    pair.poison.clear()
    await offer_again(pair)

    async def done() -> bool:
        return await receipts(pair) == [True, True]

    await until(done, "both receipts: the sender had kept its copy")
    assert await kept(pair, bad) == NAME
    assert await waiting(pair) == []
    assert await pair.listener.bus.ready() == []


async def test_one_about_a_forgotten_person_is_answered_and_nothing_is_kept(pair: Pair) -> None:
    gone = uuid4()
    await pair.listener.store.forget(gone)
    await open_one(pair.teller, gone, NAME)
    (good,) = await open_errands(pair.teller, 1, who=NAME)

    async def done() -> bool:
        return await receipts(pair) == [True, True]

    await until(done, "both receipts")
    assert await kept(pair, gone) is None
    assert await kept(pair, good) == NAME
    assert await waiting(pair) == []


async def test_a_team_that_is_not_there_holds_up_no_other(pair: Pair) -> None:
    """More than one round takes wait for it, and are older."""
    await pair.teller.store.pool.execute(
        """INSERT INTO handovers (handover_id, case_id, to_team, sealed, basis)
           SELECT gen_random_uuid(), gen_random_uuid(), 'outreach', '\\x00', '{}'
           FROM generate_series(1, 101)"""
    )
    (case_id,) = await open_errands(pair.teller, 1, who=NAME)

    async def is_kept() -> bool:
        return await kept(pair, case_id) == NAME

    await until(is_kept, "the one for a team that is there", seconds=15)


async def test_only_its_receiver_can_say_that_it_has_come(pair: Pair) -> None:
    await pair.listener.stop()
    (case_id,) = await open_errands(pair.teller, 1, who=NAME)
    store = pair.teller.store
    row = await store.pool.fetchrow("SELECT * FROM facts")
    assert row is not None
    handover_id = uuid5(case_id, "handover")
    data = f'{{"handover_id": "{handover_id}"}}'.encode()

    async def hear(team: str) -> bool:
        day, epoch = row["occurred_on"], uuid4()
        told = Told(team, 1, uuid4(), "HandoverReceived", case_id, day, data, b"{}", epoch)
        async with store.begin() as transaction:
            await react(pair.teller.service, _no_office, transaction, told)
        return await receipts(pair) == [True]

    assert not await hear("outreach")
    assert await hear("intake")
    pair.listener = await resume(pair.listener.service, pair.listener.settings)


def _no_office(*_: object) -> NoReturn:
    raise AssertionError("nobody reacts to a receipt")


async def test_a_box_under_another_case_is_not_opened(pair: Pair) -> None:
    """Whoever can publish may not move what was sealed for one case to another."""
    sealed_for, offered_as, handover_id = uuid4(), uuid4(), uuid4()
    folder = pair.listener.settings.public_keys_dir
    assert folder is not None
    public = (folder / "intake.public").read_bytes()
    box = seal(public, _handover(handover_id, sealed_for), bound(handover_id, "intake", sealed_for))
    lying = seal(
        public, _handover(handover_id, sealed_for), bound(handover_id, "intake", offered_as)
    )
    js = pair.teller.bus.client.jetstream()
    await until(_there(pair), "intake is there")
    for number, content in enumerate((box, lying), 1):
        headers = {HANDOVER_ID: str(handover_id)}
        await js.publish(f"handover.akiruno.intake.{offered_as}", content, headers=headers)

        async def is_parked() -> bool:
            return bool(await pair.listener.store.pool.fetchval(_REFUSED))

        await until(is_parked, f"box {number} is refused")
        await pair.listener.store.pool.execute("DELETE FROM parked")
    stored = "SELECT count(*) FROM events"
    assert await pair.listener.store.pool.fetchval(stored) == 0


_REFUSED = "SELECT count(*) FROM parked WHERE error LIKE 'Unsealable%'"


def _there(pair: Pair) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        if not pair.listener.bus.state.connected:
            return False
        try:
            js = pair.listener.bus.client.jetstream()
            return bool(await js.consumer_info(handover_stream("intake"), "intake"))
        except NotFoundError:
            return False

    return asked


def _handover(handover_id: UUID, case_id: UUID) -> bytes:
    made = Handover(
        handover_id=handover_id,
        from_team="coordination",
        to_team="intake",
        case_id=case_id,
        occurred_on=date(2026, 10, 1),
        basis=LegalBasis(kind="consent", reference="consent-1"),
        personal=PersonalPart(name=NAME),
    )
    return made.model_dump_json().encode()
