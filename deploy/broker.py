"""A connection of a command to NATS, with one line for people when it is not there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import nats
from nats.aio.client import Client

from deploy.console import err
from deploy.trouble import Trouble


async def connect(url: str, user: str, seed: Path | str | None) -> Client:
    """As this NATS user."""
    where = urlsplit(url)
    try:
        # nats-py would knock at a closed door sixty times.
        _, writer = await asyncio.open_connection(where.hostname, where.port or 4222)
        writer.close()
        return await nats.connect(
            url,
            nkeys_seed=str(seed) if seed else None,
            inbox_prefix=f"_INBOX_{user}".encode(),
            error_cb=_say,
        )
    except (OSError, nats.errors.Error) as error:
        raise Trouble(
            f"NATS({url})につながりません。./tsunagu up を実行してください。",
            "cannot reach NATS; run ./tsunagu up",
        ) from error


async def _say(error: Exception) -> None:
    err.print(str(error), style="dim")
