"""A service that keeps figures, not cases: it takes the facts of several teams in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from shared.bus.told import Told
from shared.sourcing.log import Connection


@dataclass(frozen=True)
class Projection:
    """Whom it listens to, and what it does with a batch.

    `apply_batch` runs in the transaction that also moves the consumed positions; facts of one team
    come in order.
    """

    sources: tuple[str, ...]
    apply_batch: Callable[[Connection, list[Told]], Awaitable[None]]
