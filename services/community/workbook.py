"""1か月分の記録 in Excel: the form to fill in without the network, and what came back in it.

What comes back is only typed text for the screen of the month: it is checked there and recorded
there, so that a workbook never records half of itself.
"""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

from services.community.month import ROWS, columns_of
from services.community.sheets import field_of
from shared.vocabulary.city import City
from shared.vocabulary.entries import ActivityKind
from shared.vocabulary.text import search_key

_SHEET, _PLACES = "記録", "場所"
_UNPACKED = 20_000_000
"""Bytes of a workbook at the most: a month is a few thousand."""
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
HEADINGS = {"held_on": "開催日", "resource_id": "場所", "story": "内容（公表する文）"}


class NoWorkbook(ValueError):
    """A sentence for staff why this file is no month of this kind."""


def headings_of(city: City, kind: ActivityKind) -> dict[str, str]:
    """Field → heading of its column."""
    numbers = {field_of(code): city.label("activity_measures", code) for code in kind.measures}
    return {name: (HEADINGS | numbers)[name] for name in columns_of(kind)}


async def template_of(
    city: City, kind: ActivityKind, places: Sequence[str], expected: Sequence[str]
) -> bytes:
    """An empty month: a row a session, places to choose from; expected ones stand there."""
    headings = headings_of(city, kind)
    return await asyncio.to_thread(_written, kind.label, headings, places, expected)


def _written(
    title: str, headings: Mapping[str, str], places: Sequence[str], expected: Sequence[str]
) -> bytes:
    import xlsxwriter

    memory = BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"{title} 1か月分の記録"})
    head = book.add_format({"bold": True, "bg_color": "#F0F1F4", "border": 1, "text_wrap": True})
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet, listed = book.add_worksheet(_SHEET), book.add_worksheet(_PLACES)
    for n, (name, heading) in enumerate(headings.items()):
        sheet.write_string(0, n, heading, head)
        wide = {"held_on": 12, "resource_id": 28, "story": 40}.get(name, 10)
        sheet.set_column(n, n, wide, day if name == "held_on" else None)
    sheet.freeze_panes(1, 0)
    for n, place in enumerate(places):
        listed.write_string(n, 0, place)
    at = list(headings).index("resource_id")
    for n, place in enumerate(expected, start=1):
        sheet.write_string(n, at, place)
    if places:
        choice = {"validate": "list", "source": f"={_PLACES}!$A$1:$A${len(places)}"}
        sheet.data_validation(1, at, ROWS, at, {**choice, "error_type": "warning"})
    book.close()
    return memory.getvalue()


async def typed_in(raw: bytes, city: City, kind: ActivityKind) -> list[dict[str, str]]:
    """The rows of a filled-in workbook as somebody would have typed them, places by name."""
    return await asyncio.to_thread(_typed, raw, headings_of(city, kind))


def _typed(raw: bytes, headings: Mapping[str, str]) -> list[dict[str, str]]:
    rows = _cells(raw)
    fields = _fields(next(rows, ()), headings)
    typed = []
    for cells in rows:
        said = {
            name: text
            for name, cell in zip(fields, cells, strict=False)
            if name and (text := _text(cell))
        }
        if said.keys() - {"resource_id"}:
            typed.append(said)
        if len(typed) > ROWS:
            raise NoWorkbook(f"1回に取り込めるのは{ROWS}行までです。ファイルを分けてください。")
    if not typed:
        raise NoWorkbook("記録が1行も書かれていません。")
    return typed


def _fields(row: Sequence[object], headings: Mapping[str, str]) -> list[str]:
    """The columns of the sheet as fields, in whatever order they stand."""
    known = {search_key(heading): name for name, heading in headings.items()}
    written = [_text(cell) for cell in row]
    fields = [known.get(search_key(heading), "") for heading in written]
    strange = [head for head, name in zip(written, fields, strict=True) if head and not name]
    if "held_on" not in fields:
        raise NoWorkbook("この記録の様式ではありません。1行目に「開催日」がありません。")
    if strange:
        raise NoWorkbook(f"この記録の様式にない列があります: {'、'.join(strange)}")
    if len({*fields} - {""}) < len([name for name in fields if name]):
        raise NoWorkbook("同じ見出しの列が2つあります。")
    return fields


def _cells(raw: bytes) -> Iterator[Sequence[object]]:
    """The rows of the first sheet; formulas are what they came to."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    _bounded(raw)
    try:
        book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True)
        sheet = book[_SHEET] if _SHEET in book.sheetnames else book.worksheets[0]
        yield from sheet.iter_rows(max_row=5000, max_col=60, values_only=True)
        book.close()
    except (InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as fault:
        raise NoWorkbook("Excelのファイル（.xlsx）として読めません。") from fault


def _bounded(raw: bytes) -> None:
    """Not a bomb: small when unpacked, and no part defines entities."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as packed:
            parts = packed.infolist()
            if sum(part.file_size for part in parts) > _UNPACKED:
                raise NoWorkbook("ファイルが大きすぎます。この様式だけのファイルにしてください。")
            read = (
                packed.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))
            )
            declared = any(mark in content for content in read for mark in _DECLARES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as fault:
        raise NoWorkbook("Excelのファイル（.xlsx）として読めません。") from fault
    if declared:
        raise NoWorkbook("Excelのファイル（.xlsx）として読めません。")


def _text(cell: object) -> str:
    """A cell as it would be typed: days as days, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()


def fields_in(rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """The rows as fields of the month's form."""
    return [(f"{name}_{n}", text) for n, row in enumerate(rows, 1) for name, text in row.items()]
