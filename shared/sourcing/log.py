"""What the write path needs from a place that keeps events.

Two things are a `Log`: the `Store` (many commands, grouped into commits) and a `Transaction` (one
fact of another team with everything it causes, one commit). Decisions cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias
from uuid import UUID

import asyncpg

from shared.sourcing.decider import Decider, E, Event

Connection: TypeAlias = (
    "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked and why; stored with every event."""

    actor: str
    agency: str | None = None
    command_id: UUID | None = None
    causation_id: UUID | None = None
    traceparent: str | None = None
    sent: str | None = None
    """A digest of what was sent under the command id, where a system chose that id itself."""


class Recorded(NamedTuple, Generic[E]):
    """An event with its place in the store. Versions and positions start at 1 and have no holes."""

    stream_id: UUID
    version: int
    position: int
    event_id: UUID
    event: E
    recorded_at: datetime
    origin: Origin


class Sheet(NamedTuple):
    """One encoded event, ready to be stored: bytes only, so that it is never decoded again on its
    way.
    """

    stream_id: UUID
    version: int
    event_id: UUID
    event: Event
    type: str
    data: bytes
    meta: bytes
    digest: bytes
    fact_type: str | None = None
    fact_case: UUID | None = None
    fact_data: bytes | None = None
    fact_day: date | None = None
    fact_meta: bytes | None = None


@dataclass(slots=True)
class Append:
    """One command to the store: these events on that stream, if it is still at `expected`."""

    stream_id: UUID
    expected: int
    command_id: UUID | None
    origin: Origin
    sheets: Sequence[Sheet]


class Receipt(NamedTuple):
    """The store's answer. `known` says the command id had been answered before, with this very
    receipt. `command` and `sent` are then of the request that stored its last event.
    """

    version: int
    position: int
    known: bool = False
    command: UUID | None = None
    sent: str | None = None


class KeyReused(Exception):
    """The same command id came with another content: the first was done, this one was not."""


class VersionConflict(Exception):
    """The stream moved on between reading and writing. Read again and decide again."""


class Entry(Protocol):
    """An event as a read model sees it, while it is being stored or read back later."""

    @property
    def stream_id(self) -> UUID: ...
    @property
    def event_id(self) -> UUID: ...
    @property
    def event(self) -> Any: ...


class Write(NamedTuple):
    """A change of a read model: a statement whose $1 is `rows` as JSON.

    `json_to_recordset($1) AS n(id uuid, day date)` makes a table of them.
    """

    sql: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class ReadModel:
    """A table of this service, written inside the append transaction.

    `project` says what to write for what one transaction stores, in order; it reads nothing.
    `purge` is SQL with $1 = case id that removes the personal columns of a forgotten subject;
    `subjects` is SQL with $1 = case id that finds further subjects under whose keys something of
    the same person was told.
    """

    name: str
    tables: tuple[str, ...]
    project: Callable[[Sequence[Entry]], Iterable[Write]]
    purge: str | None = None
    subjects: str | None = None


class Log(Protocol):
    """Keeps the events of one service."""

    async def load(self, decider: Decider[Any, E], stream_id: UUID) -> list[Recorded[E]]:
        """The whole stream, oldest first; empty when nothing happened yet."""
        ...

    async def append(self, command: Append) -> Receipt:
        """Store all events of the command or none. Raises VersionConflict."""
        ...

    async def encode(
        self,
        decider: Decider[Any, E],
        stream_id: UUID,
        version: int,
        events: Sequence[E],
        origin: Origin,
    ) -> list[Sheet]:
        """Events as they will be stored, personal fields sealed under their subject's key."""
        ...

    async def known(self, command_id: UUID) -> Receipt | None:
        """The answer this command id got before, if any."""
        ...

    def remember(self, stream_id: UUID, version: int, state: object) -> None:
        """Keep a folded state, so that the next command needs no reading."""
        ...

    def remembered(self, stream_id: UUID) -> tuple[int, Any] | None:
        """A folded state kept by `remember`. It may be behind; the append then conflicts."""
        ...
