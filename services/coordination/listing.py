"""一覧: one page of the cases, also of those at one step of the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.coordination.domain.way import WAY, next_step
from services.coordination.read.cases import PLACES, CaseRow, cases_where
from shared.sourcing.log import Connection

_CHUNK = 500


async def page_of(
    db: Connection, wanted: Mapping[str, Any], step: str, today: date, skip: int, most: int
) -> list[CaseRow]:
    """Rows `skip` to `skip + most` of what is wanted. Where a case stands is a rule of the way, so
    those at one step are read through in order until the page is full.
    """
    if not step:
        return await cases_where(db, **wanted, skip=skip, most=most)
    if step not in {one.code for one in WAY}:
        return []
    if step in PLACES:
        return await cases_where(db, **wanted, at=step, today=today, skip=skip, most=most)
    if wanted.get("status") not in {None, "open"}:
        return []
    found: list[CaseRow] = []
    for start in range(0, 1_000_000, _CHUNK):
        rows = await cases_where(db, **{**wanted, "status": "open"}, skip=start, most=_CHUNK)
        found += [row for row in rows if next_step(row, today).code == step]
        if len(rows) < _CHUNK or len(found) >= skip + most:
            break
    return found[skip : skip + most]
