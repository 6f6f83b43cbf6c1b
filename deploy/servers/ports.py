"""TCP ports on this machine."""

from __future__ import annotations

import errno
import random
import socket

from deploy.trouble import Trouble

_OURS = range(20_000, 30_000)
"""Below the numbers that systems give to connections and to whoever asks for any port: nobody gets
one of these by chance.
"""
_LAST = 65_535
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
    """Say in one line why we cannot listen there, before anything is started."""
    if port > _LAST:
        raise Trouble(
            f"ポートは{_LAST}までです。--port に小さな番号を指定してください。",
            f"there is no port {port}; choose a lower --port (up --apart needs seven more)",
        )
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _why_not(error, port, host) from error


def _why_not(error: OSError, port: int, host: str) -> Trouble:
    if isinstance(error, socket.gaierror) or error.errno in {
        errno.EADDRNOTAVAIL,
        errno.EAFNOSUPPORT,
    }:
        return Trouble(
            f"{host} はこの機械のアドレスではありません。--host を確かめてください。",
            f"{host} is no address of this machine; see --host",
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Trouble(
            f"ポート{port}を開く権限がありません。--port 8600 のように1024以上を指定してください。",
            f"you may not open port {port}; choose one from 1024 with --port, for example 8600",
        )
    if error.errno != errno.EADDRINUSE:
        return Trouble(
            f"{host} のポート{port}を開けません: {error.strerror}",
            f"cannot listen on {host} port {port}",
        )
    other = port + 1 if port < _LAST else port - 1
    return Trouble(
        f"ポート{port}は使用中です。別の番号を --port {other} のように指定してください。",
        f"port {port} is taken; choose another with --port, for example --port {other}",
    )
