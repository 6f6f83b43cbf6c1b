"""The commands say in one line, in both languages, what is wrong and what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.commands.checks import chromium
from deploy.services import ROOT
from deploy.trouble import Trouble

COMMANDS = (
    "up", "test", "run", "import", "import consultations", "facts", "facts tail",
    "facts parked", "facts release", "token", "verify", "rebuild", "expire", "bench",
    "account", "account add", "account password", "account disable", "account enable",
    "account list", "host", "host secrets", "host roles", "host restored", "host ledger",
)  # fmt: skip


def tsunagu(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As the start script calls it."""
    outside = {name: value for name, value in os.environ.items() if "TSUNAGU" not in name}
    return subprocess.run(
        [sys.executable, "-P", "-m", "deploy.cli", *arguments],
        env={**outside, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of a refusal."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("エラー: ")
    assert " / " in line
    return line


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = tsunagu(*command.split(), "--help")
    assert done.returncode == 0, done.stderr
    assert f"./tsunagu {command}" in done.stdout


def test_a_taken_port_is_said_before_anything_starts(taken_port: int, tmp_path: Path) -> None:
    line = refused(tsunagu("up", "--port", str(taken_port), "--data", str(tmp_path / "var")))
    assert f"--port {taken_port + 1}" in line
    assert not (tmp_path / "var").exists()


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").touch()
    assert "--data" in refused(tsunagu("up", "--servers-only", "--data", str(tmp_path)))
    assert [path.name for path in tmp_path.iterdir()] == ["report.xlsx"]


def test_an_unknown_service_is_named_with_the_known_ones() -> None:
    assert "intake, participation" in refused(tsunagu("run", "intaek"))


@pytest.mark.parametrize("command", ["run intake", "facts tail", "verify", "rebuild"])
def test_without_servers_it_says_how_to_start_them(command: str, tmp_path: Path) -> None:
    line = refused(tsunagu(*command.split(), "--data", str(tmp_path)))
    assert "./tsunagu up" in line


def test_ci_does_not_skip_the_browser() -> None:
    assert "chromium" in refused(tsunagu("test", CI="true", PATH="/nowhere"))


def test_the_tests_use_the_browser_that_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the one that Debian would have put there: all were skipped, and CI was green."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    assert chromium() is None
    monkeypatch.setenv("CI", "1")
    with pytest.raises(Trouble, match="CI needs chromium"):
        chromium()
    program = tmp_path / "chromium-browser"
    program.touch(mode=0o755)
    assert chromium() == str(program)
