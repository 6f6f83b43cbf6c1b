"""やること of 参加支援 (T-23, T-24, N-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response

from services.participation.access import LIST, desk_here, district_of
from services.participation.desk import Desk
from services.participation.due import Due, all_due
from shared.privacy.access_log import saw
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]
SOON = 7
"""Days ahead that are worth a look."""


@dataclass(frozen=True)
class DuePage:
    today: date
    late: list[Due]
    soon: list[Due]
    later: list[Due]


@pages.get("/due", rule=LIST)
async def show_due(request: Request, desk: DeskHere) -> Response:
    """What waits for this nurse, or for all."""
    staff, today = request.state.staff, desk.clock.today()
    found = await all_due(desk, district_of(staff))
    await saw(desk.db, staff, {one.row.case_id for one in found}, LIST.name)
    page = DuePage(
        today,
        [one for one in found if one.days_late(today) > 0],
        [one for one in found if -SOON <= one.days_late(today) <= 0],
        [one for one in found if one.days_late(today) < -SOON],
    )
    return render(request, "due.html", page)
