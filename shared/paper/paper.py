"""What stands on a sheet, block by block, before anybody decides between PDF and Excel.

    Paper(title="相談受付・申込票", blocks=(Facts("受付", (("受付日", "令和8年11月23日"),)),))

Words only: whoever makes a paper has asked the access table and written the access log before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Facts:
    """Labels with what is said of them, two pairs to a line."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True)
class Ticks:
    """Everything one can choose, with a mark (○, ◎) before what was chosen."""

    heading: str
    choices: tuple[tuple[str, str], ...]
    """(mark or "", words)."""
    kind: Literal["ticks"] = "ticks"


@dataclass(frozen=True)
class Grid:
    """A table with a head. `widths` are shares of the line; empty: as the words need it."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    empty: str = "記録なし"
    numbers: frozenset[int] = frozenset()
    """Columns of numbers: set to the right, and numbers in Excel."""
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class Story:
    """Free text in a box."""

    heading: str
    text: str
    lines: int = 3
    """The box is at least so many lines high, that one can write by hand."""
    kind: Literal["story"] = "story"


@dataclass(frozen=True)
class Drawing:
    """An SVG with the same said in words, for who cannot see it."""

    heading: str
    svg: str
    said: str
    kind: Literal["drawing"] = "drawing"


@dataclass(frozen=True)
class Signature:
    """What is signed, above a line for the day and the name."""

    heading: str
    text: str
    names: tuple[str, ...] = ("署名",)
    kind: Literal["signature"] = "signature"


@dataclass(frozen=True)
class Section:
    """A large heading; begins a new page where `fresh` says so."""

    heading: str
    text: str = ""
    fresh: bool = False
    kind: Literal["section"] = "section"


Block: TypeAlias = Facts | Ticks | Grid | Story | Drawing | Signature | Section


@dataclass(frozen=True)
class Paper:
    """One sheet. `foot` stands on every page: who printed it and that it is to be kept closed."""

    title: str
    blocks: tuple[Block, ...]
    above: tuple[tuple[str, str], ...] = ()
    """Small pairs beside the title: number, day, who wrote it."""
    foot: str = ""
    cover: tuple[str, ...] = field(default=())
    """Lines of a cover page; none: no cover."""
