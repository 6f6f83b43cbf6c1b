"""PostgreSQL and NATS of one machine, started from wheels under one data folder.

    with Servers(Path("var")) as servers:
        servers.environment("intake")["TSUNAGU_DATABASE_URL"]

`python -m deploy.embedded --data DIR` starts them and prints the settings for people.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from deploy.cities import CityFolder, city_of, keep_city
from deploy.servers.child import server_user
from deploy.servers.folder import Folder, in_data
from deploy.servers.nats import Nats
from deploy.servers.postgres import Postgres
from deploy.servers.secret_files import ensure_secrets
from deploy.teams import TEAMS, outsiders
from deploy.trouble import Trouble


class Servers:
    """Both servers and every team's settings. They end when this process does, however it ends."""

    def __init__(self, data: Path, *, city: str | None = None) -> None:
        """`city`: a name or a folder (`deploy.cities`); None: the one this data began with."""
        self.user = server_user()
        self.folder = Folder(data, self.user)
        self._said = city
        self._city: CityFolder | None = None
        self._postgres: Postgres | None = None
        self._nats: Nats | None = None

    @property
    def city(self) -> CityFolder:
        """Whose data this is; only after `start`."""
        if self._city is None:
            raise RuntimeError("the servers were not started")
        return self._city

    @property
    def postgres(self) -> Postgres:
        """The database server; only after `start`."""
        if self._postgres is None:
            raise RuntimeError("the servers were not started")
        return self._postgres

    @property
    def nats(self) -> Nats:
        """The message server; only after `start`."""
        if self._nats is None:
            raise RuntimeError("the servers were not started")
        return self._nats

    @property
    def postgres_admin_url(self) -> str:
        """The superuser's address, for tests and set-up."""
        return self.postgres.admin_url()

    def start(self) -> Self:
        """Take the folder, make what is missing, start both, write what `run <service>` reads."""
        self.folder.take()
        try:
            with in_data(self.folder.path):
                self._start_both()
        except BaseException:
            self.stop()
            raise
        return self

    def _start_both(self) -> None:
        self._city = city_of(self.folder.path, self._said)
        keep_city(self.folder.path, self._city)
        secrets = self.folder.secrets
        ensure_secrets(secrets)
        room, logs = self.folder.server_room, self.user.owns(self.folder.logs)
        self._postgres = Postgres(
            room("postgres"), self.folder.socket_room(), secrets, self.user, logs / "postgres.log"
        )
        self._nats = Nats(room("nats"), secrets, self.user, logs / "nats.log", city=self._city.code)
        self._nats.start()
        self._postgres.start()
        self._postgres.ensure_teams()
        self._write_settings()

    def stop(self) -> None:
        """End both and let go of the folder."""
        if self._nats is not None:
            self._nats.stop()
        if self._postgres is not None:
            self._postgres.stop()
        self.folder.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def environment(self, team: str) -> dict[str, str]:
        """The settings of one team's service, as `shared/runtime/settings.py` reads them."""
        own, public = self.folder.secrets / team, self.folder.secrets / "public"
        settings = {
            "TEAM": team,
            "DATABASE_URL": self.postgres.team_url(team),
            "NATS_URL": self.nats.url,
            "NATS_SEED_FILE": str(own / "nats.seed"),
            "MASTER_KEY_FILE": str(own / "master.key"),
            "HANDOVER_KEY_FILE": str(own / "handover.key"),
            "PUBLIC_KEYS_DIR": str(public),
            "TOKEN_PUBLIC_KEY_FILE": str(public / "token.pub"),
            "CITY_DIR": str(self.city.path),
            "OUTSIDE": ",".join(outsiders()),
        }
        if team == "portal":
            settings["TOKEN_SIGNING_KEY_FILE"] = str(own / "token.key")
            settings["ACCOUNTS_FILE"] = str(own / "accounts.txt")
        return {f"TSUNAGU_{name}": value for name, value in settings.items()}

    def _write_settings(self) -> None:
        for team in TEAMS:
            path = self.folder.run / f"{team}.env"
            lines = (
                f"{name}={shlex.quote(value)}\n" for name, value in self.environment(team).items()
            )
            path.touch(mode=0o600)
            path.write_text("".join(lines), encoding="utf-8")

    @classmethod
    @contextmanager
    def temporary(cls, *, city: str | None = None) -> Iterator[Self]:
        """Servers of their own for tests and measurements; nothing of them is left afterwards."""
        base = Path(tempfile.mkdtemp(prefix="tsunagu-"))
        base.chmod(0o711)  # the unprivileged server user passes through
        servers = cls(base / "data", city=city)
        try:
            with servers:
                yield servers
        finally:
            shutil.rmtree(base, ignore_errors=True)
            shutil.rmtree(servers.folder.socket_room(), ignore_errors=True)

    # What goes wrong on purpose, for the tests of faults.

    def kill_postgres(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """PostgreSQL dies; `start_postgres` brings it back."""
        self.postgres.kill(sign)

    def start_postgres(self) -> None:
        """After `kill_postgres`; crash recovery included."""
        self.postgres.start()

    def kill_nats(self) -> None:
        """NATS dies; `start_nats` brings it back with what it had on disk."""
        self.nats.kill()

    def start_nats(self) -> None:
        """After `kill_nats`, on the same port."""
        self.nats.start()

    def wipe_nats(self) -> None:
        """NATS comes back empty, on the same port."""
        self.nats.wipe()

    def restart(self) -> None:
        """Both, in good order."""
        self.nats.stop()
        self.postgres.stop()
        self.nats.start()
        self.postgres.start()


def main() -> int:
    """Start, print the settings of every team, wait for Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m deploy.embedded", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("var"), help="data folder (default: var)")
    try:
        with Servers(parser.parse_args().data) as servers:
            for team in TEAMS:
                for name, value in servers.environment(team).items():
                    sys.stdout.write(f"{name}={shlex.quote(value)}\n")
                sys.stdout.write("\n")
            sys.stdout.flush()
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
