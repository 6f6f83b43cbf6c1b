"""Waiting for something to become true, with an end: the only patience a test may have."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest


async def until(true: Callable[[], Awaitable[object]], what: str, seconds: float = 30) -> None:
    """Ask again and again; fail with `what` when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not await true():
        if time.monotonic() > deadline:
            pytest.fail(f"still waiting after {seconds} s: {what}")
        await asyncio.sleep(0.02)
