"""Reading a city's folder: TOML files, checked before anything starts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from shared.vocabulary.returns import counted_twice

if TYPE_CHECKING:
    from shared.vocabulary.city import City

_CITY = "city.toml"
CITY_FIELDS = frozenset(
    {
        "code",
        "name",
        "prefecture",
        "government_code",
        "plan",
        "address_prefixes",
        "deadlines",
        "publication",
        "retention",
        "notices",
        "general_desk",
        "offices",
    }
)
"""What stands in city.toml; every other field of a city is a list with its own file."""


class CityError(ValueError):
    """A folder that is no city: which file, which entry, what is wrong with it."""


def read_folder(kind: type[City], folder: Path) -> City:
    """`city.toml`, and one file per list: `counters.toml` holds `counters = [{…}, …]`.

    A value at the top of a file, such as `valid_from`, holds for its entries that name none.
    """
    if not (folder / _CITY).is_file():
        raise CityError(f"{folder} に {_CITY} がありません")
    values = _toml(folder / _CITY)
    for file in sorted(folder.glob("*.toml")):
        if file.name != _CITY:
            values[file.stem] = _list(file)
    try:
        city = kind.model_validate(values)
    except ValidationError as error:
        raise CityError(_said(folder, values, error)) from error
    faults = [f"{folder / name}: {fault}" for name, fault in _faults(city)]
    if faults:
        raise CityError("\n".join(faults))
    return city


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CityError(f"{file}: TOMLとして読めません: {error}") from error


def _list(file: Path) -> list[dict[str, Any]]:
    content = _toml(file)
    found = content.pop(file.stem, None)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise CityError(f"{file}: 「{file.stem} = [ {{ … }}, … ]」と書いてください")
    return [content | entry for entry in found]


def _said(folder: Path, values: Mapping[str, Any], error: ValidationError) -> str:
    return "\n".join(_one(folder, values, fault["loc"], fault["msg"]) for fault in error.errors())


def _one(folder: Path, values: Mapping[str, Any], loc: tuple[int | str, ...], fault: str) -> str:
    if loc[0] not in CITY_FIELDS and len(loc) > 1 and isinstance(loc[1], int):
        entry = values[str(loc[0])][loc[1]]
        name = entry.get("code") or f"{loc[1] + 1}番目"
        field = ".".join(str(part) for part in loc[2:])
        return f"{folder / f'{loc[0]}.toml'}: {name}: {field}: {fault}"
    file = _CITY if loc[0] in CITY_FIELDS else f"{loc[0]}.toml"
    return f"{folder / file}: {'.'.join(str(part) for part in loc)}: {fault}"


def _faults(city: City) -> Iterator[tuple[str, str]]:
    for office, counter in city.offices.model_dump().items():
        if counter not in city.codes("counters"):
            yield _CITY, f"offices.{office} の {counter} が counters.toml にありません"
    for one in city.notices.to:
        if one.agency is not None and one.agency not in {each.code for each in city.agencies}:
            yield _CITY, f"notices: {one.address} の agency {one.agency} がありません"
        if one.district is not None and one.district not in city.codes("nurse_districts"):
            yield _CITY, f"notices: {one.address} の district {one.district} がありません"
    yield from _both_in_and_outside(city)
    yield from _twice(city)
    yield from _dangling(city)
    for fault in counted_twice(city.national_return):
        yield "national_return.toml", fault


def _both_in_and_outside(city: City) -> Iterator[tuple[str, str]]:
    inside = {*city.codes("counters"), *city.codes("sections")}
    for one in city.outside_agencies:
        if one.code in inside:
            yield "outside_agencies.toml", f"{one.code}: 窓口か課のコードと同じです"


_NAMED_ALIKE = {"venues", "national_return"}
"""Lists whose entries may bear one name: 「その他」 stands in every section of the return."""


def _twice(city: City) -> Iterator[tuple[str, str]]:
    """The same code, or one spelling of two codes, is fine only when the periods do not meet."""
    for kind in _lists(city):
        for one, other in combinations(getattr(city, kind), 2):
            if not _meet(one, other):
                continue
            if one.code == other.code:
                yield f"{kind}.toml", f"{one.code}: 同じコードが同じ時期に2つあります"
            elif kind not in _NAMED_ALIKE and (both := one.spellings() & other.spellings()):
                said = "、".join(sorted(both))
                yield f"{kind}.toml", f"{other.code}: 「{said}」は {one.code} も名のっています"


def _lists(city: City) -> list[str]:
    values = ((name, getattr(city, name)) for name in type(city).model_fields)
    return [
        name for name, value in values if isinstance(value, tuple) and name != "address_prefixes"
    ]


def _meet(one: Any, other: Any) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_until or date.max, other.valid_until or date.max)
    return bool(starts <= ends)


_POINTS = (
    ("counters", "section", "sections"),
    ("counters", "programmes", "programmes"),
    ("programmes", "section", "sections"),
    ("issues", "parent", "issues"),
    ("fields", "programmes", "programmes"),
    ("fields", "issues", "issues"),
    ("catchments", "counter", "counters"),
    ("towns", "catchment", "catchments"),
    ("towns", "nurse_district", "nurse_districts"),
    ("counters", "resource", "resource_kinds"),
    ("venues", "town", "towns"),
    ("venues", "towns", "towns"),
    ("venues", "kind", "resource_kinds"),
    ("venues", "programme", "programmes"),
    ("indicators", "programmes", "programmes"),
)
"""(list, field that names codes, list that must have them)."""


def _dangling(city: City) -> Iterator[tuple[str, str]]:
    for kind, field, target in _POINTS:
        known = {entry.code for entry in getattr(city, target)}
        for entry in getattr(city, kind):
            named = getattr(entry, field)
            for code in (named,) if isinstance(named, str) else named or ():
                if code not in known:
                    yield (
                        f"{kind}.toml",
                        f"{entry.code}: {field} の {code} が {target}.toml にありません",
                    )
