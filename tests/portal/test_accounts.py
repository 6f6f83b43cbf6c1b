"""Signing in: the right password, the wrong one, and the one too many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from services.portal.accounts import FirstAccount, ensure_accounts, sign_in
from shared.privacy.access import Role
from shared.sourcing.log import Connection
from shared.sourcing.migrate import migrate
from shared.vocabulary.city import City

MIGRATIONS = Path(__file__).parents[2] / "services" / "portal" / "migrations"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

CITY = City.load(Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno")


@pytest.fixture
async def db(database: str) -> AsyncIterator[Connection]:
    await migrate(database, [MIGRATIONS])
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def nurse(db: Connection, tmp_path: Path) -> FirstAccount:
    made = await ensure_accounts(db, tmp_path / "accounts.txt", CITY)
    return next(one for one in made if one.role is Role.NURSE)


async def test_the_first_start_makes_one_account_per_role_once(
    db: Connection, nurse: FirstAccount, tmp_path: Path
) -> None:
    file = tmp_path / "accounts.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert nurse.password in file.read_text(encoding="utf-8")
    assert nurse.password not in str(await db.fetch("SELECT * FROM accounts"))
    assert await ensure_accounts(db, file, CITY) == []


async def test_the_right_password_is_this_person(db: Connection, nurse: FirstAccount) -> None:
    answer = await sign_in(db, nurse.login, nurse.password, NOON)
    assert answer.staff is not None
    assert (answer.staff.role, answer.staff.staff_id) == (Role.NURSE, "local:nurse")


async def test_unknown_names_and_wrong_passwords_read_the_same(
    db: Connection, nurse: FirstAccount
) -> None:
    unknown = await sign_in(db, "nobody", "x", NOON)
    wrong = await sign_in(db, nurse.login, "x", NOON)
    assert unknown == wrong
    assert "パスワードが違います" in wrong.sentence


async def test_guessing_is_slowed_down_and_ends(db: Connection, nurse: FirstAccount) -> None:
    for _ in range(5):
        await sign_in(db, nurse.login, "x", NOON)
    closed = await sign_in(db, nurse.login, nurse.password, NOON)
    assert closed.staff is None
    assert "待ってから" in closed.sentence
    later = NOON + timedelta(minutes=6)
    assert (await sign_in(db, nurse.login, nurse.password, later)).staff is not None
