"""Ids: opaque, random, sortable by their day of birth and by nothing finer (ADR 0007)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from uuid import UUID, uuid5

_DAY_MS = 24 * 60 * 60 * 1000


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562) whose 48 bits of time are those of the day's begin (UTC).

    Ids leave the service in facts and addresses, and who came to a counter at 10:42 can be found by
    anyone who stood there. RFC 9562 6.1 allows the time to be blurred; the day keeps the index of a
    busy day together. Names no person.
    """
    millis = time.time_ns() // 1_000_000
    number = ((millis - millis % _DAY_MS) << 80) | int.from_bytes(os.urandom(10), "big")
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(number & ~(0x3 << 62)) | (0x2 << 62))


def ids_for(command_id: UUID | None) -> Callable[[], UUID]:
    """A source of new ids for one command.

    A retry of the same command must reach the same streams, so its ids follow from the command id;
    a command without an id gets fresh ones.
    """
    if command_id is None:
        return new_id
    count = 0

    def following() -> UUID:
        nonlocal count
        count += 1
        return uuid5(command_id, f"id-{count}")

    return following
