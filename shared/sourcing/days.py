"""Days that decisions may name."""

from __future__ import annotations

from datetime import date

from shared.sourcing.decider import Refused

FIRST_DAY = date(2000, 4, 1)
"""Nothing recorded here happened before it: whoever names an earlier day mistyped the year."""


def not_long_ago(on: date) -> None:
    """Raises Refused when the year is mistyped: it would stand in every list of years."""
    if on < FIRST_DAY:
        raise Refused("day-too-long-ago")


def day_between(on: date, today: date, *, since: date | None, otherwise: str) -> None:
    """A day that can be: not to come, nor before what it follows, so that a past year stays.

    Raises Refused: `day-in-future`, `day-too-long-ago`, or the code in `otherwise`.
    """
    if on > today:
        raise Refused("day-in-future")
    if since is not None and on < since:
        raise Refused(otherwise)
    not_long_ago(on)
