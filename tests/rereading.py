"""Writing a read model again from what is stored."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic_core import to_json

from shared.sourcing.log import Connection, Entry, ReadModel


async def write_again(db: Connection, model: ReadModel, history: Sequence[Entry]) -> None:
    """What `append_group` does with the writes of a read model, for events stored long ago."""
    for write in model.project(history):
        await db.execute(write.sql, to_json(write.rows))
