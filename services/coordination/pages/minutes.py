"""会議録の画面: attendance, what was said of each case, tasks and missing resources (4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination import convening
from services.coordination.access import WORK, knows_person
from services.coordination.asked import meeting as typed
from services.coordination.desk import Desk
from services.coordination.file.meeting import MeetingFile, open_meeting
from services.coordination.messages import messages
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
NEEDED = (
    (
        "task",
        typed.TASKS,
        (("what", "すること"), ("case", "ケース"), ("agency", "担当"), ("due", "期限")),
    ),
    ("lack", typed.LACKS, (("kind", "種類"), ("case", "ケース"))),
)
"""The parts of a line that belong together."""


@dataclass(frozen=True)
class MinutesPage:
    file: MeetingFile
    form: Form[Any]
    members: list[tuple[str, str]]
    lacks: list[tuple[str, str]]
    cases: list[tuple[str, str]]
    tasks: range
    lines: range


@pages.get("/meetings/{meeting_id}/minutes", rule=WORK)
async def new_minutes(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    file = await open_meeting(desk, request.state.staff, meeting_id)
    known: dict[str, Any] = {
        "on": min(file.day, desk.clock.today()),
        "place": file.place,
        "rules": file.rules,
        "members": file.invited,
    }
    for n, one in enumerate(file.cases, 1):
        known |= {f"case_{n}": one.row.case_id, f"talked_{n}": True}
    return _show_minutes(request, desk, file, blank(typed.MinutesForm, **known))


@pages.post("/meetings/{meeting_id}/minutes", rule=WORK)
async def create_minutes(request: Request, meeting_id: UUID, desk: DeskHere) -> Response:
    form: Form[Any] = _complete(await read_form(request, typed.MinutesForm))
    if form.value is not None:
        try:
            await convening.take_minutes(desk, meeting_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/meetings/{meeting_id}", said="会議録を登録しました。")
    file = await open_meeting(desk, request.state.staff, meeting_id)
    return _show_minutes(request, desk, file, form)


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


def _show_minutes(request: Request, desk: Desk, file: MeetingFile, form: Form[Any]) -> Response:
    today = desk.clock.today()
    staff: Staff = request.state.staff
    names = [
        (
            str(one.row.case_id),
            _called(one.row.name, named=one.named or knows_person(staff, one.row)),
        )
        for one in file.cases
    ]
    page = MinutesPage(
        file=file,
        form=form,
        members=[(code, desk.city.label("agencies", code)) for code in file.invited],
        lacks=desk.city.choices("missing_resources", today),
        cases=names,
        tasks=range(1, typed.TASKS + 1),
        lines=range(1, typed.LACKS + 1),
    )
    return render(request, "meeting_minutes.html", page, status=form.status)


def _called(name: str | None, *, named: bool) -> str:
    return name or "（お名前なし）" if named else "（お名前は表示できません）"
