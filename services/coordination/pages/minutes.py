"""会議録の画面: written for the first time, and put right by editions (4.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination import minuting
from services.coordination.access import WORK, knows_person
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import MeetingFile, open_meeting
from services.coordination.messages import messages
from services.coordination.minutes_form import cases_in, fields_of, minutes_at
from services.coordination.read.callings import calling_of
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import WHOLE, Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
NEEDED = (
    ("who", typed.PEOPLE, (("name", "氏名"), ("agency", "所属"))),
    (
        "task",
        typed.TASKS,
        (("what", "すること"), ("case", "ケース"), ("agency", "担当"), ("due", "期限")),
    ),
    ("lack", typed.LACKS, (("kind", "種類"), ("case", "ケース"))),
)
"""The parts of a line that belong together."""
PEOPLE_SHOWN = 4
"""Lines of 出席者 that stand open; the others unfold."""


@dataclass(frozen=True)
class MinutesPage:
    file: MeetingFile
    form: Form[Any]
    members: list[tuple[str, str]]
    lacks: list[tuple[str, str]]
    cases: list[tuple[str, str]]
    people: range
    people_open: int
    tasks: range
    lines: range


@pages.get("/meetings/{meeting_id}/minutes", rule=WORK)
async def new_minutes(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    file = await open_meeting(desk, request.state.staff, meeting_id)
    cases = [one.row.case_id for one in file.cases]
    if file.status == "held":
        if not file.readable:
            raise Refused("meeting-hidden")
        known = fields_of(await desk.meetings.state(meeting_id), cases)
    else:
        known = {
            "on": min(file.day, desk.clock.today()),
            "place": file.place,
            "rules": file.rules,
            "members": file.invited,
        }
        for n, case_id in enumerate(cases, 1):
            known |= {f"case_{n}": str(case_id), f"talked_{n}": True}
    return await _show_minutes(request, desk, file, blank(typed.MinutesForm, **known))


@pages.post("/meetings/{meeting_id}/minutes", rule=WORK)
async def create_minutes(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    staff: Staff = request.state.staff
    form: Form[Any] = _complete(await read_form(request, typed.MinutesForm))
    if form.value is not None:
        said = "会議録を直しました。" if form.value.edition else "会議録を登録しました。"
        try:
            await minuting.take_minutes(desk, staff, meeting_id, form.value)
        except Refused as refused:
            form = await _refused(desk, staff, meeting_id, form, refused)
        else:
            return see_other(f"/coordination/meetings/{meeting_id}", said=said)
    file = await open_meeting(desk, staff, meeting_id)
    return await _show_minutes(request, desk, file, form)


async def _refused(
    desk: Desk, staff: Staff, meeting_id: UUID, form: Form[Any], refused: Refused
) -> Form[Any]:
    """What was typed, with what is wrong; or on top of what a colleague wrote meanwhile, for those
    who may read it.
    """
    meanwhile = refused.code in {"minutes-written", "minutes-changed"}
    if not meanwhile or not (await open_meeting(desk, staff, meeting_id)).readable:
        return form.refuse(refused, messages)
    history = [one.event for one in await desk.meetings.history(meeting_id)]
    cases = cases_in(form)
    seen = minutes_at(history, int(form.first("edition") or 0))
    now = await desk.meetings.state(meeting_id)
    agencies = dict(desk.city.choices("agencies", desk.clock.today()))
    return merged(
        form,
        fields_of(seen, cases),
        fields_of(now, cases),
        words={"members": agencies}
        | {f"who_agency_{n}": agencies for n in range(1, typed.PEOPLE + 1)},
        edition=now.edition,
    )[0]


def _complete(form: Form[Any]) -> Form[Any]:
    """Lines that were begun say everything that belongs to them."""
    for kind, most, parts in NEEDED:
        for n in range(1, most + 1):
            form = _whole(form, [(f"{kind}_{part}_{n}", title) for part, title in parts], n)
    return form


def _whole(form: Form[Any], parts: list[tuple[str, str]], n: int) -> Form[Any]:
    if any(form.first(name) for name, _ in parts):
        for name, title in parts:
            if not form.first(name):
                form = form.wrong(name, f"{n}行目の{title}を入れてください。")
    return form


async def _show_minutes(
    request: Request, desk: Desk, file: MeetingFile, form: Form[Any]
) -> Response:
    today, staff = desk.clock.today(), request.state.staff
    people = [n for n in range(1, typed.PEOPLE + 1) if form.first(f"who_name_{n}")]
    page = MinutesPage(
        file=file,
        form=_at_home(form),
        members=await _members(desk, file),
        lacks=desk.city.choices("missing_resources", today),
        cases=_cases(staff, file, form),
        people=range(1, typed.PEOPLE + 1),
        people_open=max(PEOPLE_SHOWN, max(people, default=0)),
        tasks=range(1, typed.TASKS + 1),
        lines=range(1, typed.LACKS + 1),
    )
    return render(request, "meeting_minutes.html", page, status=form.status)


def _at_home(form: Form[Any]) -> Form[Any]:
    """An error of a field that the page does not show is said above the form."""
    hidden = next((form.errors[one] for one in ("rules", "edition") if one in form.errors), None)
    return replace(form, errors={**form.errors, WHOLE: hidden}) if hidden else form


async def _members(desk: Desk, file: MeetingFile) -> list[tuple[str, str]]:
    """Who may have sat there: those confirmed for it; of a sitting nobody called, anybody."""
    calling = await calling_of(desk.db, file.meeting_id)
    if calling is None:
        return desk.city.choices("agencies", desk.clock.today())
    codes = dict.fromkeys((*file.invited, *calling.invited))
    return [(code, desk.city.label("agencies", code)) for code in codes]


def _cases(staff: Staff, file: MeetingFile, form: Form[Any]) -> list[tuple[str, str]]:
    """In the order of the lines that were typed."""
    known = {one.row.case_id: one for one in file.cases}
    found = []
    for case_id in cases_in(form):
        one = known.get(case_id)
        if one is None:
            found.append((str(case_id), "（登録された会議録にないケース）"))
        else:
            named = one.named or knows_person(staff, one.row)
            found.append((str(case_id), _called(one.row.name, named=named)))
    return found


def _called(name: str | None, *, named: bool) -> str:
    return name or "（お名前なし）" if named else "（お名前は表示できません）"
