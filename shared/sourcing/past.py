"""Some streams as they were known on a past day, with the tables that follow from them (F-31).

The read models are written again into temporary tables of the same names, from the events recorded
until then; so every page and every question works as it does today. Nothing can be stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from pydantic_core import to_json

from shared.sourcing.codec import Codec
from shared.sourcing.decider import Decider, E, Refused
from shared.sourcing.log import (
    Append,
    Connection,
    Origin,
    ReadModel,
    Receipt,
    Recorded,
    Sheet,
)

if TYPE_CHECKING:
    from shared.sourcing.store import Store

CUT = """
SELECT stream, version, position, event_id, type, data, meta, recorded_at
FROM events WHERE stream = ANY($1) AND recorded_at < $2 ORDER BY position
"""


class Past:
    """Satisfies `Log` for reading. `db` has the tables as they were."""

    def __init__(self, db: Connection, codec: Codec, until: datetime) -> None:
        self.db = db
        self._codec = codec
        self._until = until

    @asynccontextmanager
    async def _here(self) -> AsyncIterator[Connection]:
        yield self.db

    async def load(self, decider: Decider[Any, E], stream_id: UUID) -> list[Recorded[E]]:
        rows = await self.db.fetch(CUT, [stream_id], self._until)
        return await self._codec.decode(decider, rows, self._here)

    async def rebuild(
        self,
        reads: Sequence[ReadModel],
        deciders: Sequence[Decider[Any, Any]],
        streams: Sequence[UUID],
    ) -> None:
        """The tables of these streams alone, in the order in which things were recorded."""
        for model in reads:
            for table in model.tables:
                await self.db.execute(
                    f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING ALL) ON COMMIT DROP"
                )
        rows = await self.db.fetch(CUT, streams, self._until)
        found: list[Recorded[Any]] = []
        for decider in deciders:
            mine = [row for row in rows if row["type"].split(".")[0] == decider.category]
            found += await self._codec.decode(decider, mine, self._here)
        found.sort(key=lambda one: one.position)
        for model in reads:
            for write in model.project(found):
                await self.db.execute(write.sql, to_json(write.rows))

    async def append(self, command: Append) -> NoReturn:  # noqa: ARG002 - a Log has it
        raise Refused("past-is-past")

    async def encode(
        self,
        decider: Decider[Any, E],  # noqa: ARG002 - a Log has it
        stream_id: UUID,  # noqa: ARG002 - a Log has it
        version: int,  # noqa: ARG002 - a Log has it
        events: Sequence[E],  # noqa: ARG002 - a Log has it
        origin: Origin,  # noqa: ARG002 - a Log has it
    ) -> list[Sheet]:
        raise Refused("past-is-past")

    async def known(self, command_id: UUID) -> Receipt | None:  # noqa: ARG002 - a Log has it
        return None

    def remember(self, stream_id: UUID, version: int, state: object) -> None:
        """Nothing is kept: these states are of another day."""

    def remembered(self, stream_id: UUID) -> tuple[int, Any] | None:  # noqa: ARG002 - a Log has it
        return None


@asynccontextmanager
async def past(
    store: Store,
    deciders: Sequence[Decider[Any, Any]],
    streams: Sequence[UUID],
    until: datetime,
) -> AsyncIterator[Past]:
    """What was recorded in these streams before that moment.

    A connection of its own: a statement that is already prepared elsewhere would go on reading
    today's tables.
    """
    async with store.alone() as db, db.transaction():
        then = Past(db, store.codec, until)
        await then.rebuild(store.reads, deciders, streams)
        yield then
