"""Is a store whole? Positions and versions without holes, every byte as it was signed, nobody ahead
of its source.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from deploy.verifying.findings import Finding
from deploy.verifying.telling import check_told
from shared.sourcing.codec import digest_of
from shared.sourcing.log import Connection
from shared.sourcing.store import connect

PAGE = 5_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Head:
    """What a store says of itself."""

    position: int
    fact_position: int
    chain: bytes
    epoch: str


@dataclass(frozen=True)
class Heard:
    """How far one team has applied the facts of another."""

    team: str
    source: str
    position: int
    epoch: str | None


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[Connection]:
    """A connection that sees one moment of a store, however long the looking takes."""
    db = await connect(dsn, default_transaction_read_only="on")
    try:
        # Counting a large store takes longer than a writer may pause.
        await db.execute("SET idle_in_transaction_session_timeout = 0")
        async with db.transaction(isolation="repeatable_read", readonly=True):
            yield db
    finally:
        await db.close()


async def head_of(db: Connection) -> Head:
    row = await _row(db, "SELECT position, fact_position, chain, epoch::text FROM head")
    return Head(*row)


async def _row(db: Connection, sql: str) -> asyncpg.Record:
    """The one row of a question that always has an answer."""
    row = await db.fetchrow(sql)
    if row is None:
        raise LookupError(sql)
    return row


async def heard_by(db: Connection, team: str) -> list[Heard]:
    rows = await db.fetch("SELECT source, position, epoch::text FROM consumed ORDER BY source")
    return [Heard(team, *row) for row in rows]


async def check_store(db: Connection, team: str, progress: Progress) -> list[Finding]:
    """All checks that need this store only."""
    head = await head_of(db)
    return [
        await _contiguous(db, team, "events", head.position),
        await _contiguous(db, team, "facts", head.fact_position),
        await _versions(db, team),
        await _facts_have_events(db, team),
        await check_told(db, team),
        await _chain(db, team, head, progress),
        await _parked(db, team),
    ]


def check_heard(heard: list[Heard], heads: dict[str, Head]) -> list[Finding]:
    """Nobody has applied what its source never told. `heads` were read after `heard`."""
    found = []
    for one in heard:
        head = heads.get(one.source)
        if head is None:
            continue
        behind = head.fact_position - one.position
        same = one.epoch in (None, head.epoch)
        detail = f"{one.source}: {one.position} / {head.fact_position}"
        if behind > 0:
            detail += f" (あと {behind} 件)"
        if not same:
            detail += " 復元前の位置です。再構築してください"
        found.append(
            Finding(one.team, "反映した位置が発信元を超えない", behind >= 0 and same, detail)
        )
    return found


async def _contiguous(db: Connection, team: str, table: str, head: int) -> Finding:
    row = await _row(db, _POSITIONS.format(table=table))
    count, first, last = row
    ok = first == 1 and count == last == head
    name = "出来事の位置に欠番がない" if table == "events" else "知らせの位置に欠番がない"
    return Finding(team, name, ok, f"{count} 件、最後 {last}、先頭行 {head}")


_POSITIONS = "SELECT count(*), coalesce(min(position), 1), coalesce(max(position), 0) FROM {table}"


async def _versions(db: Connection, team: str) -> Finding:
    rows = await db.fetch("""
        SELECT stream FROM events GROUP BY stream
        HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*)
        LIMIT 5
    """)
    broken = ", ".join(str(row["stream"]) for row in rows)
    return Finding(team, "ストリームの版に欠番がない", not rows, broken or "すべて連続")


async def _facts_have_events(db: Connection, team: str) -> Finding:
    """No fact without its event, and in the same order; `check_told` asks the other way."""
    row = await _row(
        db,
        """
        SELECT count(*) FILTER (WHERE e.event_id IS DISTINCT FROM f.fact_id),
               count(*) FILTER (WHERE f.event_position <= f.before)
        FROM (SELECT fact_id, event_position,
                     coalesce(lag(event_position) OVER (ORDER BY position), 0) AS before
              FROM facts) f
        LEFT JOIN events e ON e.position = f.event_position
    """,
    )
    strangers, unordered = row
    detail = f"出来事のない知らせ {strangers} 件、順の違う知らせ {unordered} 件"
    return Finding(team, "知らせは出来事のとおり", not strangers and not unordered, detail)


async def _chain(db: Connection, team: str, head: Head, progress: Progress) -> Finding:
    """Every event's bytes give its digest, and the digests in order give the chain."""
    link, count = bytes(32), 0
    rows = db.cursor(
        "SELECT position, event_id, stream, version, type, data, meta, digest, chain "
        "FROM events ORDER BY position",
        prefetch=PAGE,
    )
    async for position, event_id, stream, version, name, data, meta, digest, chain in rows:
        link = hashlib.sha256(link + digest).digest()
        if digest != digest_of(event_id, stream, version, name, data, meta):
            return _broken(team, f"位置 {position}: 内容が記録時と違います")
        if chain != link:
            return _broken(team, f"位置 {position}: 鎖が切れています")
        count += 1
        if count % PAGE == 0:
            progress(PAGE)
    progress(count % PAGE)
    if link != head.chain:
        return _broken(team, "先頭行の鎖が最後の出来事と合いません")
    return Finding(team, "ハッシュの鎖が合う", ok=True, detail=f"{count} 件を再計算")


def _broken(team: str, detail: str) -> Finding:
    return Finding(team, "ハッシュの鎖が合う", ok=False, detail=detail)


async def _parked(db: Connection, team: str) -> Finding:
    rows = await db.fetch("""
        SELECT source, count(*) AS waiting, count(DISTINCT case_id) AS cases, min(error) AS error
        FROM parked WHERE released_at IS NULL GROUP BY source ORDER BY source
    """)
    detail = "、".join(
        f"{row['source']} {row['waiting']} 件 ({row['cases']} ケース): {row['error'][:60]}"
        for row in rows
    )
    return Finding(team, "保留された知らせがない", not rows, detail or "なし")
