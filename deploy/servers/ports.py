"""TCP ports on this machine."""

from __future__ import annotations

import socket

from deploy.trouble import Trouble


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether we could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def require_port(port: int, host: str = "127.0.0.1") -> None:
    """Say in one line that the port is taken, before anything is started."""
    if not is_free(port, host):
        raise Trouble(
            f"ポート{port}は使用中です。別の番号を --port {port + 1} のように指定してください。",
            f"port {port} is taken; choose another with --port, for example --port {port + 1}",
        )
