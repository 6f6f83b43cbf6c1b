"""票を直す (S-01): from what was typed to the sheet as it should read; page and JSON end here."""

from __future__ import annotations

from uuid import UUID

from services.intake.desk import Desk
from services.intake.domain.correcting import correct_sheet
from services.intake.families import beyond_field
from services.intake.reception import Slip, sheet_of


async def correct(desk: Desk, consultation_id: UUID, slip: Slip, edition: int) -> int:
    """The address is looked up anew, and X-24 judged again. Answers the position."""
    state = await desk.consultations.state(consultation_id)
    sheet = sheet_of(desk, slip)
    acted = await desk.consultations.act(
        consultation_id,
        correct_sheet,
        sheet=sheet,
        edition=edition,
        beyond=await beyond_field(desk, sheet, state.case_id),
        today=desk.clock.today(),
    )
    return acted.position
