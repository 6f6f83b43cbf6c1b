"""The book of the accounts, kept by the operator (`./tsunagu account …`). Nobody is ever removed:
what a person did stays under their number, and no later person may come to have it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from services.portal.accounts import LOCAL
from services.portal.passwords import hashed_soon
from shared.privacy.access import Role
from shared.sourcing.log import Connection

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""Small letters: nobody signs in as another by a capital."""
OFFICES = frozenset({Role.COUNTER, Role.COORDINATOR, Role.NURSE, Role.COMMUNITY})
"""Who works for an office: what they may see depends on it."""


@dataclass(frozen=True)
class Person:
    """Who is to sign in."""

    login: str
    name: str
    role: Role
    agency: str | None
    district: str | None


@dataclass(frozen=True)
class Entry:
    """One line of the book."""

    login: str
    name: str
    role: str
    agency: str | None
    district: str | None
    last_signed_in_at: datetime | None
    active: bool


async def add(db: Connection, person: Person, password: str) -> bool:
    """False when somebody has this login, or once had it."""
    added = await db.fetchval(
        """INSERT INTO accounts (login, staff_id, name, role, agency, district, password_hash)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING login""",
        *(person.login, f"{LOCAL}{person.login}", person.name, person.role.value),
        *(person.agency, person.district, await hashed_soon(password)),
    )
    return added is not None


async def give_password(db: Connection, login: str, password: str) -> bool:
    """For whoever has forgotten theirs; the wait after wrong ones ends. False: no such account."""
    given = await db.fetchval(
        """UPDATE accounts SET password_hash = $2, failures = 0, closed_until = NULL
           WHERE login = $1 RETURNING login""",
        *(login, await hashed_soon(password)),
    )
    return given is not None


async def let_in(db: Connection, login: str, *, active: bool) -> bool:
    """Whether this person may sign in from now on. False: no such account."""
    changed = await db.fetchval(
        "UPDATE accounts SET active = $2 WHERE login = $1 RETURNING login", login, active
    )
    return changed is not None


async def entries(db: Connection) -> list[Entry]:
    """Everybody, those who may not sign in any more at the end."""
    rows = await db.fetch(
        """SELECT login, name, role, agency, district, last_signed_in_at, active FROM accounts
           ORDER BY active DESC, role, login"""
    )
    return [Entry(*row) for row in rows]
