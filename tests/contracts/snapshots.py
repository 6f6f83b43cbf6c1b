"""The snapshots of the contracts, and what a reader of yesterday would lose.

A contract is additive only: facts are kept for ever, and other teams and other systems read them
with the schema they know.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
COMMAND = "python -m tests.contracts.write"
Schema = dict[str, Any]

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def written(schema: Schema) -> str:
    """The text of a snapshot."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def snapshots(folder: Path = FOLDER) -> dict[str, Schema]:
    """What was promised until now, by the same names."""
    return {
        path.name.removesuffix(".json"): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def losses(old: Schema, new: Schema) -> list[str]:
    """What somebody who relies on `old` loses with `new`; empty when only something was added."""
    before, after = old.get("properties", {}), new.get("properties", {})
    had, has = set(old.get("required", ())), set(new.get("required", ()))
    lost = [f"{name} is gone" for name in sorted(before.keys() - after.keys())]
    lost += [f"{name} became required" for name in sorted(has - had)]
    lost += [
        f"{name} is no longer certain to be there" for name in sorted(had - has) if name in after
    ]
    for name in sorted(before.keys() & after.keys()):
        lost += _narrowed(_plain(before[name], old), _plain(after[name], new), name)
    return lost


def _plain(schema: Schema, root: Schema) -> Schema:
    """With `$ref` replaced by what it points to."""
    if "$ref" in schema:
        return _plain(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    return {
        key: [_plain(one, root) for one in value]
        if key == "anyOf"
        else _plain(value, root)
        if key == "items"
        else value
        for key, value in schema.items()
    }


def _narrowed(old: Schema, new: Schema, where: str) -> list[str]:
    """Values that were allowed and no longer are."""
    if "anyOf" in old or "anyOf" in new:
        choices = new.get("anyOf", [new])
        return [
            f"{where}: {_kind(one)} is no longer allowed"
            for one in old.get("anyOf", [old])
            if all(_narrowed(one, choice, where) for choice in choices)
        ]
    if old.get("type") != new.get("type"):
        return [f"{where}: was {_kind(old)}, is {_kind(new)}"]
    narrowed = _values(old, new, where) + _bounds(old, new, where)
    for key in ("format", "pattern"):
        if new.get(key) not in (None, old.get(key)):
            narrowed.append(f"{where}: {key} {new[key]} is new")
    if "items" in new:
        narrowed += _narrowed(old.get("items", {}), new["items"], f"{where}[]")
    return narrowed


def _kind(schema: Schema) -> str:
    return str(schema.get("format") or schema.get("type") or "anything")


def _values(old: Schema, new: Schema, where: str) -> list[str]:
    allowed, still = _listed(old), _listed(new)
    if still is None:
        return []
    if allowed is None:
        return [f"{where}: only {', '.join(still)} is allowed now"]
    return [f"{where}: value {one} is gone" for one in allowed if one not in still]


def _listed(schema: Schema) -> list[str] | None:
    return [str(schema["const"])] if "const" in schema else schema.get("enum")


def _bounds(old: Schema, new: Schema, where: str) -> list[str]:
    tighter = []
    for key in (*_LOWER, *_UPPER):
        before, after = old.get(key), new.get(key)
        if after is None or after == before:
            continue
        if before is None or (after > before if key in _LOWER else after < before):
            tighter.append(f"{where}: {key} {after} is tighter than {before}")
    return tighter
