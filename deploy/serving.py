"""An HTTP server inside our own loop: signals are ours, open streams cannot delay the end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp


class _Server(uvicorn.Server):
    """uvicorn would take the signals for itself."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def stop_on_signals() -> asyncio.Event:
    """Set by Ctrl-C or SIGTERM; a second one ends us at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked(sign: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(sign)

    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, asked, sign)
    return stop


async def serve(
    app: ASGIApp, *, host: str, port: int, stop: asyncio.Event, ready: Callable[[], None]
) -> None:
    """Serve until `stop` is set; open streams get three seconds."""
    server = _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )
    serving = asyncio.create_task(server.serve())
    stopped = asyncio.create_task(stop.wait())
    try:
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            ready()
        await asyncio.wait({serving, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        stopped.cancel()
        await serving
