"""The servers of one machine: apart from each other, closed to strangers, back after a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from asyncio import Queue, timeout
from collections.abc import Callable
from pathlib import Path

import asyncpg
import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error
from nats.errors import TimeoutError as NoReply
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import NotFoundError

from deploy.embedded import Servers
from deploy.servers.child import server_user
from deploy.servers.folder import Folder
from deploy.servers.ports import free_port, require_port
from deploy.servers.postgres import SETTINGS
from deploy.services import ROOT
from deploy.teams import TEAMS
from deploy.trouble import Trouble


async def connect(servers: Servers, team: str, refusals: Queue[str]) -> Client:
    """A team's own NATS user; what the server refuses is collected."""

    async def refused(error: Exception) -> None:
        refusals.put_nowait(str(error))

    return await nats.connect(
        servers.nats.url,
        nkeys_seed=str(servers.nats.seed_file(team)),
        inbox_prefix=f"_INBOX_{team}".encode(),
        error_cb=refused,
    )


@pytest.mark.parametrize("team", TEAMS)
async def test_a_team_reads_its_own_database_and_no_neighbours(servers: Servers, team: str) -> None:
    own = servers.postgres.team_url(team)
    connection = await asyncpg.connect(own)
    assert await connection.fetchval("SELECT current_user") == f"tsunagu_{team}"
    assert (
        await connection.fetchval("SELECT usesuper FROM pg_user WHERE usename = current_user")
        is False
    )
    await connection.close()
    for neighbour in (*TEAMS, "postgres"):
        name = neighbour if neighbour == "postgres" else f"tsunagu_{neighbour}"
        if neighbour != team:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await asyncpg.connect(own.replace(f"/tsunagu_{team}?", f"/{name}?"))


async def test_nobody_enters_the_database_without_a_password(servers: Servers) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(
            user="tsunagu_intake", password="guess", host=str(servers.postgres.socket)
        )


async def test_nothing_trades_durability_for_speed(servers: Servers) -> None:
    connection = await asyncpg.connect(servers.postgres_admin_url)
    shown = {row["name"]: row["setting"] for row in await connection.fetch("SHOW ALL")}
    await connection.close()
    assert {shown[name] for name in ("fsync", "full_page_writes", "synchronous_commit")} == {"on"}
    assert shown["data_checksums"] == "on"
    assert shown["wal_init_zero"] == SETTINGS["wal_init_zero"] == "off"


async def test_a_stranger_cannot_connect_to_the_broker(servers: Servers) -> None:
    with pytest.raises(Error, match="Authorization"):
        await nats.connect(servers.nats.url, allow_reconnect=False, error_cb=_quiet)


async def _quiet(_error: Exception) -> None:
    """nats-py prints errors otherwise."""


async def test_a_team_tells_its_own_facts_and_nobody_elses(servers: Servers, broker: str) -> None:
    refusals = Queue[str]()
    client = await connect(servers, "intake", refusals)
    stream = client.jetstream()
    await stream.add_stream(name="FACTS_INTAKE", subjects=["facts.akiruno.intake.>"])
    told = await stream.publish("facts.akiruno.intake.ConsultationReceived.x", b"{}")
    assert told.stream == "FACTS_INTAKE"
    with pytest.raises(NoReply):
        await stream.publish("facts.akiruno.outreach.VisitMade.x", b"{}", timeout=0.2)
    with pytest.raises(NoReply):
        await client.jetstream(timeout=0.2).delete_stream("FACTS_INTAKE")
    assert "facts.akiruno.outreach" in (await refusals.get()).lower()
    await client.close()


async def test_a_team_hears_only_its_own_inbox(servers: Servers, broker: str) -> None:
    refusals = Queue[str]()
    curious = await connect(servers, "community", refusals)
    for subject in (
        "_INBOX.>",
        "_INBOX_intake.>",
        "facts.>",
        "handover.akiruno.coordination.>",
        ">",
    ):
        await curious.subscribe(subject)
    async with timeout(5):
        told = [await refusals.get() for _ in range(5)]
    assert all("subscription" in refusal for refusal in told)
    await curious.close()


async def test_feeds_are_asked_and_answered(servers: Servers, broker: str) -> None:
    refusals = Queue[str]()
    teller, asker = [await connect(servers, team, refusals) for team in ("intake", "reporting")]

    async def answer(message: Msg) -> None:
        await message.respond(b"page")

    await teller.subscribe("feed.akiruno.intake", cb=answer)
    await teller.flush()
    assert (await asker.request("feed.akiruno.intake", b"1")).data == b"page"
    assert refusals.empty()
    for client in (teller, asker):
        await client.close()


