"""While `up` runs: a server that dies is started again, and it is said.

The services wait for both by themselves; what they would wait for must come back.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from deploy.console import out, step, tell
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from deploy.embedded import Servers

LOOK_S = 1.0
REST_S = 10.0
"""After a start that failed: nobody reads the same line ten times a second."""


async def keep_running(servers: Servers) -> None:
    """Until it is cancelled."""
    both = (
        ("PostgreSQL", servers.postgres.child, servers.postgres.start),
        ("NATS", servers.nats.child, servers.nats.start),
    )
    while True:
        await asyncio.sleep(LOOK_S)
        for name, child, start in both:
            if child.running:
                continue
            out.print(f"[yellow]{name} が止まりました。起動し直します / {name} ended[/yellow]")
            try:
                await asyncio.to_thread(start)
            except Trouble as trouble:
                tell(trouble)
                await asyncio.sleep(REST_S)
            else:
                step(f"{name} をもう一度起動しました", f"{name} runs again")
