"""1か月分の記録, row by row: asked of the rule before any is recorded, and of what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.datastructures import FormData

from services.community.desk import Desk
from services.community.domain.activity import Activity, Sheet, record
from services.community.messages import messages
from services.community.month import ROWS, begun, checked, form_of, refused_at, sheet_of
from services.community.placing import fields_of, read_placed
from services.community.read.activities import recorded_already
from shared.sourcing.decider import Refused
from shared.vocabulary.entries import ActivityKind
from shared.web.forms import Form
from shared.web.messages import said


@dataclass(frozen=True)
class Row:
    """One session of the month."""

    n: int
    """As it stands on the screen, from 1."""
    activity_id: UUID
    """The same one again when the same form is sent again."""
    sheet: Sheet


async def read_rows(desk: Desk, kind: ActivityKind, sent: FormData) -> tuple[list[Row], Form[Any]]:
    """All rows, each asked of the rule; the form says what is wrong with which."""
    form = await read_placed(desk, sent, form_of(desk.city, kind), fields_of(range(1, ROWS + 1)))
    form = checked(form, kind)
    rows: list[Row] = []
    typed = form.value
    log, today = desk.log_of(kind.code), desk.clock.today()
    if typed is None:
        return [], form
    for n in begun(form, kind):
        activity_id = desk.new_id()
        try:
            sheet = await desk.listed_sheet(sheet_of(kind, typed, n))
            record(Activity(), activity_id=activity_id, sheet=sheet, log=log, today=today)
        except Refused as refused:
            message = said(refused, messages)
            form = refused_at(form, n, message.ja, message.at)
        else:
            rows.append(Row(n, activity_id, sheet))
    return rows, form


async def repeated(desk: Desk, kind: ActivityKind, rows: Sequence[Row]) -> list[Row]:
    """Rows that look as if they had been recorded before, or stand in this form twice.

    What this very form recorded when it was sent the first time is no repetition.
    """
    ours = [row.activity_id for row in rows]
    held = [(row.sheet.held_on, row.sheet.resource_id) for row in rows]
    seen = await recorded_already(desk.db, kind.code, held, ours)
    found = []
    for row, key in zip(rows, held, strict=True):
        if key in seen:
            found.append(row)
        seen.add(key)
    return found


def asked_again(form: Form[Any], rows: Sequence[Row]) -> Form[Any]:
    """The form with the question whether these are meant."""
    numbers = "、".join(str(row.n) for row in rows)
    return form.wrong(
        "again",
        f"{numbers}行目と同じ日・同じ場所の記録がすでにあります。別の記録なら、下の印をつけてください。",
    )
