"""支援経過: what was done with a person after they came, written and printed (4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.intake.access import NOTE
from services.intake.choices import options
from services.intake.desk import Desk
from services.intake.noting import notes_for, noting_on, write_note
from services.intake.pages.forms import refusal
from services.intake.read.searching import ConsultationRow
from services.intake.words import NO_NAME
from shared.casefile.noting import VOICES, NoteForm, notes_paper
from shared.casefile.progress import Voice
from shared.paper.sending import Kind, sent
from shared.privacy.access import Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}"


@dataclass(frozen=True)
class NotePage:
    row: ConsultationRow
    who: str
    form: Form[NoteForm]
    kinds: list[tuple[str, str]]
    agencies: list[tuple[str, str]]
    voices: dict[Voice, str]


@pages.get(HERE + "/notes/new", rule=NOTE)
async def new_note(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await noting_on(desk, request.state.staff, consultation_id)
    return await _ask(request, desk, row, blank(NoteForm, on=desk.clock.today()))


@pages.post(HERE + "/notes", rule=NOTE)
async def create_note(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await noting_on(desk, request.state.staff, consultation_id)
    form = await read_form(request, NoteForm)
    if form.value is None:
        return await _ask(request, desk, row, form)
    try:
        await write_note(desk, row, form.value)
    except Refused as refused:
        return await _ask(request, desk, row, refusal(form, refused))
    return see_other(f"/intake/consultations/{consultation_id}", said="支援経過を記録しました。")


@pages.get(HERE + "/papers/notes.{kind}", rule=NOTE)
async def print_notes(
    request: Request, consultation_id: UUID, kind: Kind, desk: DeskHere
) -> Response:
    """支援経過記録シート (4.3)."""
    staff: Staff = request.state.staff
    row = await noting_on(desk, staff, consultation_id)
    await saw(desk.db, staff, [row.case_id], NOTE.name)
    number = str(consultation_id)[:8].upper()
    above = (("番号", number), ("氏名", row.name or ""))
    foot = f"個人情報・取扱注意　{desk.city.name}　印刷 {wareki(desk.clock.today())} {staff.name}"
    paper = notes_paper(desk.city, await notes_for(desk, staff, row), above, foot)
    return await sent(paper, kind, f"支援経過_{number}")


async def _ask(
    request: Request, desk: Desk, row: ConsultationRow, form: Form[NoteForm]
) -> Response:
    await saw(desk.db, request.state.staff, [row.case_id], NOTE.name)
    today = desk.clock.today()
    kinds, agencies = (options(desk.city, kind, today) for kind in ("progress_kinds", "agencies"))
    page = NotePage(row, row.name or NO_NAME, form, kinds, agencies, VOICES)
    return render(request, "note.html", page, status=form.status)
