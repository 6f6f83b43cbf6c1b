"""Migrations: once each, whoever starts first, and never silently different."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from shared.sourcing.migrate import OURS, ChangedMigration, migrate

pytestmark = pytest.mark.anyio


async def test_eight_at_once_apply_each_file_once(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "errands" / "migrations"
    folder.mkdir(parents=True)
    (folder / "001_list.sql").write_text("CREATE TABLE list (id int)")
    applied = await asyncio.gather(*(migrate(database, [folder]) for _ in range(8)))
    assert sorted(name for names in applied for name in names) == [
        "errands/001_list.sql",
        "shared/001_event_store.sql",
        "shared/002_notices.sql",
        "shared/003_parked_kinds.sql",
        "shared/004_notices_claimed.sql",
    ]


async def test_a_file_that_changed_after_it_was_applied_is_refused(
    database: str, tmp_path: Path
) -> None:
    folder = tmp_path / "errands" / "migrations"
    folder.mkdir(parents=True)
    (folder / "001_list.sql").write_text("CREATE TABLE list (id int)")
    await migrate(database, [folder])
    (folder / "001_list.sql").write_text("CREATE TABLE list (id bigint)")
    with pytest.raises(ChangedMigration, match=r"errands/001_list\.sql"):
        await migrate(database, [folder])


async def test_a_broken_file_leaves_nothing_half_done(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "errands" / "migrations"
    folder.mkdir(parents=True)
    (folder / "001_list.sql").write_text("CREATE TABLE list (id int); SELECT no_such_function()")
    with pytest.raises(asyncpg.UndefinedFunctionError):
        await migrate(database, [folder])
    connection = await asyncpg.connect(database)
    assert await connection.fetchval("SELECT to_regclass('list')") is None
    await connection.close()


async def test_the_words_of_errors_of_before_go_and_their_kinds_stay(database: str) -> None:
    await migrate(database, [])
    connection = await asyncpg.connect(database)
    errors = {
        "intake": "ValueError: 架空 花子",
        "outreach": "waits behind an earlier fact of this case",
        "handover": "Unsealable: not kept",
    }
    for source, error in errors.items():
        await connection.execute(_PARKED, source, error)
    await connection.execute((OURS / "003_parked_kinds.sql").read_text(encoding="utf-8"))
    kept = {row["source"]: row["error"] for row in await connection.fetch("TABLE parked")}
    assert kept == errors | {"intake": "ValueError: not applied"}
    await connection.close()


_PARKED = """INSERT INTO parked (source, position, fact_id, type, envelope, error)
             VALUES ($1, 1, gen_random_uuid(), 'CaseClosed', '{}', $2)"""
