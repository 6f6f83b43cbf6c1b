"""A paper as Excel: the same blocks on a sheet of twelve columns, ready to be filled in further.

What somebody wrote is text and stays text: no formula, no link is made of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shared.paper.paper import Drawing, Facts, Grid, Paper, Section, Signature, Story, Ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS = 12
_FONT = "Yu Gothic"
"""What office PCs have; Excel takes another Japanese font where it is missing."""
_CHARACTERS = 7
"""全角 characters that fit into one column."""
_LINE = 18


async def book_of(paper: Paper) -> bytes:
    """Beside the event loop."""
    return await asyncio.to_thread(book_now, paper)


def book_now(paper: Paper) -> bytes:
    """One workbook with one sheet."""
    import xlsxwriter

    memory = BytesIO()
    book = xlsxwriter.Workbook(
        memory,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    book.set_properties({"title": paper.title})
    _Sheet(book, paper).write()
    book.close()
    return memory.getvalue()


@dataclass(frozen=True)
class _Styles:
    title: Format
    head: Format
    label: Format
    text: Format
    number: Format
    small: Format


class _Sheet:
    """Where the next line goes."""

    def __init__(self, book: xlsxwriter.Workbook, paper: Paper) -> None:
        self._sheet: Worksheet = book.add_worksheet(paper.title[:31])
        self._styles = _styles(book)
        self._paper = paper
        self._row = 0
        self._sheet.set_column(0, COLUMNS - 1, 9.5)
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer(f"&L&8{paper.foot.replace('&', '&&')}&R&8&P / &N")
        self._sheet.hide_gridlines(2)

    def write(self) -> None:
        self._line([(COLUMNS, self._paper.title, self._styles.title)], lines=1.5)
        for label, said in self._paper.above:
            self._line([(COLUMNS, f"{label}：{said}", self._styles.small)])
        for block in self._paper.blocks:
            self._block(block)

    def _block(self, block: Any) -> None:
        if block.heading:
            self._row += 1
            self._line([(COLUMNS, block.heading, self._styles.head)])
        match block:
            case Facts():
                self._facts(block)
            case Ticks():
                self._ticks(block)
            case Grid():
                self._grid(block)
            case Section(text=""):
                pass
            case _:
                self._box(*_boxed(block))

    def _facts(self, block: Facts) -> None:
        rows = [*block.rows, ("", "")] if len(block.rows) % 2 else list(block.rows)
        for left, right in zip(rows[::2], rows[1::2], strict=True):
            self._line(
                [
                    (2, left[0], self._styles.label),
                    (4, left[1], self._styles.text),
                    (2, right[0], self._styles.label),
                    (4, right[1], self._styles.text),
                ]
            )

    def _ticks(self, block: Ticks) -> None:
        cells = [f"{mark or '　'} {words}" for mark, words in block.choices]
        for n in range(0, len(cells), 3):
            three = [*cells[n : n + 3], "", ""][:3]
            self._line([(4, said, self._styles.text) for said in three])

    def _grid(self, block: Grid) -> None:
        spans = spans_of(block)
        heads = zip(spans, block.columns, strict=True)
        self._line([(span, name, self._styles.label) for span, name in heads])
        for row in block.rows:
            cells = [
                (span, said, self._styles.number if n in block.numbers else self._styles.text)
                for n, (span, said) in enumerate(zip(spans, row, strict=True))
            ]
            self._line(cells)
        if not block.rows:
            self._line([(COLUMNS, block.empty, self._styles.text)])

    def _box(self, text: str, lines: int) -> None:
        self._line([(COLUMNS, text, self._styles.text)], lines=lines)

    def _line(self, cells: Sequence[tuple[int, str, Format]], lines: float = 1) -> None:
        """Cells side by side, each so many columns wide; the row as high as its longest text."""
        column = 0
        for span, said, style in cells:
            self._cell(column, span, said, style)
            lines = max(lines, _lines(said, span * _CHARACTERS))
            column += span
        self._sheet.set_row(self._row, min(lines * _LINE, 400))
        self._row += 1

    def _cell(self, column: int, span: int, said: str, style: Format) -> None:
        number = _number(said) if style is self._styles.number else None
        if span > 1:
            self._sheet.merge_range(self._row, column, self._row, column + span - 1, "", style)
        if number is None:
            self._sheet.write_string(self._row, column, said, style)
        else:
            self._sheet.write_number(self._row, column, number, style)


def _boxed(block: Story | Drawing | Signature | Section) -> tuple[str, int]:
    """What goes into one box over the whole width, and how many lines it has at least."""
    match block:
        case Story():
            return block.text, block.lines
        case Drawing():
            return block.said, 2
        case Signature():
            names = "\n\n".join(f"　　　　年　　月　　日　{name}" for name in block.names)
            return f"{block.text}\n\n{names}", 3
        case Section():
            return block.text, 1


def spans_of(block: Grid) -> list[int]:
    """How many of the sheet's columns each column takes; more than twelve take one each."""
    count = len(block.columns)
    if count >= COLUMNS:
        return [1] * count
    shares = block.widths or (1.0,) * count
    whole = sum(shares)
    ends = [0, *(round(sum(shares[: n + 1]) / whole * COLUMNS) for n in range(count))]
    spans = [max(1, end - start) for start, end in pairwise(ends)]
    spans[spans.index(max(spans))] -= sum(spans) - COLUMNS
    return spans


def _lines(text: str, width: int) -> int:
    return sum(1 + max(len(line) - 1, 0) // width for line in text.split("\n"))


def _number(said: str) -> float | None:
    try:
        return float(said.replace(",", ""))
    except ValueError:
        return None


def _styles(book: xlsxwriter.Workbook) -> _Styles:
    usual = {"font_name": _FONT, "font_size": 10, "valign": "top", "text_wrap": True}
    ruled = {**usual, "border": 1, "border_color": "#666666"}
    return _Styles(
        title=book.add_format({**usual, "font_size": 16, "bold": True, "text_wrap": False}),
        head=book.add_format({**usual, "bold": True}),
        label=book.add_format({**ruled, "bg_color": "#F0F1F4"}),
        text=book.add_format(ruled),
        number=book.add_format({**ruled, "align": "right", "num_format": "#,##0.##"}),
        small=book.add_format({**usual, "font_size": 9}),
    )
