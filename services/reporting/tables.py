"""How a batch of facts reaches the tables: one statement, inside the transaction that also moves
the consumed positions.

So figures and positions never disagree, and a batch is applied as a whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

from services.reporting.fold import COLUMNS, Folded, fold
from services.reporting.indicators import Memory
from services.reporting.remembering import NAMED
from shared.bus.projection import ApplyBatch
from shared.bus.told import Told, envelope
from shared.sourcing.log import Connection
from shared.vocabulary.city import City

_DIMS = COLUMNS.index("dims")


def counting(city: City) -> ApplyBatch:
    """What this service does with a batch, in this city."""

    async def apply(db: Connection, batch: list[Told]) -> None:
        await apply_batch(db, batch, memory_of(city))

    return apply


def memory_of(city: City) -> Memory:
    """What the indicators must know of the city, and nothing told yet."""
    community = frozenset(source.code for source in city.sources if source.community)
    return Memory(city.offices.coordination, community)


async def apply_batch(db: Connection, batch: list[Told], memory: Memory) -> None:
    """Count a batch in the caller's transaction; a fact that cannot be read is parked with it."""
    memory.kept |= await recall(db, batch)
    known, folded = dict(memory.kept), Folded()
    fold(batch, memory, folded)
    if folded.unreadable:
        await park(db, folded)
    learned = [thing for thing, kept in memory.kept.items() if known.get(thing) != kept]
    if not (folded.rows or learned):  # what counts nothing may still be remembered: a moved place
        return
    observations = _columns(folded.rows, len(COLUMNS))
    # unnest takes no array of arrays of different lengths; codes contain no tab.
    observations[_DIMS] = ["\t".join(dims) for dims in observations[_DIMS]]
    # In key order, so that two writers wait for each other in a line, never in a circle.
    values = _columns(folded.values(), 7)
    kept = [memory.kept[thing] for thing in learned]
    days, changed = _columns(sorted(folded.last_days.items()), 2), _columns(folded.changed(), 6)
    await db.execute(_APPLY, *observations, *values, learned, kept, *days, *changed)


async def park(db: Connection, folded: Folded) -> None:
    """Put aside what could not be read: operators see it, and a rebuild counts it once it reads."""
    for told, error in folded.unreadable:
        kept = json.dumps(envelope(told)).encode()
        await db.execute(
            _PARK, told.team, told.position, told.fact_id, told.type, told.case_id, kept, error
        )


async def recall(db: Connection, batch: Sequence[Told]) -> dict[UUID, str]:
    """What was kept of the things whose correction or end this batch tells."""
    named: list[UUID] = []
    for told in batch:
        if read := NAMED.get((told.team, told.type)):
            # What cannot be read is said by the fold.
            with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                named.extend(read(told.data))
    rows = await db.fetch(_RECALL, named) if named else []
    return {row["thing"]: row["kept"] for row in rows}


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


_RECALL = "SELECT thing, kept FROM remembered WHERE thing = ANY($1::uuid[])"

_PARK = """
INSERT INTO parked (source, position, fact_id, type, case_id, envelope, error)
VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
"""

_APPLY = r"""
WITH observed AS (
  INSERT INTO observations
  SELECT indicator, version, fiscal_year, day, source, position, item, fact_id, case_id,
         string_to_array(dims, E'\t'), number, note, whole, thing, corrects
  FROM unnest($1::text[], $2::int[], $3::int[], $4::date[], $5::text[], $6::bigint[],
              $7::smallint[], $8::uuid[], $9::uuid[], $10::text[], $11::bigint[], $12::text[],
              $13::boolean[], $14::uuid[], $15::boolean[])
    AS o(indicator, version, fiscal_year, day, source, position, item, fact_id, case_id, dims,
         number, note, whole, thing, corrects)
), learned AS (
  INSERT INTO remembered SELECT * FROM unnest($23::uuid[], $24::text[])
  ON CONFLICT (thing) DO UPDATE SET kept = EXCLUDED.kept
), dated AS (
  INSERT INTO last_days SELECT * FROM unnest($25::text[], $26::date[])
  ON CONFLICT (source) DO UPDATE SET day = EXCLUDED.day WHERE last_days.day < EXCLUDED.day
), noted AS (
  INSERT INTO changed SELECT * FROM unnest($27::text[], $28::int[], $29::int[], $30::bigint[],
                                           $31::bigint[], $32::date[])
  ON CONFLICT (indicator, version, fiscal_year)
  DO UPDATE SET late = changed.late + EXCLUDED.late,
                corrected = changed.corrected + EXCLUDED.corrected,
                last_on = greatest(changed.last_on, EXCLUDED.last_on)
)
INSERT INTO indicator_values (indicator, version, fiscal_year, month, dim, value, facts)
SELECT * FROM unnest($16::text[], $17::int[], $18::int[], $19::smallint[], $20::text[],
                     $21::bigint[], $22::bigint[])
ON CONFLICT (indicator, version, fiscal_year, month, dim)
DO UPDATE SET value = indicator_values.value + EXCLUDED.value,
              facts = indicator_values.facts + EXCLUDED.facts
"""
