"""Validation errors as sentences that name the field, in Japanese and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import annotated_types
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from shared.web.legible import ILLEGIBLE
from shared.web.messages import Message

_CHOICES = {"enum", "literal_error", "uuid_parsing", "uuid_type", "is_instance_of"}
_NUMBERS = {
    "int_parsing", "int_type", "int_from_float", "int_parsing_size", "float_parsing", "float_type",
    "decimal_parsing", "greater_than", "greater_than_equal", "less_than", "less_than_equal",
    "multiple_of", "finite_number",
}  # fmt: skip
_BLANK = {"missing", "string_too_short", "too_short"}
CHOSEN = "chosen"
"""Marks, inside `Annotated`, a text that is chosen from a list: a code of the city."""


def label_of(name: str, field: FieldInfo | None) -> str:
    """The field's title, which is its label on the page."""
    return (field.title if field else None) or name


def sentence(error: ErrorDetails, name: str, field: FieldInfo | None) -> Message:
    """What is wrong with this field and what to type instead."""
    label, kind, context = label_of(name, field), error["type"], error.get("ctx") or {}
    for kinds, say in _SAYINGS:
        if kind in kinds:
            return say(label, context, field)
    if kind in ("value_error", "assertion_error"):
        own = str(context.get("error", "")).strip()
        if own:
            return Message(f"「{label}」: {own}", f"{label}: {own}")
    if kind.startswith(("date", "time")):
        return Message(
            f"「{label}」は、令和8年11月23日 または 2026-11-23 のように入力してください。",
            f"{label}: type a date such as 2026-11-23.",
        )
    if kind == "extra_forbidden":
        return Message(f"「{label}」という項目はありません。", f"{label}: there is no such field.")
    return Message(f"「{label}」を確かめてください。", f"{label}: please check this value.")


def is_choice(field: FieldInfo | None) -> bool:
    """Is it chosen from a list rather than typed?"""
    if field is None:
        return False
    annotation: Any = field.annotation
    parts = [annotation, *get_args(annotation)]
    return CHOSEN in field.metadata or any(
        get_origin(part) is Literal
        or part is UUID
        or get_origin(part) in (list, tuple)
        or hasattr(part, "__members__")
        for part in parts
    )


def _blank(label: str, _context: Mapping[str, Any], field: FieldInfo | None) -> Message:
    if is_choice(field):
        return Message(f"「{label}」を選んでください。", f"{label}: please choose.")
    return Message(f"「{label}」を入力してください。", f"{label}: please fill in.")


def _too_long(label: str, context: Mapping[str, Any], _field: FieldInfo | None) -> Message:
    most = context.get("max_length", "")
    return Message(
        f"「{label}」は{most}文字以内で入力してください。", f"{label}: at most {most} characters."
    )


def _too_many(label: str, context: Mapping[str, Any], _field: FieldInfo | None) -> Message:
    most = context.get("max_length", "")
    return Message(f"「{label}」は{most}個まで選べます。", f"{label}: choose at most {most}.")


def _choose(label: str, _context: Mapping[str, Any], _field: FieldInfo | None) -> Message:
    return Message(
        f"「{label}」を一覧から選んでください。", f"{label}: please choose one of the list."
    )


def _number(label: str, _context: Mapping[str, Any], field: FieldInfo | None) -> Message:
    low, high = _bounds(field)
    if low is not None and high is not None:
        return Message(
            f"「{label}」は{low}から{high}の数字で入力してください。",
            f"{label}: a number from {low} to {high}.",
        )
    if low is not None:
        return Message(
            f"「{label}」は{low}以上の数字で入力してください。",
            f"{label}: a number of at least {low}.",
        )
    return Message(f"「{label}」は数字で入力してください。", f"{label}: please type a number.")


def _bounds(field: FieldInfo | None) -> tuple[Any, Any]:
    low = high = None
    for mark in field.metadata if field else ():
        if isinstance(mark, annotated_types.Ge):
            low = mark.ge
        if isinstance(mark, annotated_types.Le):
            high = mark.le
    return low, high


def _pattern(label: str, _context: Mapping[str, Any], _field: FieldInfo | None) -> Message:
    return Message(f"「{label}」の形が正しくありません。", f"{label}: not in the expected form.")


def illegible(label: str, *_: object) -> Message:
    """A NUL, half a character: nothing that a keyboard gives."""
    return Message(
        f"「{label}」に読み取れない文字があります。入力し直してください。",
        f"{label}: holds a character that cannot be read.",
    )


_Saying = Callable[[str, Mapping[str, Any], FieldInfo | None], Message]
_SAYINGS: tuple[tuple[set[str], _Saying], ...] = (
    (_BLANK, _blank),
    (_CHOICES, _choose),
    (_NUMBERS, _number),
    ({"string_too_long", "bytes_too_long"}, _too_long),
    ({"too_long"}, _too_many),
    ({"string_pattern_mismatch"}, _pattern),
    ({ILLEGIBLE, "string_unicode"}, illegible),
)
