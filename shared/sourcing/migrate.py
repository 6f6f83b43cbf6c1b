"""Numbered SQL files, forward only, each applied once; an applied file that has changed is a fault,
not an update.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import structlog

log = structlog.get_logger(__name__)

OURS = Path(__file__).parent / "migrations"

TABLE = """CREATE TABLE IF NOT EXISTS applied_migrations (
  name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT
  clock_timestamp())"""


class ChangedMigration(Exception):
    """A migration that was applied before now reads differently. Write a new one instead."""


async def migrate(dsn: str, folders: Sequence[Path]) -> list[str]:
    """Bring a service's database up to date; answers the names that were applied now.

    The lock comes before the first look, so eight processes that start at once apply every file
    once.
    """
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(7221)")
            await connection.execute(TABLE)
            return [
                name for folder in (OURS, *folders) for name in await _apply(connection, folder)
            ]
    finally:
        await connection.close()


async def _apply(connection: asyncpg.Connection[asyncpg.Record], folder: Path) -> list[str]:
    applied = []
    for path in _files(folder):
        name = f"{'shared' if folder == OURS else folder.parent.name}/{path.name}"
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        known = await connection.fetchval(
            "SELECT checksum FROM applied_migrations WHERE name = $1", name
        )
        if known is None:
            await connection.execute(path.read_text())
            await connection.execute(
                "INSERT INTO applied_migrations (name, checksum) VALUES ($1, $2)",
                name,
                checksum,
            )
            log.info("migration.applied", name=name)
            applied.append(name)
        elif known != checksum:
            raise ChangedMigration(f"{name} was changed after it was applied")
    return applied


def _files(folder: Path) -> list[Path]:
    """The numbered files of a folder, in their order."""
    return sorted(folder.glob("[0-9]*.sql"))
