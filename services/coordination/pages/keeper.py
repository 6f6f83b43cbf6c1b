"""担当者を決める: who of our office keeps a case, on screen and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.coordination.access import WORK
from services.coordination.asked.case import KeeperAsked, KeeperForm
from services.coordination.desk import Desk
from services.coordination.domain.way import hindrance
from services.coordination.file.case import File, open_case
from services.coordination.keeping import colleagues, give_keeper
from services.coordination.messages import messages
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Api, Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class KeeperPage:
    file: File
    form: Form[Any]
    people: list[tuple[str, str]]
    obstacle: str
    """Why there is nothing to choose now."""


class Kept(BaseModel):
    """Who keeps the case from now on."""

    id: UUID
    case_id: UUID
    position: int


@pages.get("/cases/{case_id}/keeper/new", rule=WORK)
async def new_keeper(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = blank(KeeperForm, on=desk.clock.today(), keeper=request.state.staff.staff_id)
    return await _show(request, desk, case_id, form)


@pages.post("/cases/{case_id}/keeper", rule=WORK)
async def create_keeper(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, KeeperForm)
    if form.value is not None:
        try:
            await give_keeper(desk, request.state.staff, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}", said="担当者を決めました。")
    return await _show(request, desk, case_id, form)


@api.post("/cases/{case_id}/keeper", rule=WORK, status_code=201)
async def post_keeper(
    request: Request, case_id: UUID, asked: KeeperAsked, desk: DeskHere, response: Response
) -> Kept:
    """Without a name: whoever is signed in."""
    made = await give_keeper(desk, request.state.staff, case_id, asked)
    if not made.acted.events:
        response.status_code = 200
    return Kept(id=made.id, case_id=case_id, position=made.acted.position)


async def _show(request: Request, desk: Desk, case_id: UUID, form: Form[Any]) -> Response:
    file = await open_case(desk, request.state.staff, case_id)
    code = hindrance(file.row, "keeper", desk.clock.today())
    people = list((await colleagues(desk, request.state.staff)).items())
    page = KeeperPage(file, form, people, messages[code].ja if code else "")
    return render(request, "keeper_new.html", page, status=form.status)
