"""支援経過: written by all who work with the person, not by 保健福祉支援係 alone (T-10, T-11)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination.access import NOTE
from services.coordination.desk import Desk
from services.coordination.file.case import open_case
from services.coordination.messages import messages
from services.coordination.noting import check_writer, notes_for, write_note
from services.coordination.pages.case import show_form
from services.coordination.works import WORKS
from shared.casefile.noting import NoteForm, notes_paper
from shared.paper.sending import Kind, sent
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import blank, read_form
from shared.web.pages import Pages
from shared.web.render import see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


@pages.get("/cases/{case_id}/notes/new", rule=NOTE)
async def new_note(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    await check_writer(desk, request.state.staff, case_id)
    file = await open_case(desk, request.state.staff, case_id)
    form = blank(NoteForm, on=desk.clock.today())
    return await show_form(request, desk, file, "notes", form)


@pages.post("/cases/{case_id}/notes", rule=NOTE)
async def create_note(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    await check_writer(desk, request.state.staff, case_id)
    form = await read_form(request, NoteForm)
    if form.value is not None:
        try:
            await write_note(desk, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}", said=WORKS["notes"].said)
    file = await open_case(desk, request.state.staff, case_id)
    return await show_form(request, desk, file, "notes", form)


@pages.get("/cases/{case_id}/notes/paper.{kind}", rule=NOTE)
async def print_notes(request: Request, case_id: UUID, kind: Kind, desk: DeskHere) -> Response:
    """支援経過記録シート (4.3); opening the case notes the look."""
    staff: Staff = request.state.staff
    await check_writer(desk, staff, case_id)
    file = await open_case(desk, staff, case_id)
    number = str(case_id)[:8].upper()
    above = (
        ("番号", number),
        (
            "氏名",
            file.person.name or "",
        ),
    )
    foot = f"個人情報・取扱注意　{desk.city.name}　印刷 {wareki(desk.clock.today())} {staff.name}"
    paper = notes_paper(desk.city, await notes_for(desk, staff, file.row), above, foot)
    return await sent(paper, kind, f"支援経過_{number}")
