"""The JSON of coordination: the same decisions as the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from services.coordination import grounding, minuting, noting, work
from services.coordination.access import CASE, LIST, NOTE, WORK, knows_person
from services.coordination.asked import case as forms
from services.coordination.desk import Desk
from services.coordination.domain.way import next_step
from services.coordination.file.case import open_case
from services.coordination.listing import page_of
from services.coordination.made import Made
from services.coordination.past import AsOf, shown_of
from services.coordination.read.cases import SHOWN, CaseRow
from shared.privacy.access_log import saw
from shared.vocabulary.counter_file import CounterFile
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
Status = Literal["waiting", "open", "returned", "closed"]


class Done(BaseModel):
    """What a command made. A reader of this service's facts may wait for the position."""

    id: UUID
    case_id: UUID
    position: int


class CaseValue(BaseModel):
    """One case as it stands. The name only for those who may see it."""

    case_id: UUID
    phase: str
    next_step: str
    counter: str
    age_band: str
    household_size: int | None
    issues: list[str]
    catchment: str | None
    nurse_district: str | None
    opened_on: date | None
    applied_on: date | None
    consent: str
    consent_id: UUID | None
    round: int
    plan_id: UUID | None
    review_on: date | None
    contact_desk: str | None
    closure_id: UUID | None
    closed_on: date | None
    lead_agency: str | None
    waiting_since: date | None
    name: str | None
    kana: str | None


class EntryValue(BaseModel):
    on: date
    title: str
    lines: list[tuple[str, str]]


class FileValue(CaseValue):
    """One case opened; the look is written to the access log."""

    born_on: date | None
    address: str | None
    phone: str | None
    counter_file: CounterFile | None
    """窓口の記録: sheet, household, ties and アセスメントシート as the counter handed them on."""
    timeline: list[EntryValue]


@dataclass(frozen=True)
class ListAsked:
    """Which cases, and which page of them."""

    status: Status | None = None
    q: Annotated[str, Query(max_length=100)] = ""
    step: Annotated[str, Query(max_length=40)] = ""
    district: Annotated[str | None, Query(max_length=40)] = None
    agency: Annotated[str | None, Query(max_length=64)] = None
    sort: Literal["review", "age"] = "review"
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0
    most: Annotated[int, Query(ge=1, le=SHOWN)] = SHOWN


@api.get("/cases", rule=LIST)
async def list_cases(
    request: Request,
    desk: DeskHere,
    asked: Annotated[ListAsked, Depends()],
) -> list[CaseValue]:
    """Cases, those that wait for a decision first; page by page with `skip` and `most`."""
    staff, today = request.state.staff, desk.clock.today()
    wanted = {
        "status": asked.status,
        "q": asked.q,
        "district": asked.district,
        "only": True,
        "linked": asked.agency,
        "by_age": asked.sort == "age",
    }
    rows = await page_of(desk.db, wanted, asked.step, today, asked.skip, asked.most)
    seen = {row.case_id for row in rows if knows_person(staff, row)}
    if asked.q.strip():  # a search by name answers only about cases whose name one may see
        rows = [row for row in rows if row.case_id in seen]
    await saw(desk.db, staff, seen, LIST.name)
    return [_value(row, today, named=row.case_id in seen) for row in rows]


@api.get("/cases/{case_id}", rule=CASE)
async def get_case(request: Request, case_id: UUID, desk: DeskHere, on: AsOf = "") -> FileValue:
    """One case with its timeline; with `on` as it was known at the end of that day."""

    async def opened(desk: Desk) -> FileValue:
        return await _file(request, desk, case_id)

    return await shown_of(request, desk, case_id, on, opened)


async def _file(request: Request, desk: Desk, case_id: UUID) -> FileValue:
    file = await open_case(desk, request.state.staff, case_id)
    value = _value(file.row, desk.clock.today(), named=file.knows_person)
    return FileValue(
        **value.model_dump(),
        born_on=file.person.born_on,
        address=file.person.address,
        phone=file.person.phone,
        counter_file=file.counter,
        timeline=[EntryValue(on=e.on, title=e.title, lines=e.lines) for e in file.entries],
    )


@api.post("/cases/{case_id}/acceptance", rule=WORK, status_code=201)
async def post_acceptance(
    case_id: UUID, asked: forms.AcceptanceAsked, desk: DeskHere, response: Response
) -> Done:
    """T-01: take the case."""
    return _done(case_id, await work.accept_case(desk, case_id, asked), response)


@api.post("/cases/{case_id}/return", rule=WORK, status_code=201)
async def post_return(
    case_id: UUID, asked: forms.ReturnAsked, desk: DeskHere, response: Response
) -> Done:
    """T-02x: give it back to the referrer."""
    return _done(case_id, await work.return_case(desk, case_id, asked), response)


