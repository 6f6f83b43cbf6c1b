"""Two people edit one sheet: what the second typed meets what the first saved meanwhile.

Field by field: what only one of them changed is taken from that one; what both changed stays as the
second typed it, with the other's words beside it, and the second decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from shared.web.forms import WHOLE, Form

M = TypeVar("M", bound=BaseModel)
MEANWHILE = (
    "入力している間に、ほかの職員がこの記録を書きかえました。"
    "入力したものは残っています。下の印の欄を確かめて、もう一度保存してください。"
)


@dataclass(frozen=True)
class Clash:
    """One field that both wrote in."""

    name: str
    label: str
    theirs: str
    """What stands in the record now; empty: they took it out."""


def merged(
    form: Form[M], before: Mapping[str, str], now: Mapping[str, str], **carried: Any
) -> tuple[Form[M], list[Clash]]:
    """The second person's form on top of the record of now, and the fields to look at again.

    `before`: the record as it was on their screen; `carried`: hidden fields that name the record of
    now, such as its edition.
    """
    typed = dict(form.typed)
    clashes = []
    for name in form.model.model_fields:
        if name not in before and name not in now:
            continue
        mine, theirs = form.first(name), now.get(name, "")
        if _same(mine, before.get(name, "")):
            typed[name] = [theirs]
        elif not _same(theirs, before.get(name, "")) and not _same(mine, theirs):
            clashes.append(Clash(name, form.label(name), theirs))
    typed |= {name: [str(value)] for name, value in carried.items()}
    errors = {WHOLE: MEANWHILE} | {
        one.name: f"ほかの職員が書いたこと: {one.theirs or '（消しました）'}" for one in clashes
    }
    return replace(form, value=None, typed=typed, errors=errors, status=409), clashes


def _same(one: str, other: str) -> bool:
    """A browser sends line ends in its own way."""
    return one.replace("\r\n", "\n").strip() == other.strip()
