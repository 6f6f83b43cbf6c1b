"""相談の一覧 (CSV) を読む: from the bytes of an office's list to slips for the reception.

Nothing is stored here and nothing is guessed: a row is a slip, or it says what is wrong with it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from services.intake.reception import Slip
from shared.vocabulary.city import City
from shared.vocabulary.lists import OURS, Unreadable, lines_of, text_of, write_refused
from shared.vocabulary.text import search_key
from shared.vocabulary.wareki import parse_date

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "received_on": ("受付日", "受付年月日", "相談日"),
    "counter": ("窓口", "受付窓口", "相談窓口"),
    "channel": ("相談方法", "受付方法", "受付の方法"),
    "source": ("相談経路", "相談の経路", "経路"),
    "name": ("氏名", "名前", "お名前"),
    "kana": ("ふりがな", "フリガナ", "カナ氏名"),
    "born_on": ("生年月日",),
    "phone": ("電話", "電話番号", "連絡先"),
    "address": ("住所", "居所"),
    "household_size": ("世帯人数", "世帯員数"),
    "issues": ("課題", "課題の種類"),
    "content": ("相談内容", "内容"),
    "wishes": ("本人の希望", "希望"),
}
"""Field of the slip → what the column may be called; the first is the name in our own list."""

_NEEDED = ("received_on", "counter", "channel", "source")
_LONGEST = {"name": 100, "kana": 100, "phone": 100, "address": 200}
_STORY = 10_000
_HOUSEHOLDS = range(1, 31)
_MAIN = "◎"
_BETWEEN = re.compile(r"[、,，;；/／|｜\n]+")


@dataclass(frozen=True)
class Row:
    """One line of the list: a slip, or the problems why it is none."""

    line: int
    """Where the row begins in the file; the header is line 1."""
    cells: tuple[str, ...]
    slip: Slip | None
    problems: tuple[str, ...] = ()
    """Sentences for staff, without full stops."""
    row_key: str = ""
    """The same for the same content however it is written; the second time it is another. Of a
    person, so it never leaves the process."""
    header: tuple[str, ...] = ()


def read_rows(file: Path, city: City, today: date) -> list[Row]:
    """All rows of a file. A file that cannot be read is one row with one problem."""
    return list(rows_of(file.read_bytes(), city, today))


def rows_of(raw: bytes, city: City, today: date) -> Iterator[Row]:
    """The rows of a list in UTF-8 (with or without BOM) or Shift_JIS (cp932), in their order."""
    seen: Counter[str] = Counter()
    try:
        for row in _rows(text_of(raw), city, today):
            content = _content(row)
            seen[content] += 1
            yield replace(row, row_key=f"{content} {seen[content]}")
    except Unreadable as fault:
        yield Row(1, (), None, (str(fault),))


def _content(row: Row) -> str:
    """What the row says, by the names of its fields and without the empty ones: a field that the
    slip learns next year changes nothing for rows that do not have it.
    """
    if row.slip is None:
        return json.dumps(row.cells, ensure_ascii=False)
    said = {field: value for field, value in vars(row.slip).items() if value not in (None, "", ())}
    return json.dumps(said, default=str, ensure_ascii=False, sort_keys=True)


def write_errors(file: Path, rows: Sequence[Row]) -> None:
    """The refused rows as they came, with line and reason: to be mended and imported again."""
    refused = [row for row in rows if row.problems]
    header = next((row.header for row in refused if row.header), ())
    write_refused(file, header, ((row.line, row.problems, row.cells) for row in refused))


def _rows(text: str, city: City, today: date) -> Iterator[Row]:
    lines = lines_of(text)
    header = tuple(next(lines, (1, []))[1])
    columns = _columns(header)
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not any(cells[len(columns) :]):
            cells = cells[: len(columns)]
        row = Row(line, tuple(cells), None, header=header)
        if len(cells) != len(columns):
            said = f"列の数が{len(cells)}です（見出しは{len(columns)}）"
            yield replace(row, problems=(said,))
            continue
        reading = _Reading(city, today, dict(zip(columns, cells, strict=True)))
        slip = reading.slip()
        yield replace(row, slip=slip, problems=tuple(reading.problems))


def _columns(header: Sequence[str]) -> list[str]:
    """The header as fields of the slip."""
    known = {search_key(name): field for field, names in COLUMNS.items() for name in names}
    known |= {search_key(name): name for name in OURS}
    columns = [known.get(search_key(name), "") for name in header]
    missing = [COLUMNS[field][0] for field in _NEEDED if field not in columns]
    if missing:
        raise Unreadable(f"相談の一覧ではありません。見出しに{'・'.join(missing)}がありません")
    strange = [name for name, field in zip(header, columns, strict=True) if not field]
    if strange:
        raise Unreadable(
            f"取り込めない列があります: {'、'.join(name or '（空）' for name in strange)}"
        )
    if len(set(columns)) < len(columns):
        raise Unreadable("同じ意味の見出しが2つあります")
    return columns


class _Reading:
    """One row being read; what is wrong with it gathers in `problems`."""

    def __init__(self, city: City, today: date, cells: Mapping[str, str]) -> None:
        self._city = city
        self._today = today
        self._cells = cells
        self.problems: list[str] = []

    def slip(self) -> Slip | None:
        """The slip, if nothing is wrong."""
        received_on, born_on = self._day("received_on"), self._day("born_on")
        counter, channel = self._code("counter", "counters"), self._code("channel", "channels")
        source, size = self._code("source", "sources"), self._size()
        issues, main = self._issues()
        name, kana = self._text("name"), self._text("kana")
        phone, address = self._text("phone"), self._text("address")
        content, wishes = self._text("content"), self._text("wishes")
        self._check_days(received_on, born_on)
        if not (content or wishes or self._said("issues")):
            self.problems.append("課題も相談内容も書かれていません")
        if self.problems or received_on is None:
            return None
        return Slip(
            counter=counter,
            channel=channel,
            source=source,
            received_on=received_on,
            household_size=size,
            issues=issues,
            main_issue=main,
            born_on=born_on,
            name=name,
            kana=kana,
            phone=phone,
            address=address,
            content=content,
            wishes=wishes,
        )

    def _check_days(self, received_on: date | None, born_on: date | None) -> None:
        if received_on and received_on > self._today:
            self.problems.append("受付日が今日より後です")
        if received_on and born_on and born_on > received_on:
            self.problems.append("生年月日が受付日より後です")

    def _said(self, field: str) -> str:
        said = self._cells.get(field, "").replace("\r\n", "\n").strip()
        if not said and field in _NEEDED:
            self.problems.append(f"{COLUMNS[field][0]}が書かれていません")
        return said

    def _text(self, field: str) -> str | None:
        said = self._said(field)
        if len(said) > _LONGEST.get(field, _STORY):
            self.problems.append(f"{COLUMNS[field][0]}が長すぎます")
        return said or None

    def _day(self, field: str) -> date | None:
        said = self._said(field)
        if not said:
            return None
        try:
            return parse_date(said)
        except ValueError as fault:
            self.problems.append(f"{COLUMNS[field][0]}: {fault}")
            return None

    def _code(self, field: str, kind: str) -> str:
        said = self._said(field)
        code = self._city.find(kind, said) if said else ""
        if code is None:
            self.problems.append(f"{COLUMNS[field][0]}: 「{said}」は一覧にありません")
        return code or ""

    def _size(self) -> int | None:
        said = self._said("household_size")
        number = unicodedata.normalize("NFKC", said).removesuffix("人").strip()
        if not said:
            return None
        if not re.fullmatch(r"\d{1,2}", number) or int(number) not in _HOUSEHOLDS:
            self.problems.append(f"世帯人数: 「{said}」は1から30までの数ではありません")
            return None
        return int(number)

    def _issues(self) -> tuple[tuple[str, ...], str | None]:
        """The issues, and the main one, which stands after ◎."""
        codes: list[str] = []
        main = None
        for said in filter(None, map(str.strip, _BETWEEN.split(self._said("issues")))):
            found = self._issue(said.lstrip(_MAIN + "○"))
            codes += found
            main = main or (found[0] if found and said.startswith(_MAIN) else None)
        return tuple(dict.fromkeys(codes)), main

    def _issue(self, said: str) -> list[str]:
        """A whole label first: ・ also stands inside 家族関係・家族の問題 (X-35)."""
        whole = self._city.find("issues", said)
        if whole is not None:
            return [whole]
        parts = [self._city.find("issues", part) for part in said.split("・")]
        codes = [code for code in parts if code is not None]
        if len(codes) < len(parts):
            self.problems.append(f"課題: 「{said}」は一覧にありません")
        return codes
