"""Each service as a process of its own behind a small gateway, as on a real host.

One may be killed and started again (`./tsunagu run intake --port 8601`); the others go on.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import h11

from deploy.address import OneAddress
from deploy.console import out
from deploy.embedded import Servers
from deploy.servers.child import Child, this_user
from deploy.servers.ports import require_port
from deploy.services import ROOT

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_DOWN = "このサービスは今とまっています。少し待ってから、もう一度開いてください。"
_HOP_BY_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"te", b"trailer"}


@asynccontextmanager
async def in_processes(servers: Servers, ports: Mapping[str, int]) -> AsyncIterator[ASGIApp]:
    """Start them all, wait until each one answers, stop them in the end."""
    for port in ports.values():
        require_port(port)
    children = {
        team: Child(team, this_user(), servers.folder.logs / f"{team}.log") for team in ports
    }
    try:
        for team, child in children.items():
            command = [sys.executable, "-P", "-m", "deploy.cli", "run", team]
            child.start(
                [*command, "--port", str(ports[team])],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **servers.environment(team)},
            )
        for team, child in children.items():
            await _answers(child, ports[team])
        yield OneAddress({team: Gateway(port) for team, port in ports.items()})
    finally:
        await asyncio.to_thread(_end, list(children.values()))


async def _answers(child: Child, port: int) -> None:
    """Wait for it; one that does not start leaves the others running."""
    while child.running and not await _listens(port):
        await asyncio.sleep(0.02)
    if child.running:
        out.print(f"  {child.name:<14} pid {child.pid:<8} http://127.0.0.1:{port}/{child.name}/")
    else:
        out.print(f"  [red]{child.name} が起動しません / does not start: {child.log}[/red]")


def _end(children: list[Child]) -> None:
    """All at once, then wait for each."""
    for child in children:
        if child.running:
            os.kill(child.pid, signal.SIGTERM)
    for child in children:
        child.stop(signal.SIGTERM, seconds=10)


async def _listens(port: int) -> bool:
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        return True
    return False


class Gateway:
    """Hands a request to the process on that port and streams its answer back."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection a request: simple, and enough for one machine."""
        if scope["type"] != "http":
            return
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            await _say_down(scope, send)
            return
        try:
            await self._hand_over(scope, receive, send, reader, writer)
        finally:
            writer.close()

    async def _hand_over(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        wire = h11.Connection(h11.CLIENT)
        asking = asyncio.create_task(_send_request(scope, receive, wire, writer))
        try:
            if not await _send_answer(send, wire, reader):
                await _say_down(scope, send)
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


async def _send_request(
    scope: Scope, receive: Receive, wire: h11.Connection, writer: asyncio.StreamWriter
) -> None:
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    headers = [pair for pair in scope["headers"] if pair[0] not in _HOP_BY_HOP]
    if not any(name == b"content-length" for name, _ in headers) and scope["method"] not in {
        "GET",
        "HEAD",
    }:
        headers.append((b"transfer-encoding", b"chunked"))
    headers.append((b"connection", b"close"))
    request = h11.Request(method=scope["method"], target=scope["raw_path"] + query, headers=headers)
    writer.write(wire.send(request) or b"")
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            writer.close()
            return
        if message.get("body"):
            writer.write(wire.send(h11.Data(data=message["body"])) or b"")
        more = message.get("more_body", False)
        await writer.drain()
    writer.write(wire.send(h11.EndOfMessage()) or b"")
    await writer.drain()
    while (await receive())["type"] != "http.disconnect":
        pass
    writer.close()  # the browser has gone: an open stream of events ends there too


async def _send_answer(send: Send, wire: h11.Connection, reader: asyncio.StreamReader) -> bool:
    """False when the process went away before it began to answer."""
    begun = False
    while not isinstance(event := await _next_event(wire, reader), h11.ConnectionClosed):
        if isinstance(event, h11.Response):
            begun = True
            raw = event.headers.raw_items()
            kept = [(name.lower(), value) for name, value in raw if name.lower() not in _HOP_BY_HOP]
            start = {"type": "http.response.start", "status": event.status_code, "headers": kept}
            await send(start)
        elif isinstance(event, h11.Data):
            body = bytes(event.data)
            await send({"type": "http.response.body", "body": body, "more_body": True})
        elif isinstance(event, h11.EndOfMessage):
            await send({"type": "http.response.body", "body": b""})
            break
    return begun


async def _next_event(wire: h11.Connection, reader: asyncio.StreamReader) -> object:
    """The next part of the answer; a process that died in the middle counts as the end."""
    while (event := wire.next_event()) is h11.NEED_DATA:
        try:
            wire.receive_data(await reader.read(65536))
        except (OSError, h11.RemoteProtocolError):
            return h11.ConnectionClosed()
    return event


async def _say_down(scope: Scope, send: Send) -> None:
    from shared.web.problems import is_api

    if is_api(scope["path"]):
        kind, body = b"application/problem+json", json.dumps(stopped(), ensure_ascii=False)
    else:
        kind, body = b"text/plain; charset=utf-8", _DOWN
    headers = [(b"content-type", kind), (b"retry-after", b"5")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})


def stopped() -> dict[str, Any]:
    """What a system reads that asks a service which is not there (RFC 9457). The proxy of a real
    host says the same (deploy/proxy/Caddyfile).
    """
    from shared.web.messages import Message
    from shared.web.problems import Problem

    detail = Message(
        "このサービスは今とまっています。少し待ってから、同じ内容を同じ Idempotency-Key でもう一度"
        "送ってください。二重には記録されません。",
        "This service is stopped. Send the same again in a moment, under the same Idempotency-Key:"
        " it is not recorded twice.",
    )
    return Problem(503, detail, "urn:tsunagu:stopped").body()
