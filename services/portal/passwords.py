"""Passwords: hashed with argon2id, never more than two at once; what a person may choose."""

from __future__ import annotations

import asyncio
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shared.web.messages import Message

_HASHER = PasswordHasher()
_HASHING = asyncio.Semaphore(2)
"""A hash takes 64 MB and a tenth of a second: never more than two at once."""
NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""What the password of an unknown name is compared with: it takes as long."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike on paper."""
SHORTEST = 12
_VARIED = 5
"""So many different characters at least: 111111111111 is long and is guessed first."""


def hashed(password: str) -> str:
    """As it is kept. Takes its time: in a thread, or in a command."""
    return _HASHER.hash(password)


async def hashed_soon(password: str) -> str:
    """The same beside other requests."""
    async with _HASHING:
        return await asyncio.to_thread(hashed, password)


async def fits(kept: str, password: str) -> bool:
    """Whether this is the password that was hashed."""

    def check() -> bool:
        try:
            return _HASHER.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async with _HASHING:
        return await asyncio.to_thread(check)


def made_up() -> str:
    """One that can be read from paper and nobody guesses."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def too_weak(password: str, login: str, name: str) -> Message | None:
    """Why nobody should choose this; None when it will do. Length counts, not kinds of characters:
    a sentence is remembered, P@ssw0rd1 is guessed.
    """
    if len(password) < SHORTEST:
        return Message(
            f"パスワードは{SHORTEST}文字以上にしてください(今は{len(password)}文字)。",
            f"choose at least {SHORTEST} characters; these are {len(password)}",
        )
    if len(set(password)) < _VARIED:
        return Message(
            "同じ文字の繰り返しは推測されます。別のものにしてください。",
            "so few different characters are guessed; choose another",
        )
    folded = password.casefold()
    if any(len(word) > 2 and word.casefold() in folded for word in (login, *name.split())):
        return Message(
            "ログイン名や氏名を含むものは推測されます。別のものにしてください。",
            "a password with the login or the name in it is guessed; choose another",
        )
    return None
