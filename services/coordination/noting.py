"""支援経過 brought to its decision; pages and JSON end here (T-11)."""

from __future__ import annotations

from uuid import UUID, uuid5

from services.coordination.asked import case as forms
from services.coordination.desk import Desk
from services.coordination.domain.progress import Note, note
from services.coordination.made import Made, listed


def progress_of(case_id: UUID) -> UUID:
    """The stream of a case's 支援経過."""
    return uuid5(case_id, "progress")


async def write_note(desk: Desk, case_id: UUID, asked: forms.NoteForm) -> Made:
    """Written down as it was; a correction is another entry."""
    note_id = desk.new_id()
    said = Note(
        kind=desk.city.listed("progress_kinds", asked.kind, "kind"),
        voice=asked.voice,
        content=asked.content,
        minutes=asked.minutes,
        agency=listed(desk, asked.agency, "agency") if asked.agency else None,
        next_on=asked.next_on,
    )
    acted = await desk.progress.act(
        progress_of(case_id),
        note,
        note_id=note_id,
        case=await desk.cases.state(case_id),
        said=said,
        on=asked.on,
        today=desk.clock.today(),
    )
    return Made(note_id, acted)
