"""役割分担 on the screen: rows of 誰が・何を・いつまで that come and go without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel

from services.coordination.asked.case import PARTS, ROWS
from services.coordination.domain.events import PlanAgreed
from shared.web.forms import Form

M = TypeVar("M", bound=BaseModel)
FIRST = 3
"""Rows of an empty form."""
PRESSED = "row"
"""The buttons' name: `more`, or the number of the row that goes."""


def rows_of(form: Form[M]) -> range:
    """The rows that are on the page."""
    sent = (n for n in range(1, ROWS + 1) if form.typed.get(f"agency_{n}"))
    return range(1, max((FIRST, *sent)) + 1)


def known_rows(plan: PlanAgreed) -> dict[str, str]:
    """The rows of this plan as the form shows them."""
    count = len(plan.agencies)
    columns = (plan.agencies, plan.tasks or ("",) * count, plan.until or ("",) * count)
    rows = list(zip(*columns, strict=False))[:ROWS]
    return {
        f"{part}_{n}": text
        for n, row in enumerate(rows, 1)
        for part, text in zip(PARTS, row, strict=True)
    }


def with_rows(form: Form[M], pressed: str) -> tuple[Form[M], int]:
    """One row more or less, nothing checked yet; and the row where one goes on typing."""
    rows, typed = rows_of(form), dict(form.typed)
    gone = next((n for n in rows if str(n) == pressed), None)
    if gone is None:
        row = min(rows.stop, ROWS)
        typed.setdefault(f"agency_{row}", [])
        typed[f"agency_{row}"] = typed[f"agency_{row}"] or [""]
    else:
        row = max(1, min(gone, rows.stop - 2))
        for n in range(gone, rows.stop):
            for part in PARTS:
                typed[f"{part}_{n}"] = _next(typed, part, n)
    return replace(form, value=None, errors={}, status=200, typed=typed), row


def _next(typed: Mapping[str, list[str]], part: str, n: int) -> list[str]:
    return list(typed.get(f"{part}_{n + 1}", ()))


def checked(form: Form[M]) -> Form[M]:
    """Every row that was begun says who and what; there is at least one."""
    begun = [n for n in rows_of(form) if any(form.first(f"{part}_{n}") for part in PARTS)]
    if not begun:
        return form.wrong("agency_1", "役割分担を1行以上書いてください（誰が・何を）。")
    for n in begun:
        if not form.first(f"agency_{n}"):
            form = form.wrong(f"agency_{n}", f"{n}行目の「誰が」を選んでください。")
        if not form.first(f"task_{n}"):
            form = form.wrong(f"task_{n}", f"{n}行目の「何を」を書いてください。")
    return form


def known_plan(plan: PlanAgreed) -> dict[str, Any]:
    """A review begins with the plan that holds now."""
    return {
        "problems": plan.problems,
        "goal": plan.goal,
        "contact_desk": plan.contact_desk,
        **known_rows(plan),
    }
