"""支援経過 brought to its decision; pages and JSON end here (T-11)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.coordination.access import may_note, sees_person
from services.coordination.desk import Desk
from services.coordination.domain.case import known
from services.coordination.made import Made
from services.coordination.read.cases import CaseRow, case_row
from shared.casefile.noting import NoteForm, write_down
from shared.casefile.progress import Noted, progress_of
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded


async def write_note(desk: Desk, case_id: UUID, asked: NoteForm) -> Made:
    """At any time of a case that was ever ours, also while it rests (T-10)."""
    known(await desk.cases.state(case_id))
    note_id = desk.new_id()
    acted = await write_down(
        desk.progress, desk.city, desk.clock.today(), asked, case_id=case_id, note_id=note_id
    )
    return Made(note_id, acted)


async def check_writer(desk: Desk, staff: Staff, case_id: UUID) -> None:
    """Raises Refused for those who have nothing to do with the case."""
    row = await case_row(desk.db, case_id)
    if row is None:
        raise Refused("case-unknown")
    if not may_note(staff, row):
        raise Refused("note-not-yours")


async def notes_for(desk: Desk, staff: Staff, row: CaseRow) -> Sequence[Recorded[Noted]]:
    """All of them for those who see the person; for the 主担当 what their own agency wrote."""
    history = await desk.progress.history(progress_of(row.case_id))
    if sees_person(staff, row):
        return history
    return [one for one in history if staff.agency and one.origin.agency == staff.agency]
