"""Local accounts: who may sign in with a password, and how guessing is slowed down."""

from __future__ import annotations

import asyncio
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.privacy.access import Role, Staff
from shared.sourcing.log import Connection
from shared.vocabulary.city import City

_HASHER = PasswordHasher()
_HASHING = asyncio.Semaphore(2)
"""A hash takes 64 MB and a tenth of a second: never more than two at once."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_FREE_TRIES = 4
_LOCAL = "local:"
"""Before the login of who signs in with a password of ours."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike on paper."""


def first_staff(city: City) -> tuple[Staff, ...]:
    """By their login: one for every role, a second nurse of another district, and those who sign
    (F-08).
    """
    offices, districts = city.offices, city.codes("nurse_districts")
    first, last = (districts[0], districts[-1]) if districts else (None, None)
    return (
        Staff("counter", "見本 窓口", Role.COUNTER, offices.counter),
        Staff("coordinator", "見本 調整", Role.COORDINATOR, offices.coordination),
        Staff("nurse", "見本 保健師", Role.NURSE, offices.nurses, first),
        Staff("nurse-2", "見本 保健師二", Role.NURSE, offices.nurses, last),
        Staff("community", "見本 地域", Role.COMMUNITY, offices.community),
        Staff("manager", "見本 管理", Role.MANAGER),
        Staff("operator", "見本 運用", Role.OPERATOR),
        *(
            Staff(login, f"見本 {post}", Role.COORDINATOR, offices.coordination)
            for login, post in _signers(city).items()
        ),
    )


def _signers(city: City) -> dict[str, str]:
    """Login of everybody who holds a post of a 決裁 and signs in here, with the post."""
    steps = (step for approval in city.approvals for step in approval.steps)
    held = ((one, step.label) for step in steps for one in step.holders)
    return {one.removeprefix(_LOCAL): post for one, post in held if one.startswith(_LOCAL)}


@dataclass(frozen=True)
class SignIn:
    """The answer to one attempt: a person, or a sentence."""

    staff: Staff | None
    sentence: str = ""


@dataclass(frozen=True)
class FirstAccount:
    """Shown once at the first start."""

    login: str
    password: str
    name: str
    role: Role


_WRONG = "ログイン名かパスワードが違います。大文字と小文字、全角と半角を確かめてください。"


async def sign_in(db: Connection, login: str, password: str, now: datetime) -> SignIn:
    """Unknown names take as long as wrong passwords, and get the same sentence."""
    row = await db.fetchrow("SELECT * FROM accounts WHERE login = $1 AND active", login)
    if row is not None and row["closed_until"] and row["closed_until"] > now:
        seconds = int((row["closed_until"] - now).total_seconds()) + 1
        return SignIn(None, f"続けて間違えたため、あと{seconds}秒待ってから入力してください。")
    if not await _fits(row["password_hash"] if row else _NOBODY, password) or row is None:
        await db.execute(_FAILED, login, now, _FREE_TRIES)
        return SignIn(None, _WRONG)
    await db.execute(_SUCCEEDED, login, now)
    return SignIn(
        Staff(row["staff_id"], row["name"], Role(row["role"]), row["agency"], row["district"])
    )


# 5th wrong password: 2 s, then 4, 8 … at most 5 minutes.
_FAILED = """UPDATE accounts SET failures = failures + 1,
  closed_until = CASE WHEN failures >= $3
    THEN $2::timestamptz + least(300, power(2, least(failures - $3 + 1, 9))) * interval '1 second'
    END
  WHERE login = $1"""
_SUCCEEDED = """UPDATE accounts SET failures = 0, closed_until = NULL, last_signed_in_at = $2
  WHERE login = $1"""


async def _fits(kept: str, password: str) -> bool:
    def check() -> bool:
        try:
            return _HASHER.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async with _HASHING:
        return await asyncio.to_thread(check)


async def ensure_accounts(db: Connection, file: Path | None, city: City) -> list[FirstAccount]:
    """One account per role at the first start. The passwords are only in `file`, mode 0600."""
    if file is None or await db.fetchval("SELECT count(*) FROM accounts"):
        return []
    first = first_staff(city)
    made = [FirstAccount(one.staff_id, _password(), one.name, one.role) for one in first]
    hashes = await asyncio.to_thread(lambda: [_HASHER.hash(one.password) for one in made])
    # The file first: an account whose password nobody knows would be of no use.
    _write(file, made)
    await db.executemany(
        """INSERT INTO accounts (login, staff_id, name, role, agency, district, password_hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING""",
        [
            (
                *(one.staff_id, f"{_LOCAL}{one.staff_id}", one.name, one.role),
                *(one.agency, one.district, hash_),
            )
            for one, hash_ in zip(first, hashes, strict=True)
        ],
    )
    return made


def _password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _write(file: Path, made: list[FirstAccount]) -> None:
    text = "".join(f"{one.login:<12} {one.password}   {one.name}\n" for one in made)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(text.encode())


@dataclass(frozen=True)
class AccountRow:
    login: str
    name: str
    role: str
    agency: str | None
    district: str | None
    last_signed_in_at: datetime | None


async def account(db: Connection, staff_id: str) -> AccountRow | None:
    """One's own account."""
    row = await db.fetchrow(
        """SELECT login, name, role, agency, district, last_signed_in_at FROM accounts
           WHERE staff_id = $1""",
        staff_id,
    )
    return AccountRow(*row) if row else None
