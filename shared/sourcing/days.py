"""Days that decisions may name."""

from __future__ import annotations

from datetime import date

from shared.sourcing.decider import Refused


def day_between(on: date, today: date, *, since: date | None, otherwise: str) -> None:
    """A day that can be: not to come, nor before what it follows, so that a past year stays.

    Raises Refused: `day-in-future`, or the code in `otherwise`.
    """
    if on > today:
        raise Refused("day-in-future")
    if since is not None and on < since:
        raise Refused(otherwise)
