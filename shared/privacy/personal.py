"""`Personal[T]`: the mark on an event field whose stored value is encrypted under its subject's
key.

The value is `None` once the subject was forgotten, so every reader has to say what it shows then.
The mark sits directly on the field; a mark hidden deeper (in a list, in a nested model) is refused,
because nobody would encrypt it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

T = TypeVar("T")


@dataclass(frozen=True)
class PersonalMark:
    """Says: this field tells something about a person."""


Personal: TypeAlias = Annotated[T | None, PersonalMark()]
"""A personal value; `None` after erasure. `name: Personal[str]`, `born_on: Personal[date]`."""


@cache
def personal_fields(cls: type[BaseModel]) -> tuple[str, ...]:
    """Names of the personal fields of a model, in their order."""
    names = []
    for name, field in cls.model_fields.items():
        marked = any(isinstance(mark, PersonalMark) for mark in field.metadata)
        if marked or _is_optional_personal(field.annotation):
            names.append(name)
        elif _hides_personal(field.annotation):
            raise TypeError(f"{cls.__name__}.{name}: put Personal[...] on the field, not inside it")
    return tuple(names)


def to_text(value: Any) -> str:
    """A JSON value as the text that is encrypted; lossless for whatever pydantic writes as JSON."""
    return json.dumps(value, ensure_ascii=False)


def from_text(text: str) -> Any:
    """The JSON value behind a decrypted text."""
    return json.loads(text)


def _is_mark(annotation: Any) -> bool:
    if get_origin(annotation) is not Annotated:
        return False
    return any(isinstance(mark, PersonalMark) for mark in get_args(annotation)[1:])


def _is_optional_personal(annotation: Any) -> bool:
    """`Personal[str] | None` says the same as `Personal[str]`."""
    if get_origin(annotation) not in (Union, UnionType):
        return False
    parts = [part for part in get_args(annotation) if part is not type(None)]
    return len(parts) == 1 and _is_mark(parts[0])


def _hides_personal(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(personal_fields(annotation))
    return _is_mark(annotation) or any(_hides_personal(part) for part in get_args(annotation))
