"""TCP ports on this machine."""

from __future__ import annotations

import random
import socket

from deploy.trouble import Trouble

_OURS = range(20_000, 30_000)
"""Below the numbers that systems give to connections and to whoever asks for any port: nobody gets
one of these by chance.
"""
_reserved: dict[int, socket.socket] = {}


def free_port(following: int = 0) -> int:
    """A port nobody listens on, with so many free ones behind it. They stay ours for as long as
    this process lives: another that asks here gets others.
    """
    while True:
        first = random.choice(_OURS[: -following or None])  # noqa: S311 - no secret
        ports = range(first, first + following + 1)
        if _reserved.keys().isdisjoint(ports) and all(map(claim, ports)):
            return first


def claim(port: int) -> bool:
    """Whether this port is ours, or free and from now on ours.

    The same number in UDP is the sign of it; the TCP port is left to whom it is for.
    """
    if port in _reserved:
        return True
    sign = socket.socket(type=socket.SOCK_DGRAM)
    try:
        sign.bind(("127.0.0.1", port))
    except OSError:
        sign.close()
        return False
    if not is_free(port):
        sign.close()
        return False
    _reserved[port] = sign
    return True


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
