"""The JSON of participation: requests and what is due to read, the start and the plan."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.participation.access import LIST, REQUEST, desk_here, district_of
from services.participation.api.values import (
    Done,
    DueValue,
    EntryValue,
    FileValue,
    MatchValue,
    PlanValue,
    RequestValue,
    contact_of,
    done,
    followup_of,
    value_of,
)
from services.participation.asked.json import PlanAsked, StartAsked
from services.participation.desk import Desk
from services.participation.domain.planning import PlanSheet, plan
from services.participation.domain.request import start
from services.participation.due import all_due
from services.participation.file import open_file
from services.participation.read.requests import StatusName, requests_in
from shared.web.pages import Api

api = Api("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


@api.get("/requests", rule=LIST)
async def list_requests(
    request: Request, desk: DeskHere, status: StatusName = "waiting"
) -> list[RequestValue]:
    """Requests of one status: waiting (oldest first), running (next one first), concluded."""
    district = district_of(request.state.staff)
    return [value_of(row) for row in await requests_in(desk.db, status, district)]


@api.get("/requests/{request_id}", rule=REQUEST)
async def get_request(request: Request, request_id: UUID, desk: DeskHere) -> FileValue:
    """One request with its person and everything that was done."""
    file = await open_file(desk, request.state.staff, request_id)
    person = file.person
    return FileValue(
        **value_of(file.row).model_dump(),
        name=person.name if person else None,
        kana=person.kana if person else None,
        address=person.address if person else None,
        phone=person.phone if person else None,
        plan=PlanValue.model_validate(file.plan) if file.plan else None,
        match_records=[MatchValue.model_validate(one) for one in file.state.matches],
        followup_records=[followup_of(one) for one in file.state.followups.values()],
        contact_records=[contact_of(one) for one in file.state.contacts.values()],
        entries=[EntryValue(on=e.on, title=e.title, lines=e.lines) for e in file.entries],
    )


@api.get("/due", rule=LIST)
async def get_due(request: Request, desk: DeskHere) -> list[DueValue]:
    """What is due, the oldest first: for a nurse in her district, for others everywhere."""
    staff, today = request.state.staff, desk.clock.today()
    found = await all_due(desk, district_of(staff))
    return [
        DueValue(
            on=one.on,
            kind=one.kind,
            todo=one.todo,
            days_late=one.days_late(today),
            request_id=one.row.request_id,
            case_id=one.row.case_id,
            place=one.row.place,
        )
        for one in found
    ]


@api.post("/requests/{request_id}/start", rule=REQUEST)
async def post_start(request_id: UUID, desk: DeskHere, asked: StartAsked | None = None) -> Done:
    """T-20: begin."""
    today = desk.clock.today()
    on = (asked and asked.on) or today
    return done(request_id, await desk.requests.act(request_id, start, on=on, today=today))


@api.post("/requests/{request_id}/plan", rule=REQUEST, status_code=201)
async def post_plan(request_id: UUID, asked: PlanAsked, desk: DeskHere) -> Done:
    """T-21: the 参加支援プラン; a later one says which one it replaces."""
    acted = await desk.requests.act(
        request_id,
        plan,
        plan_id=desk.new_id(),
        on=asked.on,
        today=desk.clock.today(),
        menu=desk.city.listed("participation_menu", asked.menu, "menu"),
        sheet=PlanSheet(
            asked.wishes,
            asked.strengths,
            asked.issues,
            asked.goal,
            tuple(asked.weekdays),
            tuple(desk.city.listed("resource_cares", one, "cares") for one in asked.cares),
            tuple(asked.offers),
            asked.seen,
        ),
    )
    return done(request_id, acted)
