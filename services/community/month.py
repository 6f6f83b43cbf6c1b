"""1か月分の記録: many sessions of one kind on one screen, a row each (B-02, B-03)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from services.community.domain.activity import Sheet
from services.community.placing import PLACE
from services.community.sheets import Number, Text, field_of
from shared.contracts.fact import Code
from shared.vocabulary.city import City
from shared.vocabulary.entries import ActivityKind
from shared.web.forms import Form

ROWS = 250
"""The most rows of one sending."""
SHOWN = 10
"""Rows of an empty form, and how many come with 「行を増やす」."""


class MonthForm(BaseModel):
    """What all rows share; the rows themselves come to it in `form_of`: `held_on_1` …"""

    kind: Code = Field(title="活動の種類")
    programme: Code = Field(title="事業")
    again: bool = Field(False, title="同じ日・同じ場所の記録がある行も記録する")


def form_of(city: City, kind: ActivityKind) -> type[MonthForm]:
    """The form of one kind, `ROWS` times the columns of its record."""
    names = tuple((code, city.label("activity_measures", code)) for code in kind.measures)
    return _model(names, kind.story)


@lru_cache(maxsize=50)
def _model(measures: tuple[tuple[str, str], ...], story: str) -> type[MonthForm]:
    fields: dict[str, Any] = {}
    for n in range(1, ROWS + 1):
        fields[f"held_on_{n}"] = (date | None, Field(None, title=f"{n}行目の開催日"))
        fields[f"resource_id_{n}"] = (UUID | None, Field(None, title=f"{n}行目の場所"))
        for code, label in measures:
            title = f"{n}行目の{label}"
            fields[f"{field_of(code)}_{n}"] = (Number | None, Field(None, title=title))
        if story != "none":
            fields[f"story_{n}"] = (Text, Field("", title=f"{n}行目の内容"))
    return create_model("MonthForm", __base__=MonthForm, **fields)


def columns_of(kind: ActivityKind) -> list[str]:
    """The fields of one row, without its number."""
    told = [] if kind.story == "none" else ["story"]
    return ["held_on", "resource_id", *map(field_of, kind.measures), *told]


def begun(form: Form[Any], kind: ActivityKind) -> list[int]:
    """The rows in which something was typed; a place alone is only where a row could be."""
    columns = [name for name in columns_of(kind) if name != PLACE]
    return [n for n in range(1, ROWS + 1) if any(form.first(f"{c}_{n}") for c in columns)]


def rows_of(form: Form[Any], kind: ActivityKind, *, more: bool = False) -> range:
    """The rows on the page: as many as are begun or have a place, rounded up to the next ten."""
    named = [n for n in range(1, ROWS + 1) if form.first(f"{PLACE}_{n}")]
    sent = sum(1 for name in form.typed if name.startswith("held_on_") and form.typed[name])
    last = max([SHOWN, sent, *begun(form, kind), *named])
    shown = -(-last // SHOWN) * SHOWN + (SHOWN if more else 0)
    return range(1, min(shown, ROWS) + 1)


def checked(form: Form[Any], kind: ActivityKind) -> Form[Any]:
    """Every row that was begun has its day; there is at least one."""
    rows = begun(form, kind)
    if not rows:
        return form.wrong("held_on_1", "1行以上入力してください。")
    for n in rows:
        if not form.first(f"held_on_{n}"):
            form = form.wrong(f"held_on_{n}", f"{n}行目の開催日を入力してください。")
    return form


def sheet_of(kind: ActivityKind, typed: MonthForm, n: int) -> Sheet:
    """One row as a record of its own."""
    numbers = {code: getattr(typed, f"{field_of(code)}_{n}") for code in kind.measures}
    return Sheet(
        programme=typed.programme,
        kind=kind.code,
        resource_id=getattr(typed, f"resource_id_{n}"),
        held_on=getattr(typed, f"held_on_{n}"),
        counts={code: number for code, number in numbers.items() if number},
        story=getattr(typed, f"story_{n}", "") or None,
    )


def refused_at(form: Form[Any], n: int, said: str, at: tuple[str, ...]) -> Form[Any]:
    """The sentence of a rule, at the field of this row that it speaks of."""
    names = [f"{name}_{n}" for name in (*at, "held_on")]
    field = next(name for name in names if name in form.model.model_fields)
    return replace(form.wrong(field, f"{n}行目: {said}"), status=409)
