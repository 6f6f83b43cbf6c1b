"""Other systems that read facts. Without imports: the commands' help must not wait for a client."""

from __future__ import annotations

import re
from dataclasses import dataclass

OUTSIDE = "integrator"
"""The other system where nothing else is said: its NATS user, and the durable that every team keeps
for it (docs/integrators.md).
"""
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Outside:
    """How we look from outside: who reads our facts there, and the address of our contracts."""

    names: tuple[str, ...] = (OUTSIDE,)
    site: str = ""


OURS_ALONE = Outside()


def outsiders(said: str) -> tuple[str, ...]:
    """The names of the other systems, from a setting like `integrator,kokuho`: each has a user and
    durables of its own, so that none takes what is for another. Raises ValueError.
    """
    names = tuple(dict.fromkeys(name for one in said.split(",") if (name := one.strip())))
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r}: 2 to 40 of a-z, 0-9 and hyphen, a letter first")
    return names
