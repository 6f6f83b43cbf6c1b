"""A service that keeps figures, not cases: it takes the facts of several teams in batches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from shared.bus.told import Told
from shared.sourcing.log import Connection
from shared.vocabulary.city import City

ApplyBatch: TypeAlias = Callable[[Connection, list[Told]], Awaitable[None]]


@dataclass(frozen=True)
class Projection:
    """Whom it listens to, and what it does with a batch in a city.

    What `counting` makes runs in the transaction that also moves the consumed positions; facts of
    one team come in order.
    """

    sources: tuple[str, ...]
    counting: Callable[[City], ApplyBatch]
