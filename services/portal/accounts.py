"""Local accounts: who may sign in with a password, and how guessing is slowed down."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asyncpg import Record

from services.portal.passwords import NOBODY, fits, hashed, hashed_soon, made_up, too_weak
from shared.privacy.access import Role, Staff
from shared.sourcing.log import Connection
from shared.vocabulary.city import City
from shared.web.forms import WHOLE

_FREE_TRIES = 4
LOCAL = "local:"
"""Before the login of who signs in with a password of ours."""


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
    return {one.removeprefix(LOCAL): post for one, post in held if one.startswith(LOCAL)}


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
    proof = await _prove(db, login, password, now)
    if (row := proof.row) is None:
        return SignIn(None, proof.closed or _WRONG)
    await db.execute(_SUCCEEDED, login, now)
    return SignIn(
        Staff(row["staff_id"], row["name"], Role(row["role"]), row["agency"], row["district"])
    )


@dataclass(frozen=True)
class NotChanged:
    """Why a password stays as it was, and the field it is about."""

    field: str
    sentence: str


async def change_password(
    db: Connection, staff_id: str, current: str, fresh: str, now: datetime
) -> NotChanged | None:
    """One's own, by whoever knows the present one. Guessing is slowed down as at the sign-in."""
    own = await account(db, staff_id)
    if own is None:
        return NotChanged(WHOLE, "このサインインにはパスワードがありません。")
    if weak := too_weak(fresh, own.login, own.name):
        return NotChanged("password_new", weak.ja)
    if fresh == current:
        return NotChanged("password_new", "今のパスワードと同じです。別のものにしてください。")
    proof = await _prove(db, own.login, current, now)
    if proof.row is None:
        return NotChanged("password", proof.closed or "今のパスワードが違います。")
    kept = proof.row["password_hash"]
    if await db.fetchval(_CHANGED, staff_id, await hashed_soon(fresh), kept) is None:
        return NotChanged("password", "パスワードは、たった今ほかで変えられました。")
    return None


@dataclass(frozen=True)
class _Proof:
    row: Record | None
    closed: str = ""


async def _prove(db: Connection, login: str, password: str, now: datetime) -> _Proof:
    """The account, if this is its password; a sentence while it is closed after wrong ones."""
    row = await db.fetchrow("SELECT * FROM accounts WHERE login = $1 AND active", login)
    if row is not None and row["closed_until"] and row["closed_until"] > now:
        seconds = int((row["closed_until"] - now).total_seconds()) + 1
        said = f"続けて間違えたため、あと{seconds}秒待ってから入力してください。"
        return _Proof(None, said)
    if await fits(row["password_hash"] if row else NOBODY, password) and row is not None:
        return _Proof(row)
    await db.execute(_FAILED, login, now, _FREE_TRIES)
    return _Proof(None)


_CHANGED = """UPDATE accounts SET password_hash = $2, failures = 0, closed_until = NULL
  WHERE staff_id = $1 AND active AND password_hash = $3 RETURNING login"""
# 5th wrong password: 2 s, then 4, 8 … at most 5 minutes.
_FAILED = """UPDATE accounts SET failures = failures + 1,
  closed_until = CASE WHEN failures >= $3
    THEN $2::timestamptz + least(300, power(2, least(failures - $3 + 1, 9))) * interval '1 second'
    END
  WHERE login = $1"""
_SUCCEEDED = """UPDATE accounts SET failures = 0, closed_until = NULL, last_signed_in_at = $2
  WHERE login = $1"""


async def ensure_accounts(db: Connection, file: Path | None, city: City) -> list[FirstAccount]:
    """One account per role at the first start. The passwords are only in `file`, mode 0600."""
    if file is None or await db.fetchval("SELECT count(*) FROM accounts"):
        return []
    first = first_staff(city)
    made = [FirstAccount(one.staff_id, made_up(), one.name, one.role) for one in first]
    hashes = await asyncio.to_thread(lambda: [hashed(one.password) for one in made])
    # The file first: an account whose password nobody knows would be of no use.
    _write(file, made)
    await db.executemany(
        """INSERT INTO accounts (login, staff_id, name, role, agency, district, password_hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING""",
        [
            (
                *(one.staff_id, f"{LOCAL}{one.staff_id}", one.name, one.role),
                *(one.agency, one.district, hash_),
            )
            for one, hash_ in zip(first, hashes, strict=True)
        ],
    )
    return made


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
