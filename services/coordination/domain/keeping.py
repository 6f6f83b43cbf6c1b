"""担当者: who of the coordinating office keeps the case in mind."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, opened
from services.coordination.domain.events import CaseEvent, KeeperNamed
from shared.sourcing.days import day_between


def name_keeper(
    state: Case,
    *,
    assignment_id: UUID,
    keeper: str,
    keeper_name: str,
    on: date,
    today: date,
    note: str | None = None,
) -> list[CaseEvent]:
    """One person at a time; the one named last keeps it, also after the end."""
    if assignment_id in state.done:
        return []
    case_id = opened(state)
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    if state.keeper == keeper:
        return []
    return [
        KeeperNamed(
            case_id=case_id,
            assignment_id=assignment_id,
            keeper=keeper,
            keeper_name=keeper_name,
            named_on=on,
            note=note,
        )
    ]