async def test_a_team_reads_facts_with_its_own_durable_only(servers: Servers, broker: str) -> None:
    refusals = Queue[str]()
    teller, reader = [await connect(servers, team, refusals) for team in ("intake", "outreach")]
    await teller.jetstream().add_stream(name="FACTS_INTAKE", subjects=["facts.akiruno.intake.>"])
    await teller.jetstream().publish("facts.akiruno.intake.X.-", b"{}")
    streams = reader.jetstream(timeout=2)
    own = ConsumerConfig(durable_name="outreach", ack_policy=AckPolicy.EXPLICIT)
    await streams.add_consumer("FACTS_INTAKE", own)
    reading = await streams.pull_subscribe_bind("outreach", stream="FACTS_INTAKE")
    (message,) = await reading.fetch(1, timeout=2)
    await message.ack_sync()
    state = await streams.consumer_info("FACTS_INTAKE", "outreach")
    assert (state.num_pending, state.num_ack_pending) == (0, 0)
    assert refusals.empty()
    for denied in (
        streams.add_consumer("FACTS_INTAKE", ConsumerConfig(durable_name="reporting")),
        reader.request("$JS.API.STREAM.MSG.DELETE.FACTS_INTAKE", b'{"seq": 1}', timeout=0.2),
        streams.get_msg("FACTS_INTAKE", 1),
        streams.purge_stream("FACTS_INTAKE"),
    ):
        streams._timeout = 0.2  # a refusal is silence
        with pytest.raises(NoReply):
            await denied
    for client in (teller, reader):
        await client.close()


async def test_a_handover_is_for_its_receiver_only(servers: Servers, broker: str) -> None:
    refusals = Queue[str]()
    sender, receiver = [
        await connect(servers, team, refusals) for team in ("intake", "coordination")
    ]
    stream = "HANDOVER_COORDINATION"
    subject = "handover.akiruno.coordination.a"
    await receiver.jetstream().add_stream(name=stream, subjects=["handover.akiruno.coordination.>"])
    sent = await sender.jetstream().publish(subject, b"sealed")
    assert sent.stream == stream
    stranger = await connect(servers, "community", refusals)
    with pytest.raises(NoReply):
        await stranger.jetstream().publish(subject, b"sealed", timeout=0.2)
    assert subject in (await refusals.get()).lower()
    curious = sender.jetstream(timeout=0.2)
    own = ConsumerConfig(durable_name="intake", ack_policy=AckPolicy.EXPLICIT)
    for denied in (
        curious.get_msg(stream, 1),
        curious.stream_info(stream),
        curious.add_consumer(stream, own),
        sender.request(f"$JS.API.STREAM.MSG.DELETE.{stream}", b'{"seq": 1}', timeout=0.2),
    ):
        with pytest.raises(NoReply):
            await denied
    assert await receiver.jetstream().delete_msg(stream, 1)
    for client in (sender, receiver, stranger):
        await client.close()


async def test_both_servers_come_back_after_being_killed(servers: Servers, database: str) -> None:
    connection = await asyncpg.connect(database)
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    servers.kill_postgres()
    servers.start_postgres()
    again = await asyncpg.connect(database)
    assert await again.fetchval("SELECT one FROM kept") == 1
    await again.close()

    refusals = Queue[str]()
    before = servers.nats.url
    client = await connect(servers, "intake", refusals)
    await client.jetstream().add_stream(name="FACTS_INTAKE", subjects=["facts.akiruno.intake.>"])
    await client.jetstream().publish("facts.akiruno.intake.X.-", b"{}")
    await client.close()
    servers.kill_nats()
    servers.start_nats()
    assert servers.nats.url == before
    client = await connect(servers, "intake", refusals)
    assert (await client.jetstream().stream_info("FACTS_INTAKE")).state.messages == 1
    await client.close()
    servers.wipe_nats()
    client = await connect(servers, "intake", refusals)
    with pytest.raises(NotFoundError):
        await client.jetstream().stream_info("FACTS_INTAKE")
    await client.close()


def test_secrets_are_closed_and_never_replaced(servers: Servers) -> None:
    from deploy.servers.secret_files import ensure_secrets

    secrets = servers.folder.secrets
    files = {path: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len((secrets / "intake" / "master.key").read_bytes()) == 32
    assert len((secrets / "public" / "intake.public").read_bytes()) == 32
    ensure_secrets(secrets)
    assert files == {path: path.read_bytes() for path in secrets.rglob("*") if path.is_file()}
    # Only the portal signs tokens; the others verify them.
    assert [
        team for team in TEAMS if "TSUNAGU_TOKEN_SIGNING_KEY_FILE" in servers.environment(team)
    ] == ["portal"]


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(Trouble, match="empty folder"):
        Folder(tmp_path, server_user()).take()
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_folder_serves_one_process_at_a_time(servers: Servers) -> None:
    with pytest.raises(Trouble, match="another tsunagu is running"):
        Folder(servers.folder.path, servers.user).take()


def test_a_full_disk_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.servers.folder._ROOM", 1 << 62)
    with pytest.raises(Trouble, match="nearly full"):
        Folder(tmp_path / "data", server_user()).take()
    assert not (tmp_path / "data").exists()


def test_a_taken_port_is_said_in_one_line(servers: Servers) -> None:
    require_port(free_port())
    with pytest.raises(Trouble, match=f"port {servers.nats.port} is taken") as told:
        require_port(servers.nats.port)
    assert "\n" not in str(told.value)


def test_a_chosen_port_is_chosen_by_nobody_else() -> None:
    """Neither by chance (the numbers that systems give away) nor by another of our processes."""
    first = free_port(following=7)
    low = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    assert first + 7 < low
    assert not set(range(first, first + 8)) & {free_port() for _ in range(50)}
    asked = f"from deploy.servers.ports import claim; print([claim({first} + n) for n in range(8)])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str([False] * 8)
    require_port(first)


def test_a_fresh_database_per_test(new_database: Callable[..., str]) -> None:
    assert new_database() != new_database("outreach")
