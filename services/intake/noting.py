"""支援経過 at a counter: what was done with a person after they came, page and JSON (4.3)."""

from __future__ import annotations

from uuid import UUID

from services.intake.access import VIEW, bond, may_see
from services.intake.desk import Desk
from services.intake.read.searching import ConsultationRow, consultation_row, former_cases
from shared.casefile.noting import NoteForm, write_down
from shared.casefile.progress import Noted, progress_of
from shared.privacy.access import FieldClass, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded


async def noting_on(desk: Desk, staff: Staff, consultation_id: UUID) -> ConsultationRow:
    """The consultation whose person this reader works with. Raises Refused."""
    row = await consultation_row(desk.db, consultation_id)
    if row is None:
        raise Refused("consultation-unknown")
    if not bond(staff, row).may_note:
        raise Refused("not-your-consultation")
    return row


async def write_note(desk: Desk, row: ConsultationRow, asked: NoteForm) -> UUID:
    note_id = desk.new_id()
    await write_down(
        desk.progress,
        desk.city,
        desk.clock.today(),
        asked,
        case_id=row.case_id,
        note_id=note_id,
    )
    return note_id


async def notes_for(desk: Desk, staff: Staff, row: ConsultationRow) -> list[Recorded[Noted]]:
    """All of the case, and of cases that joined it (F-20), newest first: for those who may read the
    story; for a 主担当 who may not what their own agency wrote. The look is logged before.
    """
    cases = [row.case_id, *await former_cases(desk.db, row.case_id)]
    found = [one for case in cases for one in await desk.progress.history(progress_of(case))]
    if not may_see(staff, row, VIEW, FieldClass.NARRATIVE):
        mine = bond(staff, row).may_note
        found = [one for one in found if mine and one.origin.agency == staff.agency]
    if found:
        await saw(desk.db, staff, {one.event.case_id for one in found}, VIEW.name)
    return sorted(found, key=lambda one: (one.event.noted_on, one.position), reverse=True)
