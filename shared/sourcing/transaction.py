"""A log that is one open transaction: for reactions, whose effects and consumed position commit
together.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from shared.sourcing.appending import FactRow, append_group
from shared.sourcing.codec import Codec
from shared.sourcing.decider import Decider, E
from shared.sourcing.log import (
    Append,
    Connection,
    Origin,
    ReadModel,
    Receipt,
    Recorded,
    Sheet,
    VersionConflict,
)
from shared.sourcing.reading import STREAM, known

LOCK = "SELECT pg_advisory_xact_lock(7220)"


class Transaction:
    """Satisfies `Log`. Holds the store's append lock, so what it reads cannot move before it
    commits.
    """

    def __init__(self, db: Connection, codec: Codec, reads: Sequence[ReadModel]) -> None:
        self.db = db
        self._codec = codec
        self._reads = reads
        self.facts: list[FactRow] = []
        self.touched: list[UUID] = []
        self.erased: set[UUID] = set()

    @asynccontextmanager
    async def _here(self) -> AsyncIterator[Connection]:
        yield self.db

    async def load(self, decider: Decider[Any, E], stream_id: UUID) -> list[Recorded[E]]:
        rows = await self.db.fetch(STREAM, [stream_id])
        return await self._codec.decode(decider, rows, self._here)

    async def encode(
        self,
        decider: Decider[Any, E],
        stream_id: UUID,
        version: int,
        events: Sequence[E],
        origin: Origin,
    ) -> list[Sheet]:
        return await self._codec.encode(decider, stream_id, version, events, origin, self._here)

    async def append(self, command: Append) -> Receipt:
        appended = await append_group(self.db, [command], self._reads)
        receipt = appended.refused[0] if appended.refused else appended.receipts[0]
        if receipt is None:
            raise VersionConflict(str(command.stream_id))
        self.facts.extend(appended.facts)
        self.touched.append(command.stream_id)
        return receipt

    async def known(self, command_id: UUID) -> Receipt | None:
        return await known(self.db, command_id)

    async def forget(self, subject: UUID) -> set[UUID]:
        """Erase a subject and all that goes with it (`Store.forget`), together with what else this
        transaction stores.
        """
        gone = {subject}
        for model in self._reads:
            if model.subjects:
                gone |= {row[0] for row in await self.db.fetch(model.subjects, subject)}
        for one in sorted(gone):
            await self._codec.keys.forget(self.db, one)
            for model in self._reads:
                if model.purge:
                    await self.db.execute(model.purge, one)
        self.erased |= gone
        return gone

    def remember(self, stream_id: UUID, version: int, state: object) -> None:
        """Nothing is kept: this transaction may still fail."""

    def remembered(self, stream_id: UUID) -> tuple[int, Any] | None:  # noqa: ARG002 - a Log has it
        return None
