"""One call of `append_group`: commands to arrays, answers to receipts.

The call is a transaction of its own, or part of the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, TypeAlias

import asyncpg
from pydantic_core import to_json

from shared.runtime.clock import utc_now
from shared.sourcing.log import Append, Connection, ReadModel, Receipt, Sheet
from shared.sourcing.reading import known

FactRow: TypeAlias = tuple[Any, ...]
"""(position, fact_id, type, case_id, data, occurred_on, meta, event_position), as in the table
`facts`.
"""

APPEND = """SELECT * FROM append_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                                       $15, $16, $17, $18, $19, $20, $21, $22)"""


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of a group: everything in it is stored, or nothing.

    `refused` says who was in the way: place in the group → its old answer, None when its stream
    moved on.
    """

    receipts: Sequence[Receipt] = ()
    facts: list[FactRow] = field(default_factory=list)
    refused: Mapping[int, Receipt | None] = field(default_factory=dict)


async def append_group(
    db: Connection, commands: Sequence[Append], reads: Sequence[ReadModel]
) -> Appended:
    """Append the commands with what they tell and their read models, all or nothing."""
    sheets = [sheet for command in commands for sheet in command.sheets]
    telling = [(nth, s) for nth, s in enumerate(sheets, 1) if s.fact_type is not None]
    writes = [write for model in reads for write in model.project(sheets)] if sheets else []
    row = await db.fetchrow(
        APPEND,
        [c.stream_id for c in commands],
        [c.expected for c in commands],
        *_events(sheets),
        *_facts(telling),
        *_ids(commands),
        [write.sql for write in writes],
        [to_json(write.rows) for write in writes],
        utc_now(),
    )
    if row is None:
        raise RuntimeError("append_group gave no answer")
    if row["moved"] or row["known"]:
        return Appended(refused=await _refused(db, commands, row))
    return Appended(_receipts(commands, row["base"]), _told(telling, row))


def _events(sheets: Sequence[Sheet]) -> tuple[list[Any], ...]:
    return (
        [s.stream_id for s in sheets],
        [s.version for s in sheets],
        [s.event_id for s in sheets],
        [s.type for s in sheets],
        [s.data for s in sheets],
        [s.meta for s in sheets],
        [s.digest for s in sheets],
    )


def _facts(telling: Sequence[tuple[int, Sheet]]) -> tuple[list[Any], ...]:
    return (
        [nth for nth, _ in telling],
        [s.fact_type for _, s in telling],
        [s.fact_case for _, s in telling],
        [s.fact_data for _, s in telling],
        [s.fact_day for _, s in telling],
        [s.fact_meta for _, s in telling],
    )


def _ids(commands: Sequence[Append]) -> tuple[list[Any], ...]:
    """For each command that carries an id: the id, its place, the version it leads to, its last
    event.
    """
    lasts = accumulate(len(c.sheets) for c in commands)
    found = [(nth, c, last) for nth, (c, last) in enumerate(zip(commands, lasts, strict=True), 1)]
    named = [(nth, c, last) for nth, c, last in found if c.command_id is not None]
    return (
        [c.command_id for _, c, _ in named],
        [nth for nth, _, _ in named],
        [c.expected + len(c.sheets) for _, c, _ in named],
        [last for _, _, last in named],
    )


def _receipts(commands: Sequence[Append], base: int) -> list[Receipt]:
    lasts = accumulate((len(c.sheets) for c in commands), initial=base)
    next(lasts)
    return [
        Receipt(c.expected + len(c.sheets), last) for c, last in zip(commands, lasts, strict=True)
    ]


def _told(telling: Sequence[tuple[int, Sheet]], row: asyncpg.Record) -> list[FactRow]:
    base = row["base"]
    return [
        (at, s.event_id, s.fact_type, s.fact_case, s.fact_data, s.fact_day, s.fact_meta, base + nth)
        for at, (nth, s) in enumerate(telling, row["fact_base"] + 1)
    ]


async def _refused(
    db: Connection, commands: Sequence[Append], row: asyncpg.Record
) -> dict[int, Receipt | None]:
    """A command whose id is known gets the answer it got; a stream that moved on is no answer."""
    refused: dict[int, Receipt | None] = {nth - 1: None for nth in row["moved"] or ()}
    for nth in row["known"] or ():
        answer = await known(db, commands[nth - 1].command_id)
        if answer is not None:
            refused[nth - 1] = answer
    return refused
