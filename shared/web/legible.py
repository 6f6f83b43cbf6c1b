"""JSON that can be kept: no text of ours holds a NUL, for PostgreSQL has none in any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

ILLEGIBLE = "illegible"
"""The kind of this error; `sentences.py` has its words."""
Place: TypeAlias = tuple[str | int, ...]


async def insist_on_legible(request: Request) -> None:
    """Raises RequestValidationError naming every field with a NUL. Not JSON: that is said later."""
    body = await request.body()
    if b"\\u0000" not in body:
        return
    try:
        places = list(_illegible(json.loads(body), ("body",)))
    except (ValueError, RecursionError):
        return
    if places:
        raise RequestValidationError(
            [{"type": ILLEGIBLE, "loc": place, "msg": "NUL", "input": None} for place in places]
        )


def _illegible(value: Any, place: Place) -> Iterator[Place]:
    if isinstance(value, str) and "\0" in value:
        yield place
    elif isinstance(value, list):
        for nth, one in enumerate(value):
            yield from _illegible(one, (*place, nth))
    elif isinstance(value, dict):
        for name, one in value.items():
            if "\0" in name:
                yield place
            yield from _illegible(one, (*place, name))
