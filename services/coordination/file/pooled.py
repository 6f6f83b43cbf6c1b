"""持ち寄った情報: the sheets that agencies answered, side by side for the meeting (T-04)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.coordination.desk import Desk
from services.coordination.inquiring import may_read
from services.coordination.read.cases import CaseRow
from services.coordination.read.inquiries import inquiries_of
from shared.privacy.access import Staff

OTHER = "そのほか"


@dataclass(frozen=True)
class Pooled:
    """Questions as lines, agencies as columns."""

    agencies: list[str]
    rows: list[list[str]]
    """The question, then what each agency says to it."""


async def pooled(desk: Desk, staff: Staff, case: CaseRow) -> Pooled | None:
    """Only what this reader may read of each (M-1); None while there is nothing."""
    columns: list[tuple[str, dict[str, str]]] = []
    for row in (await inquiries_of(desk.db, case.case_id))[::-1]:
        if row.kind != "assessment" or row.stage != "answered":
            continue
        if not await may_read(desk, staff, row, case, asked=staff.agency == row.agency):
            continue
        columns.append((row.agency, await _said(desk, row.inquiry_id)))
    questions = [(one.code, one.label) for one in desk.city.assessment_items]
    rows = [
        [label, *(said.get(code, "–") for _, said in columns)]
        for code, label in [*questions, ("", OTHER)]
        if any(code in said for _, said in columns)
    ]
    agencies = [desk.city.label("agencies", agency) for agency, _ in columns]
    return Pooled(agencies, rows) if rows else None


async def _said(desk: Desk, inquiry_id: UUID) -> dict[str, str]:
    state = await desk.inquiries.state(inquiry_id)
    free = {"": state.answer} if state.answer else {}
    return dict(state.answers) | free
