"""`./tsunagu up` as people use it: started, killed, started again, ended with Ctrl-C."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TypeAlias
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import pytest

from deploy.servers.ports import free_port, is_free
from deploy.services import ROOT
from deploy.teams import TEAMS


class Up:
    """One run of the command, its output read line by line."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "deploy.cli", "up", "--data", str(data), *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def wait_for(self, pattern: str) -> None:
        """Read until a line matches."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if re.search(pattern, line):
                return
        pytest.fail(f"ended without {pattern!r}:\n{''.join(self.said)}")

    def children(self) -> list[psutil.Process]:
        """The servers and services below it."""
        return list(psutil.Process(self.process.pid).children(recursive=True))

    def kill(self) -> None:
        """As a crash would."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def end(self) -> int:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        self.wait_for("everything is stopped")
        self.process.communicate()
        return self.process.returncode


Start: TypeAlias = Callable[..., Up]


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder that the unprivileged server user can pass through to."""
    base = Path(tempfile.mkdtemp(prefix="tsunagu-up-"))
    base.chmod(0o711)
    yield base / "var"
    shutil.rmtree(base)


@pytest.fixture
def up(data: Path) -> Iterator[Start]:
    """`up("--apart")`: run the command on the data folder. No run outlives its test."""
    runs: list[Up] = []

    def start(*arguments: str) -> Up:
        runs.append(Up(data, *arguments))
        return runs[-1]

    yield start
    for run in runs:
        run.kill()


def wait_until_ready(port: int, team: str) -> None:
    """Ask until the service has found its broker: its pages answer before that."""
    deadline = monotonic() + 60
    while True:
        try:
            with urlopen(f"http://localhost:{port}/{team}/health/ready", timeout=20):
                return
        except HTTPError as error:
            if monotonic() > deadline:
                pytest.fail(f"{team} is not ready: {error.read().decode()}")


def gone(children: list[psutil.Process]) -> bool:
    """Whether all of them end within moments."""
    return not psutil.wait_procs(children, timeout=20)[1]


def test_servers_alone_survive_a_kill_and_end_with_ctrl_c(up: Start, data: Path) -> None:
    first = up("--servers-only")
    first.wait_for("monitor:")
    children = first.children()
    assert {child.name() for child in children} >= {"nats-server", "postgres"}
    settings = (data / "run" / "intake.env").read_text(encoding="utf-8")
    assert "TSUNAGU_DATABASE_URL" in settings

    first.kill()
    second = up("--servers-only")
    second.wait_for("monitor:")
    assert gone(children)
    children = second.children()
    assert second.end() == 0
    assert gone(children)


def test_a_server_that_dies_is_started_again_and_said(up: Start) -> None:
    run = up("--servers-only")
    run.wait_for("monitor:")
    first = {child.name(): child.pid for child in run.children() if child.ppid() == run.process.pid}
    for name, said in (("nats-server", "NATS"), ("postgres", "PostgreSQL")):
        os.kill(first[name], signal.SIGKILL)
        run.wait_for(f"{said} runs again")
    children = run.children()
    assert {"nats-server", "postgres"} <= {child.name() for child in children}
    assert not set(first.values()) & {child.pid for child in children}
    assert run.end() == 0
    assert gone(children)


def test_everything_behind_one_address(up: Start) -> None:
    port = free_port()
    first = up("--port", str(port))
    first.wait_for("Ctrl-C")
    assert f"http://localhost:{port}/" in "".join(first.said)
    for team in TEAMS:
        wait_until_ready(port, team)
    first.kill()
    second = up("--port", str(port))
    second.wait_for("Ctrl-C")
    children = second.children()
    assert second.end() == 0
    assert gone(children)
    assert is_free(port)


def test_a_demonstration_that_stops_half_way_says_so_and_the_services_go_on(
    up: Start, data: Path
) -> None:
    city = data.parent / "our-city"
    shutil.copytree(ROOT / "deploy" / "municipalities" / "akiruno", city)
    (city / "samples" / "consultations.csv").unlink()
    port = free_port()
    run = up("--port", str(port), "--demo", "--city", str(city))
    run.wait_for("the demonstration stopped half-way")
    assert "FileNotFoundError" in run.said[-1]
    assert "consultations.csv" in (data / "logs" / "services.log").read_text(encoding="utf-8")
    wait_until_ready(port, "intake")
    assert run.end() == 0


def test_each_service_may_stop_and_come_back(up: Start) -> None:
    port = free_port(following=len(TEAMS))
    run = up("--apart", "--port", str(port))
    run.wait_for("Ctrl-C")
    pids = {
        found.group(1): int(found.group(2))
        for line in run.said
        if (found := re.search(r"(\w+)\s+pid (\d+)", line))
    }
    assert set(pids) == set(TEAMS)
    os.kill(pids["outreach"], signal.SIGKILL)
    with pytest.raises(HTTPError, match="503"):
        urlopen(f"http://localhost:{port}/outreach/health/live", timeout=20)
    wait_until_ready(port, "intake")
    children = run.children()
    assert run.end() == 0
    assert gone(children)


def test_operators_ask_what_is_parked(up: Start, data: Path) -> None:
    run = up("--servers-only")
    run.wait_for("monitor:")
    asked = ask(data, "facts", "parked")
    assert asked.returncode == 0, asked.stdout
    assert "保留している事実はありません" in asked.stdout
    refused = ask(data, "facts", "release", "intake", "coordination", "7")
    assert refused.returncode == 1
    assert "保留されていません" in refused.stdout + refused.stderr
    assert run.end() == 0


def ask(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the tool, on this data folder."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "deploy.cli", *words, "--data", str(data)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_operators_rebuild_the_figures_beside_the_running_services(up: Start, data: Path) -> None:
    servers = up("--servers-only")
    servers.wait_for("monitor:")
    refused = ask(data, "rebuild")
    assert refused.returncode == 1
    assert "intake から返事がありません" in refused.stdout + refused.stderr
    assert servers.end() == 0

    refused = ask(data, "rebuild")
    assert refused.returncode == 1
    assert "./tsunagu up" in refused.stdout + refused.stderr

    port = free_port()
    run = up("--port", str(port))
    run.wait_for("Ctrl-C")
    for team in TEAMS:
        wait_until_ready(port, team)
    done = ask(data, "rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "作り直し、切り替えました" in done.stdout
    assert run.end() == 0