@api.post("/cases/{case_id}/application", rule=WORK, status_code=201)
async def post_application(
    case_id: UUID, asked: forms.ApplicationAsked, desk: DeskHere, response: Response
) -> Done:
    """T-02: 相談受付・申込票."""
    return _done(case_id, await work.receive_application(desk, case_id, asked), response)


@api.post("/cases/{case_id}/consent", rule=WORK, status_code=201)
async def post_consent(
    case_id: UUID, asked: forms.ConsentAsked, desk: DeskHere, response: Response
) -> Done:
    """T-03: given, refused or withdrawn."""
    return _done(case_id, await work.record_consent(desk, case_id, asked), response)


@api.post("/cases/{case_id}/meetings", rule=WORK, status_code=201)
async def post_meeting(
    case_id: UUID, asked: forms.MeetingAsked, desk: DeskHere, response: Response
) -> Done:
    """T-03, T-05: a sitting was held."""
    return _done(case_id, await minuting.record_meeting(desk, case_id, asked), response)


@api.post("/cases/{case_id}/plans", rule=WORK, status_code=201)
async def post_plan(
    case_id: UUID, asked: forms.PlanAsked, desk: DeskHere, response: Response
) -> Done:
    """T-05, T-07: a plan, or the next round of it."""
    return _done(case_id, await work.make_plan(desk, case_id, asked), response)


@api.post("/cases/{case_id}/participation-requests", rule=WORK, status_code=201)
async def post_participation_request(
    case_id: UUID, asked: forms.SupportRequestAsked, desk: DeskHere, response: Response
) -> Done:
    """T-20: ask 参加支援."""
    return _done(case_id, await work.ask_participation(desk, case_id, asked), response)


@api.post("/cases/{case_id}/outreach-requests", rule=WORK, status_code=201)
async def post_outreach_request(
    case_id: UUID, asked: forms.SupportRequestAsked, desk: DeskHere, response: Response
) -> Done:
    """T-20: ask アウトリーチ等."""
    return _done(case_id, await work.ask_outreach(desk, case_id, asked), response)


@api.post("/cases/{case_id}/closure", rule=WORK, status_code=201)
async def post_closure(
    case_id: UUID, asked: forms.ClosureAsked, desk: DeskHere, response: Response
) -> Done:
    """T-08: 一旦終結 with a 主担当."""
    return _done(case_id, await work.close_case(desk, case_id, asked), response)


@api.post("/cases/{case_id}/resumption", rule=WORK, status_code=201)
async def post_resumption(
    case_id: UUID, asked: forms.ResumptionAsked, desk: DeskHere, response: Response
) -> Done:
    """T-09: 再開."""
    return _done(case_id, await work.resume_case(desk, case_id, asked), response)


@api.post("/cases/{case_id}/declination", rule=WORK, status_code=201)
async def post_declination(
    case_id: UUID, asked: forms.DeclinationAsked, desk: DeskHere, response: Response
) -> Done:
    """T-09: not resumed, and why."""
    return _done(case_id, await work.decline_to_resume(desk, case_id, asked), response)


@api.post("/cases/{case_id}/nurse", rule=WORK, status_code=201)
async def post_nurse(
    case_id: UUID, asked: forms.NurseAsked, desk: DeskHere, response: Response
) -> Done:
    """G-3, T-11: which district's nurse has the case."""
    return _done(case_id, await work.name_nurse(desk, case_id, asked), response)


@api.post("/cases/{case_id}/notes", rule=NOTE, status_code=201)
async def post_note(
    request: Request, case_id: UUID, asked: forms.NoteAsked, desk: DeskHere, response: Response
) -> Done:
    """T-11: 支援経過."""
    await noting.check_writer(desk, request.state.staff, case_id)
    return _done(case_id, await noting.write_note(desk, case_id, asked), response)


@api.post("/cases/{case_id}/grounds", rule=WORK, status_code=201)
async def post_ground(
    case_id: UUID, asked: forms.GroundAsked, desk: DeskHere, response: Response
) -> Done:
    """F-03, N-01: a request whose consent is gone goes on, on another ground."""
    return _done(case_id, await grounding.renew(desk, case_id, asked), response)


def _done(case_id: UUID, made: Made, response: Response) -> Done:
    if not made.acted.events:
        response.status_code = 200
    return Done(id=made.id, case_id=case_id, position=made.acted.position)


def _value(row: CaseRow, today: date, *, named: bool) -> CaseValue:
    own = {"next_step", "name", "kana"}
    return CaseValue(
        **{name: getattr(row, name) for name in CaseValue.model_fields if name not in own},
        next_step=next_step(row, today).code,
        name=row.name if named else None,
        kana=row.kana if named else None,
    )
