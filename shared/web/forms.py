"""Forms: what was typed, what it means, and what is wrong with it. Nothing typed is lost."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from starlette.datastructures import FormData
from starlette.requests import Request

from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import parse_date, wareki
from shared.web.messages import Message, said, status_of
from shared.web.sentences import illegible, label_of, sentence

M = TypeVar("M", bound=BaseModel)
WHOLE = ""
"""The key of an error that belongs to no single field."""

_LISTS = (list, tuple, set, frozenset, Sequence)
_MOST_VALUES = 200
MOST_FIELDS = 5_000
"""Of one form: a month of 250 rows has 3,500."""


@dataclass(frozen=True)
class Form(Generic[M]):
    """One form as it was sent, or as it is first shown."""

    model: type[M]
    value: M | None = None
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    status: int = 200

    def label(self, name: str) -> str:
        """The field's title."""
        return label_of(name, self.model.model_fields.get(name))

    def required(self, name: str) -> bool:
        known = self.model.model_fields.get(name)
        return known is not None and known.is_required()

    def longest(self, name: str) -> int | None:
        """The most characters the field takes, if it says so."""
        known = self.model.model_fields.get(name)
        for mark in known.metadata if known else ():
            most = getattr(mark, "max_length", None)
            if most is not None:
                return int(most)
        return None

    def first(self, name: str) -> str:
        """What is in the field now."""
        return next(iter(self.typed.get(name, ())), "")

    def all(self, name: str) -> list[str]:
        return list(self.typed.get(name, ()))

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    def wrong(self, name: str, sentence_ja: str) -> Form[M]:
        """The same form with one more error, found after the fields were read."""
        return replace(self, value=None, errors={**self.errors, name: sentence_ja}, status=422)

    def refuse(self, refused: Refused, messages: Mapping[str, Message]) -> Form[M]:
        """The same form with the reason why the rule said no, at the field it is about: the one the
        refusal names, else the first of the message's fields that this form has.
        """
        named = str(refused.values.get("field", ""))
        if named:
            refused = Refused(refused.code, **refused.values | {"field": self.label(named)})
        message = said(refused, messages)
        at = (named, *message.at)
        field = next((name for name in at if name in self.model.model_fields), WHOLE)
        errors = {**self.errors, field: message.ja}
        return replace(self, value=None, errors=errors, status=status_of(refused))


def blank(model: type[M], **values: Any) -> Form[M]:
    """A form to fill in, with these values in it already."""
    defaults = {
        name: info.default
        for name, info in model.model_fields.items()
        if not info.is_required() and info.default is not None
    }
    typed = {
        name: _shown(value)
        for name, value in {**defaults, **values}.items()
        if value is not None and name in model.model_fields
    }
    return Form(model, typed=typed)


def _shown(value: Any) -> list[str]:
    if isinstance(value, str):
        return [str(value.value) if isinstance(value, Enum) else value]
    if isinstance(value, bool):
        return ["true"] if value else []
    if isinstance(value, Iterable):
        return [shown for one in value for shown in _shown(one)]
    return [wareki(value) if isinstance(value, date) else str(value)]


async def read_form(request: Request, model: type[M]) -> Form[M]:
    """What was sent, checked. `value` is None when something is wrong; then `errors` says what."""
    return parsed(await request.form(), model)


def parsed(sent: FormData, model: type[M]) -> Form[M]:
    """The form of these fields; fields the model does not know are left out."""
    typed: dict[str, list[str]] = {}
    errors: dict[str, str] = {}
    given: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        texts = [one.strip() if isinstance(one, str) else None for one in sent.getlist(name)]
        typed[name] = [_plain(text) for text in texts if text is not None]
        problem = _unreadable(texts, info, name)
        if problem:
            errors[name] = problem
        elif any(texts):
            given[name] = _meant([text for text in texts if text], info)
        elif is_list(info):
            given[name] = []
    value, more = _validated(model, {k: v for k, v in given.items() if v != [] or _needs(model, k)})
    errors = {**more, **errors}
    return Form(model, None if errors else value, typed, errors, 422 if errors else 200)


def _needs(model: type[BaseModel], name: str) -> bool:
    return model.model_fields[name].is_required()


def _validated(model: type[M], given: dict[str, Any]) -> tuple[M | None, dict[str, str]]:
    try:
        return model.model_validate(given), {}
    except ValidationError as failed:
        errors: dict[str, str] = {}
        for error in failed.errors(include_url=False, include_input=False):
            name = str(error["loc"][0]) if error["loc"] else WHOLE
            if name == WHOLE:
                own = (error.get("ctx") or {}).get("error", "入力の組み合わせを確かめてください。")
                errors.setdefault(WHOLE, str(own))
            else:
                errors.setdefault(name, sentence(error, name, model.model_fields.get(name)).ja)
        return None, errors


def _plain(text: str) -> str:
    """What may be shown again: no NUL, no half characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _unreadable(texts: Sequence[str | None], info: FieldInfo, name: str) -> str | None:
    """A reason to refuse the field before its meaning is looked at."""
    label = label_of(name, info)
    if any(text is None for text in texts):
        return f"「{label}」にファイルは入れられません。"
    said_ = [text for text in texts if text]
    if any("\0" in text or "\ufffd" in text or _surrogate(text) for text in said_):
        return illegible(label).ja
    if len(said_) > (_MOST_VALUES if is_list(info) else 1):
        return f"「{label}」は1つだけにしてください。"
    return None


def _surrogate(text: str) -> bool:
    return any(0xD800 <= ord(character) <= 0xDFFF for character in text)


def _meant(texts: list[str], info: FieldInfo) -> Any:
    """Full-width digits and 和暦 in the form that pydantic reads; lists stay lists."""
    if is_list(info):
        return texts
    text = texts[0].replace("\r\n", "\n")
    kinds = kinds_of(info.annotation)
    if date in kinds:
        return _day(text)
    if kinds & {int, float}:
        return unicodedata.normalize("NFKC", text).replace(",", "")
    return text


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return text  # pydantic refuses it, in words that name the field


def kinds_of(annotation: Any) -> set[Any]:
    """The plain types behind `X | None` and `Annotated[X, …]`."""
    if get_origin(annotation) is Annotated:
        return kinds_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return {kind for part in get_args(annotation) for kind in kinds_of(part)}
    return {annotation if get_origin(annotation) is None else get_origin(annotation)}


def is_list(info: FieldInfo) -> bool:
    """Does the field take several values?"""
    return any(kind in _LISTS for kind in kinds_of(info.annotation))
