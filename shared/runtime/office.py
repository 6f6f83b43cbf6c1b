"""What a desk is opened with: where to write, where to read, and the circumstances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from shared.runtime.clock import Clock
from shared.sourcing.log import Connection, Log, Origin
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Office:
    """One request's or one reaction's means. `db` reads; in a reaction it is the transaction
    itself.
    """

    log: Log
    db: Connection
    origin: Origin
    clock: Clock
    city: City
    new_id: Callable[[], UUID]
    """Fresh ids; the same ones again when the same command is repeated."""
