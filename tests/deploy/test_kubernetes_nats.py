"""Three real NATS servers, started as deploy/kubernetes/nats.yaml does, keep a fact three times."""

from __future__ import annotations

import signal
import sysconfig
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.errors import Error
from typer.testing import CliRunner

from deploy.cli import app
from deploy.servers.child import Child, this_user
from deploy.servers.ports import free_port
from shared.bus.topology import ensure_facts_stream
from tests.deploy.test_kubernetes import environment_of, found
from tests.waiting import until

NATS = Path(sysconfig.get_path("scripts")) / "nats-server"


@dataclass
class Three:
    """The servers of the StatefulSet, and where a team's seed lies."""

    children: list[Child]
    urls: list[str]
    secrets: Path

    async def as_team(self, team: str) -> Client:
        async def quiet(_error: Exception) -> None:
            """nats-py prints what goes wrong otherwise."""

        return await nats.connect(
            list(self.urls),
            nkeys_seed=str(self.secrets / team / "nats.seed"),
            inbox_prefix=f"_INBOX_{team}".encode(),
            error_cb=quiet,
        )


def configured(secrets: Path, room: Path, port: int) -> Path:
    """What `tsunagu host secrets` writes, for one server on this machine."""
    said = ["--listen", f"127.0.0.1:{port}", "--monitor", f"127.0.0.1:{free_port()}"]
    done = CliRunner().invoke(
        app, ["host", "secrets", str(secrets), *said, "--store", str(room / "data")]
    )
    assert done.exit_code == 0, done.output
    return (secrets / "nats" / "nats.conf").rename(room / "nats.conf")


def arguments(name: str, config: Path, routes: dict[str, int]) -> list[str]:
    """The manifest's, with ports of this machine for its host names."""
    (container,) = found("StatefulSet")["nats"]["spec"]["template"]["spec"]["containers"]
    text = "\n".join(container["args"]).replace("$(NAME)", name)
    text = text.replace("/run/tsunagu/nats/nats.conf", str(config))
    text = text.replace("0.0.0.0:6222", f"127.0.0.1:{routes[name]}")
    for other, port in routes.items():
        text = text.replace(f"{other}.nats-routes:6222", f"127.0.0.1:{port}")
    assert ":6222" not in text
    return text.splitlines()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    routes = {
        f"nats-{number}": free_port()
        for number in range(found("StatefulSet")["nats"]["spec"]["replicas"])
    }
    made = Three([], [], tmp_path / "secrets")
    with ExitStack() as ending:
        for name in routes:
            room, port = tmp_path / name, free_port()
            room.mkdir()
            config = configured(made.secrets, room, port)
            child = Child(name, this_user(), room / "log")
            child.start([NATS, *arguments(name, config, routes)], cwd=room)
            ending.callback(child.stop, signal.SIGKILL)
            made.children.append(child)
            made.urls.append(f"nats://127.0.0.1:{port}")
        yield made


async def test_a_fact_survives_the_loss_of_a_server(three: Three) -> None:
    replicas = int(environment_of("intake")["TSUNAGU_STREAM_REPLICAS"])
    client = await three.as_team("intake")
    js = client.jetstream(timeout=2)

    async def made() -> bool:
        try:
            await ensure_facts_stream(js, "akiruno", "intake", replicas)
        except Error:  # no leader yet
            return False
        return True

    try:
        await until(made, "a stream in three copies", seconds=60)
        await js.publish("facts.akiruno.intake.Told", b"1")
        leader = (await js.stream_info("FACTS_INTAKE")).cluster
        assert leader is not None
        assert leader.leader
        assert len(leader.replicas or []) == replicas - 1
        three.children[int(leader.leader.removeprefix("nats-"))].stop(signal.SIGKILL)

        async def there() -> bool:
            try:
                return (await js.stream_info("FACTS_INTAKE")).state.messages == 1
            except Error:  # the others choose a new leader
                return False

        await until(there, "the fact on the other two", seconds=60)
    finally:
        await client.close()
