"""支援経過 as JSON: the same decisions as the pages (4.3)."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel

from services.intake.access import NOTE
from services.intake.api.strict import Strict
from services.intake.desk import Desk
from services.intake.noting import notes_for, noting_on, write_note
from shared.casefile.noting import NoteForm
from shared.casefile.progress import Noted, Voice
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/notes"


class NoteBody(NoteForm, Strict):
    """支援経過. `kind` is of the city's list `progress_kinds`."""


class NoteValue(BaseModel):
    """One entry."""

    id: UUID
    on: date
    began_at: time | None
    kind: str
    minutes: int | None
    with_whom: str | None
    agency: str | None
    voice: Voice
    content: str | None
    next_on: date | None


class NoteDone(BaseModel):
    id: UUID


@api.get(HERE, rule=NOTE)
async def get_notes(request: Request, consultation_id: UUID, desk: DeskHere) -> list[NoteValue]:
    """Newest first; the look is logged."""
    row = await noting_on(desk, request.state.staff, consultation_id)
    return [_value(one.event) for one in await notes_for(desk, request.state.staff, row)]


@api.post(HERE, rule=NOTE, status_code=201)
async def post_note(
    request: Request, consultation_id: UUID, body: NoteBody, desk: DeskHere
) -> NoteDone:
    row = await noting_on(desk, request.state.staff, consultation_id)
    return NoteDone(id=await write_note(desk, row, body))


def _value(said: Noted) -> NoteValue:
    shown = NoteValue.model_fields.keys() - {"id", "on"}
    return NoteValue(**said.model_dump(include=set(shown)), id=said.note_id, on=said.noted_on)
