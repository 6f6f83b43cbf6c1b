"""エコマップ: the household in the middle, and who and what it has to do with around it (F-02).

Only places and lines, no colour and no HTML: the template draws them, with the strength in words on
every line. The table beside the drawing says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

WIDTH, HEIGHT = 720, 520
CENTRE = (WIDTH // 2, HEIGHT // 2)
BOX = (132, 64)
"""Width and height of the household's box."""
PLACE = (124, 46)
"""Of a place around it."""
AROUND = (WIDTH // 2 - PLACE[0] // 2 - 8, HEIGHT // 2 - PLACE[1] // 2 - 8)
"""Half axes of the ellipse on which the places lie."""
MOST = 12
"""More do not fit without lying over each other; the table has them all."""
NAME = 8
"""Characters of a name in its place; the whole name is in the table."""


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True)
class Drawn:
    """One tie: its place, the line to the household, and where the word on the line stands."""

    name: str
    word: str
    style: str
    """strong, plain, weak, strained or broken."""
    at: Point
    begins: Point
    ends: Point
    middle: Point


@dataclass(frozen=True)
class Ecomap:
    ties: tuple[Drawn, ...]
    left_out: int
    """Those that only the table shows."""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Bond:
    """What is drawn of one tie."""

    name: str
    word: str
    style: str


def ecomap(bonds: Sequence[Bond]) -> Ecomap:
    """Around the household, clockwise from the top, in the order of the record."""
    shown = bonds[:MOST]
    drawn = tuple(_drawn(bond, nth, len(shown)) for nth, bond in enumerate(shown))
    return Ecomap(drawn, len(bonds) - len(shown))


def _drawn(bond: Bond, nth: int, count: int) -> Drawn:
    angle = 2 * pi * nth / count - pi / 2
    at = Point(round(CENTRE[0] + AROUND[0] * cos(angle)), round(CENTRE[1] + AROUND[1] * sin(angle)))
    begins = _edge(Point(*CENTRE), at, BOX)
    ends = _edge(at, Point(*CENTRE), PLACE)
    middle = Point((begins.x + ends.x) // 2, (begins.y + ends.y) // 2)
    name = bond.name if len(bond.name) <= NAME else f"{bond.name[: NAME - 1]}…"
    return Drawn(name, bond.word, bond.style, at, begins, ends, middle)


def _edge(inside: Point, towards: Point, size: tuple[int, int]) -> Point:
    """Where the line from the middle of a box towards a point leaves the box."""
    across, down = towards.x - inside.x, towards.y - inside.y
    reach = min(
        size[0] / 2 / abs(across) if across else float("inf"),
        size[1] / 2 / abs(down) if down else float("inf"),
    )
    return Point(round(inside.x + across * reach), round(inside.y + down * reach))
