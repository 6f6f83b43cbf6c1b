"""One call of `append_group`: commands to arrays, answers to receipts. Runs inside a transaction of
the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg

from shared.runtime.clock import utc_now
from shared.sourcing.log import Append, Connection, ReadModel, Receipt, Recorded, Sheet

FactRow: TypeAlias = tuple[Any, ...]
"""(position, fact_id, type, case_id, data, occurred_on, meta, event_position), as in the table
`facts`.
"""

APPEND = "SELECT * FROM append_group($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)"


@dataclass(frozen=True, slots=True)
class Appended:
    """What one transaction stored. `receipts[k]` is None where the stream of command k had moved
    on.
    """

    receipts: list[Receipt | None]
    recorded: list[Recorded[Any]]
    facts: list[FactRow]


async def append_group(
    db: Connection, commands: Sequence[Append], reads: Sequence[ReadModel]
) -> Appended:
    """Append the commands and write the read models. The caller commits."""
    at = utc_now()
    row = await db.fetchrow(APPEND, *_arrays(commands), at)
    if row is None:
        raise RuntimeError("append_group gave no answer")
    appended = _placed(commands, row, at)
    if appended.recorded:
        for model in reads:
            await model.project(db, appended.recorded)
    return appended


def _arrays(commands: Sequence[Append]) -> tuple[list[Any], ...]:
    owners: list[int] = []
    nths: list[int] = []
    sheets: list[Sheet] = []
    for owner, command in enumerate(commands, 1):
        owners.extend([owner] * len(command.sheets))
        nths.extend(range(1, len(command.sheets) + 1))
        sheets.extend(command.sheets)
    return (
        [c.stream_id for c in commands],
        [c.expected for c in commands],
        [len(c.sheets) for c in commands],
        [c.command_id for c in commands],
        owners,
        nths,
        [s.event_id for s in sheets],
        [s.type for s in sheets],
        [s.data for s in sheets],
        [s.meta for s in sheets],
        [s.digest for s in sheets],
        [s.fact_type for s in sheets],
        [s.fact_case for s in sheets],
        [s.fact_data for s in sheets],
        [s.fact_day for s in sheets],
        [s.fact_meta for s in sheets],
    )


def _placed(commands: Sequence[Append], row: asyncpg.Record, at: datetime) -> Appended:
    position, fact_position = row["base"], row["fact_base"]
    receipts: list[Receipt | None] = []
    recorded: list[Recorded[Any]] = []
    facts: list[FactRow] = []
    for command, answer in zip(commands, row["answers"], strict=True):
        if answer is None or (answer < 0 or (answer == 0 and command.sheets)):
            receipts.append(None if answer is None else Receipt(0, -answer, known=True))
            continue
        for version, s in enumerate(command.sheets, command.expected + 1):
            position += 1
            recorded.append(
                Recorded(
                    command.stream_id,
                    version,
                    position,
                    s.event_id,
                    s.event,
                    at,
                    command.origin,
                )
            )
            if s.fact_type is not None:
                fact_position += 1
                facts.append(
                    (
                        fact_position,
                        s.event_id,
                        s.fact_type,
                        s.fact_case,
                        s.fact_data,
                        s.fact_day,
                        s.fact_meta,
                        position,
                    )
                )
        receipts.append(Receipt(command.expected + len(command.sheets), answer))
    return Appended(receipts, recorded, facts)
