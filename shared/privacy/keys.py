"""One key per subject, wrapped by a master key outside PostgreSQL.

Forgetting empties the wrapped key; nobody can read that subject's fields again, wherever copies of
the ciphertext lie. The row itself stays, empty, so that its primary key makes re-creation
impossible even in a race: a forgotten subject is never given a second key. Reading its fields gives
`None`; writing new personal values for it is refused. A person who comes back after erasure gets a
new case.
"""

from __future__ import annotations

import math
import os
import time
from base64 import b64decode, b64encode
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.sourcing.decider import Refused

Connection: TypeAlias = (
    "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
)

TOKEN = "enc1:"  # noqa: S105 - the prefix of every encrypted field, not a secret
_NONCE = 12
_WRAP_V1 = b"\x01"


class SubjectForgotten(Refused):
    """New personal values for a subject whose key was erased."""

    def __init__(self, subject: UUID) -> None:
        super().__init__("subject-forgotten")
        self.subject = subject


class Unreadable(Exception):
    """A token that its key does not open: damaged, moved to another field, or under another key."""


class MasterKey:
    """Wraps the subjects' keys. 32 bytes in a file that no backup of the database contains."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("a master key has exactly 32 bytes")
        self._cipher = AESGCM(key)

    @classmethod
    def load(cls, path: Path) -> MasterKey:
        """The key of that file."""
        return cls(path.read_bytes())

    @classmethod
    def create(cls, path: Path) -> MasterKey:
        """A new key in a new file, readable by its owner only. No file is ever replaced."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32))
            file.flush()
            os.fsync(file.fileno())
        return cls.load(path)

    def wrap(self, subject: UUID, key: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return _WRAP_V1 + nonce + self._cipher.encrypt(nonce, key, subject.bytes)

    def unwrap(self, subject: UUID, wrapped: bytes) -> bytes:
        nonce, sealed = wrapped[1 : 1 + _NONCE], wrapped[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, sealed, subject.bytes)
        except InvalidTag:
            raise Unreadable("wrong master key, or a damaged subject key") from None


def aad_for(event_id: UUID, field: str, subject: UUID) -> bytes:
    """What a token is bound to: it opens only in its own event, field and subject."""
    return event_id.bytes + subject.bytes + field.encode()


@dataclass(frozen=True, slots=True)
class _Key:
    cipher: AESGCM | None
    """None: forgotten, or never created."""
    read_at: float
    sure: bool
    """False while the transaction that created it may still roll back; then it is read again."""


class SubjectKeys:
    """The keys in use, at most `cache_max` of them, each for at most `cache_seconds` before it is
    read again.
    """

    def __init__(
        self, master: MasterKey, *, cache_max: int = 65_536, cache_seconds: float = 300.0
    ) -> None:
        self._master = master
        self._cache_max = cache_max
        self._cache_seconds = cache_seconds
        self._keys: OrderedDict[UUID, _Key] = OrderedDict()

    async def need(self, db: Connection, subjects: Iterable[UUID], *, create: bool = True) -> None:
        """Have these keys at hand: two statements at most, however many subjects.

        `create=False` is for reading: a subject without a key is then as good as forgotten.
        """
        wanted = set(subjects)
        missing = sorted(subject for subject in wanted if not self._fresh(subject))
        if missing:
            found = await self._read(db, missing)
            without = [subject for subject in missing if subject not in found]
            if without and create:
                await self._create(db, without)
                found |= await self._read(db, without)
            self._keep(missing, found, without, in_transaction=db.is_in_transaction())
        for subject in wanted:
            self._keys.move_to_end(subject)
        while len(self._keys) > max(self._cache_max, len(wanted)):
            self._keys.popitem(last=False)

    def holds(self, subjects: Iterable[UUID]) -> bool:
        """Are all these keys at hand already? Then `need` has no question for PostgreSQL."""
        return all(self._fresh(subject) for subject in subjects)

    def encrypt(self, subject: UUID, aad: bytes, text: str) -> str:
        """A token for a personal value. `need` the subject first."""
        cipher = self._cipher(subject)
        if cipher is None:
            raise SubjectForgotten(subject)
        nonce = os.urandom(_NONCE)
        return TOKEN + b64encode(nonce + cipher.encrypt(nonce, text.encode(), aad)).decode()

    def decrypt(self, subject: UUID, aad: bytes, token: str) -> str | None:
        """The value behind a token; None for a forgotten subject. `need` the subject first."""
        cipher = self._cipher(subject)
        if cipher is None:
            return None
        if not token.startswith(TOKEN):
            raise Unreadable("not a token")
        try:
            raw = b64decode(token[len(TOKEN) :], validate=True)
            return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], aad).decode()
        except (InvalidTag, ValueError):
            raise Unreadable("this token does not belong here") from None

    async def forget(self, db: Connection, subject: UUID) -> bool:
        """Erase the subject's key for ever; True the first time. The caller's transaction decides.

        The old bytes leave the table's file with the next VACUUM of `subject_keys`, the write-ahead
        log when it is recycled, and backups when they expire; none of them is of use without the
        master key.
        """
        self._keys.pop(subject, None)
        first: bool | None = await db.fetchval(_FORGET, subject)
        return bool(first)

    def drop(self, subject: UUID) -> None:
        """Read this key again next time; call it when the transaction of `forget` has committed."""
        self._keys.pop(subject, None)

    def doubt_all(self) -> None:
        """Read every key again next time: somebody was erased by another process.

        They stay until then, for those who have asked for them and have not used them yet.
        """
        for subject, key in self._keys.items():
            self._keys[subject] = replace(key, read_at=-math.inf)

    def _fresh(self, subject: UUID) -> bool:
        key = self._keys.get(subject)
        return key is not None and key.sure and key.read_at > time.monotonic() - self._cache_seconds

    def _cipher(self, subject: UUID) -> AESGCM | None:
        try:
            return self._keys[subject].cipher
        except KeyError:
            raise RuntimeError(f"need({subject}) was not called before its key was used") from None

    async def _read(self, db: Connection, subjects: Sequence[UUID]) -> dict[UUID, AESGCM | None]:
        rows = await db.fetch(_READ, subjects)
        return {subject: self._open(subject, wrapped) for subject, wrapped in rows}

    def _open(self, subject: UUID, wrapped: bytes) -> AESGCM | None:
        return AESGCM(self._master.unwrap(subject, wrapped)) if wrapped else None

    async def _create(self, db: Connection, subjects: Sequence[UUID]) -> None:
        wrapped = [self._master.wrap(subject, os.urandom(32)) for subject in subjects]
        await db.execute(_CREATE, subjects, wrapped)

    def _keep(
        self,
        subjects: Sequence[UUID],
        found: dict[UUID, AESGCM | None],
        without: Sequence[UUID],
        *,
        in_transaction: bool,
    ) -> None:
        unsure = set(without) if in_transaction else set()
        unsure |= {
            s for s in subjects if in_transaction and s in self._keys and not self._keys[s].sure
        }
        now = time.monotonic()
        for subject in subjects:
            sure = subject in found and subject not in unsure
            self._keys[subject] = _Key(found.get(subject), now, sure)


_READ = "SELECT subject, wrapped FROM subject_keys WHERE subject = ANY($1::uuid[])"

# Sorted ids and DO NOTHING: two writers with overlapping subjects wait for each other, never in a
# circle, and both read the first one's key afterwards.
_CREATE = """
INSERT INTO subject_keys (subject, wrapped) SELECT * FROM unnest($1::uuid[], $2::bytea[])
ON CONFLICT (subject) DO NOTHING
"""

_FORGET = r"""
WITH emptied AS (
  INSERT INTO subject_keys (subject, wrapped) VALUES ($1, '\x')
  ON CONFLICT (subject) DO UPDATE SET wrapped = '\x'
)
INSERT INTO shred_ledger (subject) VALUES ($1) ON CONFLICT (subject) DO NOTHING RETURNING true
"""
