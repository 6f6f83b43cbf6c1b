"""Two people edit one sheet: what the second typed meets what the first saved meanwhile.

Field by field: what only one of them changed is taken from that one; what both changed stays as the
second typed it, with the other's words beside it, and the second decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel

from shared.web.forms import WHOLE, Form

M = TypeVar("M", bound=BaseModel)
Written: TypeAlias = Mapping[str, str | Sequence[str]]
"""A record as its form shows it: one text for each field, or all that is ticked."""
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
    form: Form[M],
    before: Written,
    now: Written,
    *,
    words: Mapping[str, Mapping[str, str]] | None = None,
    **carried: Any,
) -> tuple[Form[M], list[Clash]]:
    """The second person's form on top of the record of now, and the fields to look at again.

    `before`: the record as it was on their screen; `words`: what the codes of a field mean to
    people; `carried`: hidden fields that name the record of now, such as its edition.
    """
    typed = dict(form.typed)
    clashes = []
    for name in form.model.model_fields:
        if name not in before and name not in now:
            continue
        mine, theirs, seen = form.all(name), _all(now.get(name)), _all(before.get(name))
        if _same(mine, seen):
            typed[name] = theirs
        elif not _same(theirs, seen) and not _same(mine, theirs):
            labels = (words or {}).get(name, {})
            said = "、".join(labels.get(one, one) for one in theirs)
            clashes.append(Clash(name, form.label(name), said))
    typed |= {name: [str(value)] for name, value in carried.items()}
    errors = {WHOLE: MEANWHILE} | {
        one.name: f"ほかの職員が書いたこと: {one.theirs or '（消しました）'}" for one in clashes
    }
    return replace(form, value=None, typed=typed, errors=errors, status=409), clashes


def _all(written: str | Sequence[str] | None) -> list[str]:
    return [written] if isinstance(written, str) else list(written or ())


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """A browser sends line ends in its own way, and ticks in the order of the list."""
    mine, theirs = (
        sorted(text for raw in side if (text := raw.replace("\r\n", "\n").strip()))
        for side in (one, other)
    )
    return mine == theirs
