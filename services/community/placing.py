"""場所の欄: somebody types what a place is called, or takes it from the list that the form offers.

The field carries the id; people see and write names, with or without JavaScript, and however long
the directory is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from starlette.datastructures import FormData

from services.community.desk import Desk
from services.community.read.naming import Named, named, names_of
from services.community.read.searching import Search, find
from shared.web.forms import Form, parsed

M = TypeVar("M", bound=BaseModel)
PLACE = "resource_id"
_CANDIDATES = 10


async def read_placed(
    desk: Desk, sent: FormData, model: type[M], fields: Collection[str] = (PLACE,)
) -> Form[M]:
    """What was sent, places by their names; what is no place is said at its field."""
    typed = {name: str(sent.get(name) or "").strip() for name in fields}
    texts = {name: text for name, text in typed.items() if _is_name(text)}
    known = await named(desk.db, set(texts.values()))
    ids = {name: known[text][0] for name, text in texts.items() if len(known[text]) == 1}
    said = [
        (name, str(ids[name].resource_id) if name in ids else value)
        for name, value in sent.multi_items()
    ]
    form = parsed(FormData(said), model)
    wrong = {
        name: await _why(desk, f"{form.label(name)}「{text}」", text, known[text])
        for name, text in texts.items()
        if name not in ids
    }
    if not wrong:
        return form
    return replace(form, value=None, errors={**form.errors, **wrong}, status=422)


async def by_name(desk: Desk, form: Form[M], fields: Iterable[str] = (PLACE,)) -> Form[M]:
    """The form as people read it: places by name, also those that are gone."""
    ids = {text: one for name in fields if (one := id_in(text := form.first(name)))}
    if not ids:
        return form
    found = await names_of(desk.db, set(ids.values()))
    labels = {text: found[one].label for text, one in ids.items() if one in found}
    typed = {name: [labels.get(one, one) for one in values] for name, values in form.typed.items()}
    errors = {name: _in_words(text, labels) for name, text in form.errors.items()}
    return replace(form, typed=typed, errors=errors)


def id_in(text: str) -> UUID | None:
    """The id, if the text is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_name(text: str) -> bool:
    """Worth looking up: no id, and nothing that no name can hold (`parsed` says that it is
    illegible).
    """
    return bool(text) and "\0" not in text and id_in(text) is None


async def _why(desk: Desk, typed: str, text: str, several: list[Named]) -> str:
    if several:
        labels = [replace(one, marked=True).label for one in several[:_CANDIDATES]]
        return f"{typed}は台帳にいくつもあります。どれかを書いてください: {'、'.join(labels)}"
    near = await find(desk.db, Search(words=text[:100]), limit=_CANDIDATES)
    found = await names_of(desk.db, [one.resource_id for one in near])
    labels = [found[one.resource_id].label for one in near]
    more = f"近い名前: {'、'.join(labels)}" if labels else "一覧から選ぶか、空けておいてください。"
    return f"{typed}は台帳にありません。{more}"


def _in_words(text: str, labels: dict[str, str]) -> str:
    for one, label in labels.items():
        text = text.replace(one, label)
    return text


def fields_of(rows: Iterable[int]) -> list[str]:
    """The place fields of a form of many rows."""
    return [f"{PLACE}_{n}" for n in rows]
