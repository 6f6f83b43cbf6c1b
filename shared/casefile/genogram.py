"""ジェノグラム: the household as a drawing, generations from above to below (F-02, domain 4.2).

Only places and lines, no colour and no HTML: the template draws them. What the 続柄 leaves open
(whose child a grandchild is) gets no line; the list beside the drawing says the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from shared.vocabulary.counter_file import WrittenMember
from shared.vocabulary.relations import KIN, Living, Relation, Sex

PITCH = 112
"""From the middle of one person to the next: wide enough for six characters below a shape."""
ROW = 140
SIZE = 48
MARGIN = 12
WORDS = 44
"""Height of the two lines below a shape."""
NAME = 6
"""Characters of a name below its shape; the whole name is in the list."""


@dataclass(frozen=True)
class Node:
    """One person: the middle of the shape, and what stands below it."""

    x: int
    y: int
    relation: Relation
    sex: Sex
    living: Living
    label: str
    below: str
    own: bool = False
    """The person the case is about: a doubled outline."""


@dataclass(frozen=True)
class Line:
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True)
class Genogram:
    width: int
    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Own:
    """The person of the case, as the sheet tells them."""

    name: str | None = None
    born_on: date | None = None


_ORDER: tuple[Relation, ...] = (
    "uncle", "aunt", "grandfather", "grandmother", "father", "mother",
    "brother", "sister", "self", "husband", "wife", "partner",
    "father-in-law", "mother-in-law", "son", "daughter", "child", "child-in-law",
    "grandchild", "nephew-niece", "other-relative", "not-related", "unknown",
)  # fmt: skip
"""From left to right, so that couples stand side by side."""


def genogram(members: Sequence[WrittenMember], own: Own, today: date) -> Genogram:
    """Every member once, and the person of the case, recorded as a member or not."""
    rows = _rows(members, own, today)
    top, low = max(rows), min(rows)
    width = 2 * MARGIN + PITCH * max(len(row) for row in rows.values())
    nodes: list[Node] = []
    for generation, row in rows.items():
        left = (width - PITCH * len(row)) // 2 + PITCH // 2
        y = MARGIN + SIZE // 2 + ROW * (top - generation)
        nodes.extend(_placed(person, left + PITCH * at, y) for at, person in enumerate(row))
    height = 2 * MARGIN + ROW * (top - low + 1) - (ROW - SIZE) + WORDS
    return Genogram(width, height, tuple(nodes), tuple(_lines(nodes)))


def _rows(members: Sequence[WrittenMember], own: Own, today: date) -> dict[int, list[Node]]:
    people = [_drawn(one, today) for one in members]
    if not any(one.relation == "self" for one in people):
        age = _age(own.born_on, today)
        people.append(
            Node(0, 0, "self", "unknown", "together", _short(own.name, "self"), age, own=True)
        )
    rows: dict[int, list[Node]] = {}
    for one in sorted(people, key=lambda node: _ORDER.index(node.relation)):
        rows.setdefault(KIN[one.relation].generation, []).append(one)
    return rows


def _drawn(member: WrittenMember, today: date) -> Node:
    relation = KIN[member.relation].label
    below = " ".join(word for word in (relation, _age(member.born_on, today)) if word)
    if member.living == "deceased":
        below = f"{relation} 故人"
    return Node(
        0, 0, member.relation, member.sex, member.living,
        _short(member.name, member.relation), below, own=member.relation == "self",
    )  # fmt: skip


def _placed(node: Node, x: int, y: int) -> Node:
    return Node(x, y, *(getattr(node, name) for name in _KEPT))


_KEPT = ("relation", "sex", "living", "label", "below", "own")


def _short(name: str | None, relation: Relation) -> str:
    shown = name or ("本人" if relation == "self" else "名前不明")
    return shown if len(shown) <= NAME else f"{shown[: NAME - 1]}…"


def _age(born_on: date | None, today: date) -> str:
    if born_on is None or born_on > today:
        return ""
    had = (today.month, today.day) >= (born_on.month, born_on.day)
    return f"{today.year - born_on.year - (not had)}歳"


def _lines(nodes: Sequence[Node]) -> Iterable[Line]:
    me = next(one for one in nodes if one.relation == "self")
    spouses = _all(nodes, "husband", "wife", "partner")
    parents = _all(nodes, "father", "mother")
    yield from _couple([me, *spouses[:1]])
    yield from _couple(parents[:2])
    yield from _couple(_all(nodes, "grandfather", "grandmother")[:2])
    yield from _couple(_all(nodes, "father-in-law", "mother-in-law")[:2])
    yield from _family(parents[:2], [me, *_all(nodes, "brother", "sister")], 0)
    in_law = _all(nodes, "father-in-law", "mother-in-law")
    yield from _family(in_law[:2], spouses[:1], 8)
    yield from _family([me, *spouses[:1]], _all(nodes, "son", "daughter", "child"), 0)


def _all(nodes: Sequence[Node], *relations: Relation) -> list[Node]:
    return [one for one in nodes if one.relation in relations]


def _couple(two: Sequence[Node]) -> Iterable[Line]:
    if len(two) == 2:
        left, right = sorted(two, key=lambda one: one.x)
        yield Line(left.x + SIZE // 2, left.y, right.x - SIZE // 2, right.y)


def _family(parents: Sequence[Node], children: Sequence[Node], lift: int) -> Iterable[Line]:
    """From the middle of the couple down to a bar, and from the bar to every child."""
    if not (parents and children):
        return
    middle = sum(one.x for one in parents) // len(parents)
    # One parent alone: below what is written under the shape, not through it.
    start = parents[0].y + (0 if len(parents) == 2 else SIZE // 2 + WORDS)
    bar = children[0].y - SIZE // 2 - 14 - lift
    across = [middle, *(one.x for one in children)]
    yield Line(middle, start, middle, bar)
    yield Line(min(across), bar, max(across), bar)
    for child in children:
        yield Line(child.x, bar, child.x, child.y - SIZE // 2)
