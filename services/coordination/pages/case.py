"""The screens of one case: how it stands, and a form for every step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.coordination import words
from services.coordination.access import CASE, WORK, may_note
from services.coordination.desk import Desk
from services.coordination.domain.way import (
    Step,
    allowed,
    answer,
    has_met_since_plan,
    hindrance,
    holds,
    next_step,
)
from services.coordination.file.case import File, open_case, person_lines
from services.coordination.file.counter import CounterRecord, record_of
from services.coordination.file.pooled import Pooled, pooled
from services.coordination.messages import messages
from services.coordination.past import desk_as_of
from services.coordination.read.cases import CaseRow, cases_where
from services.coordination.roles import PRESSED, checked, known_plan, rows_of, with_rows
from services.coordination.steps import steps_of
from services.coordination.timeline import plan_roles
from services.coordination.works import ELSEWHERE, HINTS, WORKS, Work, WorkName
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import parse_date
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.messages import said
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
NOT_YET = "その日には、まだ多機関協働につながれていません。"
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class CasePage:
    """One case, with what to do next."""

    today: date
    file: File
    stop: Step
    steps: list[tuple[str, str]]
    forms: list[tuple[str, str, str, str]]
    """What may be recorded now: the form, its title, a hint, its path. What is due comes first."""
    person: list[tuple[str, str]]
    counter: CounterRecord | None
    """窓口の記録, if a counter handed it on."""
    roles: list[list[str | None]]
    may_work: bool
    may_note: bool
    """支援経過 may be written and printed."""
    words: Any
    consent: str
    """As it stands on the day: one that is over is shown as that."""
    plan_without_consent: bool = False
    """The plan in force rests on a consent that no longer carries it."""
    pooled: Pooled | None = None
    """What agencies answered, side by side; only as it stands now."""
    past: date | None = None
    """The day as of which everything is shown; None: now."""
    asked: str = ""
    wrong: str = ""
    """Why the day that was asked for cannot be shown."""


@dataclass(frozen=True)
class WorkPage:
    """One form about one case."""

    name: str
    work: Work
    file: File
    form: Form[Any]
    agencies: list[tuple[str, str]]
    others: list[tuple[str, str]]
    meetings: list[tuple[str, str]]
    rows: range
    today: date
    row: int
    """The row of 役割分担 where one goes on typing."""
    obstacle: str
    """Why there is nothing to type now."""
    words: Any


@pages.get("/cases/{case_id}", rule=CASE)
async def show_case(
    request: Request, case_id: UUID, desk: DeskHere, on: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """As it stands, or as it was known at the end of a past day (F-31)."""
    file = await open_case(desk, request.state.staff, case_id)
    if not on.strip():
        page = _case_page(request, desk, file, None)
        together = await pooled(desk, request.state.staff, file.row)
        return render(request, "case.html", replace(page, pooled=together))
    try:
        day = parse_date(on)
        async with desk_as_of(request, desk, case_id, day) as then:
            former = await open_case(then, request.state.staff, case_id)
            return render(request, "case.html", _case_page(request, then, former, day))
    except ValueError as error:
        wrong = str(error)
    except Refused as refused:
        wrong = said(refused, messages).ja if refused.code != "case-unknown" else NOT_YET
    page = replace(_case_page(request, desk, file, None), asked=on, wrong=wrong)
    return render(request, "case.html", page, status=422)


def _case_page(request: Request, desk: Desk, file: File, past: date | None) -> CasePage:
    today = desk.clock.today()
    stop = next_step(file.row, today)
    return CasePage(
        today,
        file,
        stop,
        steps_of(file.row, today),
        [] if past else _forms(file.row, stop, today),
        person_lines(file.person),
        record_of(desk, file.counter, file.person) if file.counter else None,
        plan_roles(desk, file.plan) if file.plan else [],
        request.state.staff.role in WORK.roles and past is None,
        may_note(request.state.staff, file.row) and past is None,
        words,
        file.row.consent if holds(file.row, today) or file.row.consent != "given" else "over",
        plan_without_consent=answer(file.row, today) in {"none", "over"},
        past=past,
    )


def _forms(row: CaseRow, stop: Step, today: date) -> list[tuple[str, str, str, str]]:
    names = sorted(allowed(row, today), key=lambda name: name != stop.form)
    return [
        ELSEWHERE.get(name) or (name, _title(row, name), HINTS[name], f"{name}/new")
        for name in names
    ]


def _title(row: CaseRow, name: str) -> str:
    return "プランを見直す" if name == "plans" and row.plan_id else WORKS[name].title


@pages.get("/cases/{case_id}/{name}/new", rule=WORK)
async def new_work(request: Request, case_id: UUID, name: WorkName, desk: DeskHere) -> Response:
    file = await open_case(desk, request.state.staff, case_id)
    form = blank(WORKS[name].model, **_known(desk, file, name))
    code = hindrance(file.row, name, desk.clock.today())
    return await show_form(
        request, desk, file, name, form, obstacle=messages[code].ja if code else ""
    )


@pages.post("/cases/{case_id}/{name}", rule=WORK)
async def create_work(request: Request, case_id: UUID, name: WorkName, desk: DeskHere) -> Response:
    form: Form[Any] = await read_form(request, WORKS[name].model)
    row = 0
    if name == "plans":
        pressed = (await request.form()).get(PRESSED)
        form, row = with_rows(form, str(pressed)) if pressed else (checked(form), 0)
    if form.value is not None:
        try:
            await WORKS[name].do(desk, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}", said=WORKS[name].said)
    file = await open_case(desk, request.state.staff, case_id)
    return await show_form(request, desk, file, name, form, row=row)


async def show_form(
    request: Request,
    desk: Desk,
    file: File,
    name: str,
    form: Form[Any],
    *,
    row: int = 0,
    obstacle: str = "",
) -> Response:
    today = desk.clock.today()
    agencies = desk.city.choices("agencies", today)
    others: list[tuple[str, str]] = []
    if name == "meetings":  # the host is always there
        agencies = [one for one in agencies if one[0] != desk.city.offices.coordination]
        others = await _others(request, desk, file)
    meetings: list[tuple[str, str]] = [
        (kind, f"{desk.city.label('meeting_kinds', kind)}（{said}）")
        for kind, said in words.MEETINGS.items()
    ]
    shown = replace(WORKS[name], title=_title(file.row, name))
    page = WorkPage(
        name=name,
        work=shown,
        file=file,
        form=form,
        agencies=agencies,
        others=others,
        meetings=meetings,
        rows=rows_of(form),
        today=today,
        row=row,
        obstacle=obstacle,
        words=words,
    )
    return render(request, "work.html", page, status=form.status)


async def _others(request: Request, desk: Desk, file: File) -> list[tuple[str, str]]:
    rows = await cases_where(desk.db, status="open")
    found = [row for row in rows if row.case_id != file.row.case_id]
    await saw(desk.db, request.state.staff, [row.case_id for row in found], WORK.name)
    return [(str(row.case_id), row.name or "（お名前なし）") for row in found]


def _answered(row: CaseRow, name: str) -> dict[str, Any]:
    """What a form answers: the closure, the consultation after it, the district so far."""
    match name:
        case "resumption":
            return {"closure_id": row.closure_id}
        case "declination" if row.came_back_by:
            return {"consultation_id": row.came_back_by[-1]}
        case "nurse":
            return {"nurse_district": row.nurse_district or ""}
        case _:
            return {}


def _known(desk: Desk, file: File, name: str) -> dict[str, Any]:
    """What need not be typed again."""
    values: dict[str, Any] = {
        "on": desk.clock.today(),
        "method": desk.city.first("consent_methods"),
        "contact_every": desk.city.first("contact_intervals"),
    }
    if name in {"acceptance", "return"} and file.deciding:
        values |= {
            "escalation_id": file.deciding.escalation_id,
            "seen_waiting": file.deciding.status == "waiting",
        }
    values |= _answered(file.row, name)
    if name == "application":
        values |= {
            field: getattr(file.person, field)
            for field in ("name", "kana", "born_on", "address", "phone", "household", "wishes")
        }
    if name == "plans":
        values |= known_plan(file.plan) if file.plan else {}
        sat = [one for one in file.meetings if one.kind == "plan-meeting"]
        values |= {"meeting_id": sat[0].meeting_id} if has_met_since_plan(file.row) else {}
    if name.endswith("-requests") and holds(file.row, desk.clock.today()):
        values["basis"] = "consent"
    if name == "meetings" and file.row.consent == "given":
        values["kind"] = "plan-meeting"
    if name == "meetings" and file.row.consent in {"refused", "withdrawn"}:
        values["kind"] = "support-meeting"
    return values
