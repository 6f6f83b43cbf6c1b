"""Lists as offices send them: CSV in UTF-8 (with or without BOM) or Shift_JIS (cp932)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

OURS = ("行", "理由")
"""Columns of our own error file; a mended one may keep them."""
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d)")


class Unreadable(ValueError):
    """The file as a whole is no list: a sentence for staff, without full stop."""


def text_of(raw: bytes) -> str:
    """The list as text, whichever of the usual encodings it is in."""
    if raw.startswith(b"PK"):
        raise Unreadable("Excelのファイルです。「CSV UTF-8」で保存してから取り込んでください")
    if not raw.strip() or raw.strip() == b"\xef\xbb\xbf":
        raise Unreadable("ファイルが空です")
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("文字コードがわかりません。UTF-8かShift_JISのCSVにしてください")


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line of the file where the row begins, and its cells; the header is line 1."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(
            f"{line}行目からCSVとして読めません（引用符を確かめてください）"
        ) from error


def harmless(cell: str) -> str:
    """Excel must not take what somebody typed for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """What `harmless` made harmless, as it was typed."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def write_refused(
    file: Path, header: Sequence[str], rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]
) -> None:
    """Rows as they came, after line and reasons: to be mended and imported again."""
    with file.open("w", encoding="utf-8-sig", newline="") as written:
        writer = csv.writer(written)
        writer.writerow([*OURS, *header])
        for line, problems, cells in rows:
            writer.writerow([line, "。".join(problems), *map(harmless, cells)])
