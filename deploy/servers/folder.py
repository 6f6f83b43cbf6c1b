"""The data folder: ours or empty, with room on its disk, and used by one process at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from deploy.servers.child import User
from deploy.trouble import Trouble, on_disk

MARKER = "tsunagu.data"
_ROOM = 300 * 1024 * 1024
_SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432.lock")


class InUse(Trouble):
    """Another process of ours holds the folder."""


def in_data(path: Path) -> AbstractContextManager[None]:
    """What the disk refuses below the data folder is said in one line."""
    return on_disk(
        path,
        "--data で、書き込める別のフォルダを指定できます。",
        "--data chooses another folder that you may write to",
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


class Folder:
    """Where everything that is kept lies: `postgres/ nats/ secrets/ run/ logs/`."""

    def __init__(self, path: Path, user: User) -> None:
        self.path = path.absolute()
        self.user = user
        self._lock: int | None = None

    @property
    def secrets(self) -> Path:
        """Passwords and keys."""
        return self.path / "secrets"

    @property
    def run(self) -> Path:
        """What is true only while the servers run: addresses for `run <service>`."""
        return self.path / "run"

    @property
    def logs(self) -> Path:
        """What the servers say."""
        return self.path / "logs"

    def take(self) -> None:
        """Make it ours, or say why it cannot be."""
        with in_data(self.path):
            self._refuse_anothers()
            self._refuse_foreign()
            self._refuse_full_disk()
            self.path.mkdir(parents=True, exist_ok=True)
            # The unprivileged server user passes through; what lies below is closed one by one.
            self.path.chmod(0o711)
            for part in (self.run, self.logs, self.secrets):
                part.mkdir(exist_ok=True, mode=0o700)
            self._hold()
            (self.path / MARKER).write_text(
                "つなぐのデータです。手で変えないでください。\n", encoding="utf-8"
            )

    def _refuse_anothers(self) -> None:
        """Whoever began it goes on with it: root would take the servers' folders away from an
        ordinary user, who could not read root's.
        """
        marker = self.path / MARKER
        if not marker.exists() or (owner := marker.stat().st_uid) == os.geteuid():
            return
        name = _name_of(owner)
        raise Trouble(
            f"{self.path} は {name} が始めたデータです。{name} として起動するか、"
            "--data で別のフォルダを指定してください。",
            f"{self.path} was begun by {name}; start it as {name},"
            " or choose another folder with --data",
        )

    def _refuse_foreign(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise Trouble(f"{self.path} はフォルダではありません。", f"{self.path} is not a folder")
        if self.path.is_dir() and any(self.path.iterdir()) and not (self.path / MARKER).exists():
            raise Trouble(
                f"{self.path} に別のファイルがあります。空のフォルダを --data で指定してください。",
                f"{self.path} holds something else; choose an empty folder with --data",
            )

    def _refuse_full_disk(self) -> None:
        """Before the first folder is made: the disk is that of the next folder above."""
        there = next(one for one in (self.path, *self.path.parents) if one.exists())
        free = shutil.disk_usage(there).free
        if free < _ROOM:
            raise Trouble(
                f"ディスクの残りが{free >> 20} MBです。300 MB以上あけてください: {self.path}",
                f"the disk is nearly full ({free >> 20} MB left); free 300 MB at {self.path}",
            )

    def _hold(self) -> None:
        """The kernel lets go of this lock when we die, however we die."""
        descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise InUse(
                f"{self.path} は動いているつなぐが使っています。先にそちらを止めてください。",
                f"another tsunagu is running on {self.path}; stop it first",
            ) from error
        self._lock = descriptor

    def release(self) -> None:
        """Let another process have it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def server_room(self, name: str) -> Path:
        """`<data>/<name>`, or a link from there to a place that the server user can reach."""
        here = self.path / name
        if here.exists() or self._reachable():
            return here.resolve()
        elsewhere = Path("/var/lib/tsunagu") / f"{name}-{secrets.token_hex(4)}"
        elsewhere.mkdir(parents=True, mode=0o711)
        here.symlink_to(elsewhere)
        return elsewhere

    def socket_room(self) -> Path:
        """A short folder for the socket: its path may have 107 bytes."""
        here = self.path / "run" / "postgres"
        if not self.user.dropped and len(os.fsencode(here)) <= _SOCKET_PATH_LIMIT:
            return here
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        # /run for root: nobody else can be there first, and no cleaner goes through it.
        rooms = "/run" if self.user.dropped else tempfile.gettempdir()
        short = Path(rooms) / f"tsunagu-{digest}"
        short.mkdir(mode=0o700, exist_ok=True)
        if short.is_symlink() or short.stat().st_uid not in {os.geteuid(), self.user.uid}:
            raise Trouble(
                f"{short} は他の人のものです。消してください。",
                f"{short} belongs to somebody else; remove it",
            )
        return short

    def _reachable(self) -> bool:
        """Whether the server user may pass through every folder above (root's home is closed)."""
        if not self.user.dropped:
            return True
        return all(parent.stat().st_mode & 0o001 for parent in (self.path, *self.path.parents))
