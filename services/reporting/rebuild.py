"""Making all tables anew from every fact ever told: after a restored store, a new definition, or
for proof.

The fold is the one that runs live. Rows are copied into a scratch table that nobody reads; tables
and positions are swapped in one transaction, so a page sees the old figures or the new ones and
never half of each. Stopped halfway, it leaves nothing but the scratch table, which the next rebuild
replaces. The tables of before stay beside the new ones until the next rebuild, with the positions
that belong to them: `go_back` changes places with them, and what was told since is counted again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from services.reporting.fold import COLUMNS, Folded, fold
from services.reporting.indicators import Memory
from services.reporting.tables import park
from shared.bus.told import Page, Told
from shared.sourcing.log import Connection

ROWS_PER_COPY = 20_000
BESIDE = ("indicator_values", "remembered", "last_days", "changed", "parked", "consumed")
"""The smaller tables that belong to `observations`: they keep their name, their rows are moved."""
ONE_AT_A_TIME = 7223
"""The session lock of a rebuild; there is one scratch table."""


class Hole(Exception):
    """A source's facts do not follow one another: the feed is damaged, or its store was restored
    while we read.
    """


class UnderWay(Exception):
    """Another rebuild is at work on these tables."""


class NoWayBack(Exception):
    """No tables of before are kept, or they have the shape of another program."""


@dataclass
class Rebuilt:
    """How far every source was read, and what came of it."""

    facts: int = 0
    rows: int = 0
    positions: dict[str, int] = field(default_factory=dict)
    epochs: dict[str, UUID | None] = field(default_factory=dict)


async def rebuild(
    db: Connection,
    pages: AsyncIterator[Sequence[Told]],
    memory: Memory,
    progress: Callable[[int], None] = lambda _facts: None,
) -> Rebuilt:
    """Read all pages, then swap. `db` is a connection of its own (`shared.sourcing.store.connect`);
    closing it lets the next rebuild begin.

    The service's own projection goes on meanwhile; after the swap it continues from the positions
    that came with it (`shared.bus.standing`). Pages of different sources may come in any order;
    within a source facts follow position 1, 2, 3 …
    """
    if not await db.fetchval("SELECT pg_try_advisory_lock($1)", ONE_AT_A_TIME):
        raise UnderWay
    done, folded = Rebuilt(), Folded()
    await db.execute(_SCRATCH)
    copying = Copying(db)
    try:
        async for page in pages:
            _follow(page, done)
            fold(page, memory, folded)
            if len(folded.rows) >= ROWS_PER_COPY:
                await copying.start(folded)
            progress(done.facts)
        await copying.start(folded)
    finally:
        await copying.end()
    done.rows = copying.rows
    await db.execute(_INDEX)
    async with db.transaction():
        await _swap(db, folded, memory, done)
    return done


async def go_back(db: Connection) -> dict[str, int]:
    """Change places with the tables of before, positions among them; done twice it changes nothing.

    Answers the positions from which the projection goes on. Raises NoWayBack or UnderWay, and then
    nothing has changed.
    """
    if not await db.fetchval("SELECT pg_try_advisory_lock($1)", ONE_AT_A_TIME):
        raise UnderWay
    if not (former := await _shape(db, "_former")) or former != await _shape(db, ""):
        raise NoWayBack
    async with db.transaction():
        await db.execute("LOCK TABLE consumed IN EXCLUSIVE MODE")
        await db.execute(_CHANGE_PLACES)
        for table in BESIDE:
            await db.execute(_EXCHANGE.format(table=table))
        consumed = await db.fetch("SELECT source, position FROM consumed")
    return {row["source"]: row["position"] for row in consumed}


async def _shape(db: Connection, suffix: str) -> list[tuple[str, str, str]]:
    names = [f"{table}{suffix}" for table in ("observations", *BESIDE)]
    return [tuple(row) for row in await db.fetch(_SHAPE, names, suffix)]


async def pages_of(
    ask: Callable[[str, int], Awaitable[Page]], sources: Sequence[str]
) -> AsyncIterator[Sequence[Told]]:
    """Every fact of these teams from their feeds (`shared.bus.feed.ask`), up to where they end.

    Round after round, because one team goes on telling while another is read: the tables shall be
    at most moments old when they are swapped in.
    """
    at = dict.fromkeys(sources, 0)
    more = True
    while more:
        more = False
        for source in sources:
            while (page := await ask(source, at[source])).facts:
                yield page.told()
                more = more or page.facts[-1].position < page.head
                at[source] = page.facts[-1].position


def _follow(page: Sequence[Told], done: Rebuilt) -> None:
    """Insist on positions without holes, and note how far each source came."""
    positions = done.positions
    for told in page:
        expected = positions.get(told.team, 0) + 1
        if told.position != expected:
            raise Hole(f"{told.team}: position {told.position} where {expected} should be")
        positions[told.team] = expected
        if done.epochs.setdefault(told.team, told.epoch) != told.epoch:
            raise Hole(f"{told.team}: restored while it was read")
    done.facts += len(page)


class Copying:
    """Copies rows while the next page is being read: one copy at a time, in order."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._task: asyncio.Task[str] | None = None
        self.rows = 0

    async def start(self, folded: Folded) -> None:
        """Take the rows; the copy before must have succeeded first."""
        await self.end()
        rows, folded.rows = folded.rows, []
        self.rows += len(rows)
        copy = self._db.copy_records_to_table(
            "observations_fresh", records=rows, columns=COLUMNS, timeout=600
        )
        self._task = asyncio.create_task(copy)

    async def end(self) -> None:
        """Wait for the copy under way, and say so if it failed."""
        task, self._task = self._task, None
        if task is not None:
            await task


