"""社会資源の一覧 (CSV) を読む: open data, ours or another's, as entries of the directory.

A column that the file lacks leaves what an entry says as it is. Nothing is guessed: a row is an
entry, or it says what is wrong with it. The same row is the same entry: by our id, by the number it
has in its own list, else by name and place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from services.community.asked import CardForm
from services.community.domain.resource import Card
from services.community.domain.schedule import read_schedule
from services.community.open_data import BETWEEN
from services.community.venues import venue_id
from shared.vocabulary.city import City
from shared.vocabulary.lists import OURS, Unreadable, lines_of, plain, text_of
from shared.vocabulary.text import search_key

_TEXTS = {
    "名称": "name",
    "名称_カナ": "kana",
    "団体名": "organisation",
    "地区": "area",
    "方書": "building",
    "住所": "address",
    "電話番号": "phone",
    "URL": "url",
    "利用可能日時特記事項": "held",
    "対象_詳細": "target",
    "備考": "note",
}
_CODES = {
    "種類": ("kind", "resource_kinds"),
    "町名": ("town", "towns"),
    "事業": ("programme", "programmes"),
    "空き": ("capacity", "capacity_states"),
}
_SEVERAL = {"対象": ("targets", "resource_targets"), "配慮": ("cares", "resource_cares")}
_TIMES = ("定期の開催", "利用可能曜日", "開始時間", "終了時間")
_DESCRIBED, _TOWN_PART, _REST = "説明", "所在地_町字", "所在地_番地以下"
_ALSO = {
    "全国地方公共団体コード": "都道府県コード又は市区町村コード",
    "ID": "NO",
    "所在地_連結表記": "住所",
    "建物名等(方書)": "方書",
    "建物名等（方書）": "方書",
}
"""Headings of 自治体標準オープンデータセット → those of the 推奨データセット."""
_CITY, _NUMBER, _PUBLIC = "都道府県コード又は市区町村コード", "NO", "公表"
_READ = {
    _DESCRIBED,
    _TOWN_PART,
    _REST,
    *_ALSO,
    *_TEXTS,
    *_CODES,
    *_SEVERAL,
    *_TIMES,
    _CITY,
    _NUMBER,
    _PUBLIC,
    *OURS,
}
_KNOWN_NOT_READ = {
    *("都道府県名", "市区町村名", "最終確認日", "地方公共団体名", "所在地_都道府県"),
    *("所在地_市区町村", "所在地_全国地方公共団体コード"),
}
_YES, _NO = ("はい", "公表", "1", "○"), ("いいえ", "非公表", "0", "×", "")


@dataclass(frozen=True)
class Row:
    """One line of the list: what it says of which entry, or the problems why it says nothing."""

    line: int
    cells: tuple[str, ...]
    header: tuple[str, ...] = ()
    resource_id: UUID | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    """Field of the card → its value; a field that the file has no column for is not in it."""
    problems: tuple[str, ...] = ()

    def card(self, now: Card | None, otherwise: str) -> Card:
        """The entry after this row. A new one without 種類 is `otherwise`."""
        before = now.model_dump() if now else {"kind": otherwise}
        return Card.model_validate(before | dict(self.said))


def not_read(header: Sequence[str]) -> list[str]:
    """Columns of the file whose content the directory has no place for: 緯度, 経度 …"""
    return [name for name in header if name and name not in _READ | _KNOWN_NOT_READ]


def read_rows(file: Path, city: City) -> list[Row]:
    """All rows of a file."""
    return list(rows_of(file.read_bytes(), city))


def rows_of(raw: bytes, city: City) -> Iterator[Row]:
    """The rows of a list in their order. A file that cannot be read is one row with a problem."""
    seen: dict[UUID, int] = {}
    try:
        for row in _rows(text_of(raw), city):
            first = seen.setdefault(row.resource_id, row.line) if row.resource_id else row.line
            twice = (f"{first}行目と同じ場所です",) if first != row.line else ()
            yield replace(row, problems=(*row.problems, *twice))
    except Unreadable as fault:
        yield Row(1, (), problems=(str(fault),))


def _rows(text: str, city: City) -> Iterator[Row]:
    lines = lines_of(text)
    header = tuple(name.strip() for name in next(lines, (1, []))[1])
    if "名称" not in header:
        raise Unreadable("社会資源の一覧ではありません。見出しに名称がありません")
    if len(set(header)) < len(header):
        raise Unreadable("同じ見出しが2つあります")
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(line, tuple(cells), header)
        if len(cells) != len(header):
            said = f"列の数が{len(cells)}です（見出しは{len(header)}）"
            yield replace(row, problems=(said,))
            continue
        bare = dict(zip(header, map(_bare, cells), strict=True))
        yield _Reading(city, _in_one_way(city, bare)).row(row)


def _in_one_way(city: City, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells under the headings of the 推奨データセット, whichever of the two the file has."""
    said = {_ALSO.get(name, name): text for name, text in cells.items()}
    apart = cells.get(_TOWN_PART, "") + cells.get(_REST, "")
    if cells.get(_REST) and not said.get("住所"):
        said["住所"] = apart
    if "所在地_連結表記" in cells:
        said["住所"] = said["住所"].removeprefix(f"{city.prefecture}{city.name}")
    if said.get(_DESCRIBED):
        said["備考"] = "\n".join(filter(None, (said.get("備考"), said[_DESCRIBED])))
    return said


