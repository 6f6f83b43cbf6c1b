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
"""Characters of one line in a place, which has two; the whole name is in the table."""
AIR = 8
"""Above the highest and below the lowest place."""


@dataclass(frozen=True)
class Point:
    x: int
    y: int


@dataclass(frozen=True)
class Drawn:
    """One tie: its place, the line to the household, and where the word on the line stands."""

    name: tuple[str, ...]
    """In one line or two."""
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
    top: int
    height: int
    """What of the plane is used: a household with two ties needs no more than a strip."""
    width: int = WIDTH
    centre: Point = Point(*CENTRE)


@dataclass(frozen=True)
class Bond:
    """What is drawn of one tie."""

    name: str
    word: str
    style: str


def ecomap(bonds: Sequence[Bond]) -> Ecomap:
    """Around the household, clockwise, in the order of the record: from the top, or side by side
    where there are no more than two.
    """
    shown = bonds[:MOST]
    drawn = tuple(_drawn(bond, nth, len(shown)) for nth, bond in enumerate(shown))
    edges = [one.at.y + side * PLACE[1] // 2 for one in drawn for side in (-1, 1)]
    edges += [CENTRE[1] - BOX[1] // 2, CENTRE[1] + BOX[1] // 2]
    top = min(edges) - AIR
    return Ecomap(drawn, len(bonds) - len(shown), top, max(edges) + AIR - top)


def _drawn(bond: Bond, nth: int, count: int) -> Drawn:
    angle = 2 * pi * nth / count - (pi if count < 3 else pi / 2)
    at = Point(round(CENTRE[0] + AROUND[0] * cos(angle)), round(CENTRE[1] + AROUND[1] * sin(angle)))
    begins = _edge(Point(*CENTRE), at, BOX)
    ends = _edge(at, Point(*CENTRE), PLACE)
    middle = Point((begins.x + ends.x) // 2, (begins.y + ends.y) // 2)
    return Drawn(_lines(bond.name), bond.word, bond.style, at, begins, ends, middle)


def _lines(name: str) -> tuple[str, ...]:
    if len(name) <= NAME:
        return (name,)
    rest = name[NAME:]
    return name[:NAME], rest if len(rest) <= NAME else f"{rest[: NAME - 1]}…"


def _edge(inside: Point, towards: Point, size: tuple[int, int]) -> Point:
    """Where the line from the middle of a box towards a point leaves the box."""
    across, down = towards.x - inside.x, towards.y - inside.y
    reach = min(
        size[0] / 2 / abs(across) if across else float("inf"),
        size[1] / 2 / abs(down) if down else float("inf"),
    )
    return Point(round(inside.x + across * reach), round(inside.y + down * reach))
