"""The servers a command needs for a moment: those that run, else started while it works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.console import out
from deploy.embedded import Servers
from deploy.servers.folder import InUse
from deploy.services import servers_are_elsewhere


@contextmanager
def servers_at(data: Path) -> Iterator[None]:
    """Works with nothing running too; the services catch up when they start."""
    if servers_are_elsewhere():
        yield
        return
    servers = Servers(data)
    try:
        with out.status("データベースを確かめています / looking for the servers"):
            servers.start()
    except InUse:
        yield
        return
    try:
        yield
    finally:
        servers.stop()