async def _swap(db: Connection, folded: Folded, memory: Memory, done: Rebuilt) -> None:
    # Applying moves the positions first and touches the tables after: in the same order here, so
    # that the two wait for each other in a line, never in a circle. Pages still read positions.
    await db.execute("LOCK TABLE consumed IN EXCLUSIVE MODE")
    await db.execute(_SWAP)
    for table in BESIDE:
        await db.execute(_KEEP.format(table=table))
    await park(db, folded)
    await db.copy_records_to_table("indicator_values", records=folded.values())
    await db.copy_records_to_table("remembered", records=list(memory.kept.items()))
    await db.copy_records_to_table("last_days", records=list(folded.last_days.items()))
    await db.copy_records_to_table("changed", records=folded.changed())
    sources = list(done.positions)
    await db.execute(
        _POSITIONS,
        sources,
        [done.positions[source] for source in sources],
        [done.epochs.get(source) for source in sources],
    )


_SCRATCH = """
DROP TABLE IF EXISTS observations_fresh;
CREATE TABLE observations_fresh (LIKE observations INCLUDING CONSTRAINTS INCLUDING DEFAULTS);
"""

# The index is made once all rows are there: several times cheaper than keeping it while they come.
# The first page after the swap is planned with what the table holds.
_INDEX = """
ALTER TABLE observations_fresh ADD CONSTRAINT observations_fresh_pkey
  PRIMARY KEY (indicator, version, fiscal_year, day, source, position, item);
CREATE INDEX observations_fresh_texts ON observations_fresh
  (indicator, version, fiscal_year, thing) WHERE thing IS NOT NULL;
ANALYZE observations_fresh
"""

_RENAME = """
ALTER TABLE observations{old} RENAME TO observations{new};
ALTER TABLE observations{new} RENAME CONSTRAINT observations{old}_pkey TO observations{new}_pkey;
ALTER INDEX observations{old}_texts RENAME TO observations{new}_texts;
"""
_SWAP = (
    "DROP TABLE IF EXISTS observations_former;"
    + _RENAME.format(old="", new="_former")
    + _RENAME.format(old="_fresh", new="")
)
_KEEP = """
DROP TABLE IF EXISTS {table}_former;
CREATE TABLE {table}_former AS TABLE {table};
DELETE FROM {table};
"""
_CHANGE_PLACES = (
    _RENAME.format(old="", new="_aside")
    + _RENAME.format(old="_former", new="")
    + _RENAME.format(old="_aside", new="_former")
)
_EXCHANGE = """
ALTER TABLE {table}_former RENAME TO {table}_aside;
CREATE TABLE {table}_former AS TABLE {table};
DELETE FROM {table};
INSERT INTO {table} SELECT * FROM {table}_aside;
DROP TABLE {table}_aside;
"""

_SHAPE = """
SELECT replace(table_name, $2, ''), column_name::text, data_type::text
FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = ANY($1::text[])
ORDER BY 1, ordinal_position
"""

_POSITIONS = """
INSERT INTO consumed (source, position, epoch)
SELECT * FROM unnest($1::text[], $2::bigint[], $3::uuid[])
"""
