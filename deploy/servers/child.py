"""A server process that ends with us, logs to a file, and may be killed on purpose by a test."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from deploy.trouble import Trouble

_LOG_LIMIT = 20_000_000
_LASTING = Path(__file__).with_name("lasting.py")
# The parent-death signal follows the THREAD that forked: one that lives as long as we do forks.
_keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="servers")


@dataclass(frozen=True)
class User:
    """Whom a server runs as. PostgreSQL refuses root and needs a user with a passwd entry."""

    name: str
    uid: int
    gid: int

    @property
    def dropped(self) -> bool:
        """Whether this is somebody else than ourselves (we are root then)."""
        return self.uid != os.geteuid()

    def owns(self, path: Path, mode: int = 0o700) -> Path:
        """Make the folder if it is missing, and give it to this user."""
        path.mkdir(parents=True, exist_ok=True)
        if self.dropped:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)
        return path


def server_user() -> User:
    """Ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return this_user()
    entry = pwd.getpwnam("nobody")
    return User(entry.pw_name, entry.pw_uid, entry.pw_gid)


def this_user() -> User:
    """For children of ours that need no other user."""
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise Trouble(
            f"利用者番号 {os.geteuid()} に名前がありません。/etc/passwd に加えてください。",
            "this user id has no name; PostgreSQL needs an entry in /etc/passwd",
        ) from error
    return User(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _wrapped(command: Sequence[str | Path], user: User) -> list[str]:
    own = [
        sys.executable,
        "-I",
        "-S",
        str(_LASTING),
        str(os.getpid()),
        str(user.uid),
        str(user.gid),
    ]
    return [*own, *map(str, command)]


def run_as(
    user: User,
    command: Sequence[str | Path],
    *,
    cwd: Path | str = "/",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a short program to its end as that user."""
    result = _keeper.submit(
        subprocess.run,
        _wrapped(command, user),
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.result()


@dataclass
class Child:
    """One server process."""

    name: str
    user: User
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(
        self, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None
    ) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches us first."""
        if self.log_size() > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.before"))
        with self.log.open("ab") as log:
            self.process = _keeper.submit(
                subprocess.Popen,
                _wrapped(command, self.user),
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            ).result()

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """Its process id; asking a stopped server is an error."""
        if self.process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self.process.pid

    def wait_for(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until it is ready; False when the process ended instead (its log says why)."""
        deadline = monotonic() + seconds
        while not ready():
            if not self.running:
                return False
            if monotonic() > deadline:
                raise Trouble(
                    f"{self.name} が{seconds:.0f}秒たっても起動しません。記録: {self.log}",
                    f"{self.name} is not ready after {seconds:.0f} s; see {self.log}",
                )
            sleep(0.01)
        return True

    def stop(self, sign: signal.Signals, *, seconds: float = 60) -> None:
        """Ask it to end, and end it when it does not."""
        if not self.running or self.process is None:
            return
        with suppress(ProcessLookupError):
            self.process.send_signal(sign)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def said(self, start: int = 0) -> str:
        """What it has logged since the given byte."""
        with suppress(FileNotFoundError):
            return self.log.read_bytes()[start:].decode(errors="replace")
        return ""

    def log_size(self) -> int:
        """How many bytes it has logged so far."""
        return self.log.stat().st_size if self.log.exists() else 0
