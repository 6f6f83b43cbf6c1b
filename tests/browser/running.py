"""The whole system as people start it: `./tsunagu up --demo`, with a sign-in for every role."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from deploy.servers.ports import free_port
from deploy.services import ROOT

LOADED = "the demonstration is loaded"
PATIENCE_MS = 60_000
"""Facts travel between the services; a page is opened again until they have arrived."""


@dataclass(frozen=True)
class Running:
    """Where it answers, each role's password, its data folder."""

    address: str
    passwords: dict[str, str]
    data: Path

    def sign_in(self, page: Page, role: str) -> None:
        """Through the form, as everybody does."""
        page.context.clear_cookies()
        page.goto(f"{self.address}/portal/sign-in")
        page.get_by_label("ログイン名").fill(role)
        page.get_by_label("パスワード").fill(self.passwords[role])
        page.get_by_role("button", name=re.compile("ログイン|サインイン")).click()
        expect(page).not_to_have_url(re.compile("sign-in"))

    def visit(self, page: Page, path: str) -> None:
        page.goto(f"{self.address}{path}")


@contextmanager
def system() -> Iterator[Running]:
    """Started on a folder of its own, ended with Ctrl-C."""
    base = Path(tempfile.mkdtemp(prefix="tsunagu-browser-"))
    base.chmod(0o711)
    port = free_port()
    data = base / "var"
    command = [sys.executable, "-P", "-m", "deploy.cli", "up", "--demo"]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(data)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait(process)
        yield Running(f"http://localhost:{port}", _passwords(data), data)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()
        shutil.rmtree(base)


def _wait(process: subprocess.Popen[str]) -> None:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if LOADED in line:
            return
    pytest.fail("up --demo ended:\n" + "".join(said))


def _passwords(data: Path) -> dict[str, str]:
    file = data / "secrets" / "portal" / "accounts.txt"
    words = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return {line[0]: line[1] for line in words}


def open_until(page: Page, url: str, text: str) -> None:
    """Open the page again and again until the text is there: it comes with another team's fact."""
    deadline = PATIENCE_MS
    while True:
        page.goto(url)
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(200)
        deadline -= 200
        if deadline <= 0:
            pytest.fail(f"{url} never showed {text!r}:\n{page.inner_text('body')[:1500]}")
