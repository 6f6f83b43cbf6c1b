"""国への実績報告 as Excel and CSV: the rows, where they come from, and the codes in no row."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.reporting.national import Line, Section
from services.reporting.read.as_of import AsOf
from services.reporting.sheet_csv import harmless
from services.reporting.workbook import fill
from shared.vocabulary.wareki import wareki

BY_HAND = "手で記入"
NOWHERE = "報告のどの行にも入っていないコード"
HEADS = ("区分", "番号", "項目", "数", "単位", "もとの指標", "定義", "数えたコード", "データの時点")


@dataclass(frozen=True)
class Sheet:
    """What is saved."""

    year: str
    on: date | None
    sections: Sequence[Section]
    as_of: Sequence[AsOf]


def told_by(line: Line, as_of: Sequence[AsOf], on: date | None) -> str:
    """How far the facts that a row is counted from are counted: 「多機関協働 123まで」."""
    if line.definition is None:
        return ""
    if on is not None:
        return f"{wareki(on)}までに記録されたもの"
    teams = {team for team, _ in line.definition.observes}
    return "、".join(f"{one.title} {one.position}まで" for one in as_of if one.team in teams)


def said_of(line: Line) -> str:
    """Every code in words with its own number."""
    said = "、".join(f"{label} {value}" for label, value in line.counted)
    return f"{said}（重なりは1件と数える）" if line.overlaps else said


def csv_of(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, else Excel reads 文字化け."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEADS)
    for row in [*_rows(sheet), *_nowhere(sheet)]:
        rows.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig")


async def workbook_of(sheet: Sheet) -> bytes:
    """Beside the event loop."""
    return await asyncio.to_thread(_written, sheet)


def _written(sheet: Sheet) -> bytes:
    import xlsxwriter

    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"国への実績報告 {sheet.year}"})
    head = book.add_format({"bold": True, "bg_color": "#F0F1F4", "border": 1, "text_wrap": True})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    widths = (28, 8, 44, 10, 8, 10, 8, 50, 30)
    fill(book.add_worksheet("実績報告"), HEADS, _rows(sheet), head, text, widths)
    if nowhere := _nowhere(sheet):
        fill(book.add_worksheet("入っていないコード"), HEADS, nowhere, head, text, widths)
    book.close()
    return memory.getvalue()


def _rows(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [_row(section, line, sheet) for section in sheet.sections for line in section.lines]


def _row(section: Section, line: Line, sheet: Sheet) -> tuple[Any, ...]:
    """The cell of a row that is written by hand is empty: 0 would be a figure."""
    row, definition = line.row, line.definition
    about = (section.title, row.code, row.label, line.value, row.unit)
    if definition is None:
        return (*about, BY_HAND, "", row.note or "", "")
    version = f"第{definition.version}版"
    return (*about, definition.id, version, said_of(line), told_by(line, sheet.as_of, sheet.on))


def _nowhere(sheet: Sheet) -> list[tuple[Any, ...]]:
    return [
        (
            *(section.title, "", NOWHERE, one.value, one.definition.unit, one.definition.id),
            *(f"第{one.definition.version}版", one.label, ""),
        )
        for section in sheet.sections
        for one in section.unmapped
    ]