def _bare(cell: str) -> str:
    return plain(cell.replace("\r\n", "\n").strip())


class _Reading:
    """One row being read; what is wrong with it gathers in `problems`."""

    def __init__(self, city: City, cells: Mapping[str, str]) -> None:
        self._city = city
        self._cells = cells
        self._problems: list[str] = []

    def row(self, row: Row) -> Row:
        said: dict[str, Any] = {
            name: self._cells[column] or None
            for column, name in _TEXTS.items()
            if column in self._cells
        }
        self._check_city()
        self._check_texts(said)
        said |= self._codes() | self._several() | self._schedule() | self._public()
        if self._problems:
            return replace(row, problems=tuple(self._problems))
        return replace(row, resource_id=self._id(), said=said)

    def _check_city(self) -> None:
        code = self._cells.get(_CITY, "")
        ours = self._city.government_code
        if code and ours and code not in (ours, ours[:-1]):
            self._problems.append(f"{_CITY}: {code}は{self._city.name}ではありません")

    def _check_texts(self, said: Mapping[str, str | None]) -> None:
        """As long as, and no other than, what the form takes."""
        typed = {name: text for name, text in said.items() if text} | {"kind": "-"}
        try:
            CardForm.model_validate(typed)
        except ValidationError as failed:
            titles = {name: column for column, name in _TEXTS.items()}
            for error in failed.errors(include_url=False, include_input=False):
                self._problems.append(_sentence(titles[str(error["loc"][0])], error))

    def _codes(self) -> dict[str, str | None]:
        return {
            name: self._code(column, kind, self._cells[column])
            for column, (name, kind) in _CODES.items()
            if self._cells.get(column) or (column in self._cells and name != "kind")
        }

    def _several(self) -> dict[str, tuple[str | None, ...]]:
        return {
            name: tuple(
                self._code(column, kind, one)
                for one in filter(None, map(str.strip, self._cells[column].split(BETWEEN)))
            )
            for column, (name, kind) in _SEVERAL.items()
            if column in self._cells
        }

    def _code(self, column: str, kind: str, said: str) -> str | None:
        code = self._city.find(kind, said) if said else None
        if said and code is None:
            self._problems.append(f"{column}: 「{said}」は一覧にありません")
        return code

    def _schedule(self) -> dict[str, Any]:
        """Our own column says it exactly; the standard's days and times say it else."""
        written = self._cells.get("定期の開催", "")
        days, starts, ends = (self._cells.get(name, "") for name in _TIMES[1:])
        if not any(name in self._cells for name in _TIMES[:2]):
            return {}
        if not written and days:
            written = f"{days} {starts}{'-' if ends else ''}{ends}"
        try:
            return {"schedule": read_schedule(written)}
        except ValueError as fault:
            self._problems.append(str(fault).removesuffix("。"))
            return {}

    def _public(self) -> dict[str, bool]:
        said = self._cells.get(_PUBLIC)
        if said is None:
            return {}
        if said not in (*_YES, *_NO):
            self._problems.append(f"{_PUBLIC}: 「はい」か「いいえ」を書いてください")
        return {"published": said in _YES}

    def _id(self) -> UUID:
        number = self._cells.get(_NUMBER, "")
        try:
            return UUID(number)
        except ValueError:
            place = [self._cells.get(name, "") for name in ("名称", "地区", "住所", "方書")]
            key = f"list/{number}" if number else f"place/{search_key('|'.join(place))}"
            return venue_id(self._city.code, key)


def _sentence(column: str, error: Any) -> str:
    if error["type"] == "string_too_long":
        return f"{column}が長すぎます（{error['ctx']['max_length']}字まで）"
    if error["type"] == "value_error":
        return f"{column}: {str(error['ctx']['error']).removesuffix('。')}"
    return f"{column}が書かれていません"
