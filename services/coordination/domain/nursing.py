"""地区担当保健師: who joins the team when health needs it, or where no district has the town (T-11,
G-3).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.coordination.domain.case import Case, opened
from services.coordination.domain.events import CaseEvent, NurseAssigned
from shared.sourcing.days import day_between


def assign_nurse(
    state: Case,
    *,
    assignment_id: UUID,
    nurse_district: str,
    on: date,
    today: date,
    note: str | None = None,
) -> list[CaseEvent]:
    """G-3: the nurse of that district has the case from now on, and reads it."""
    if assignment_id in state.done:
        return []
    case_id = opened(state)
    day_between(on, today, since=state.since, otherwise="before-acceptance")
    if state.nurse_district == nurse_district:
        return []
    return [
        NurseAssigned(
            case_id=case_id,
            assignment_id=assignment_id,
            nurse_district=nurse_district,
            assigned_on=on,
            note=note,
        )
    ]
