"""The forms about one request: what they begin with, and what was typed (T-20 … T-24)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from fastapi import Request, Response

from services.participation.asked.request import OFFERS
from services.participation.desk import Desk
from services.participation.file import File, ending_lines, open_file, plan_lines
from services.participation.matching import Places, places_for
from services.participation.messages import messages
from services.participation.proposing import DAYS
from shared.vocabulary.wareki import wareki
from shared.web.forms import Form
from shared.web.render import render

START = "start.html"
PLAN = "plan.html"
MATCH = "match_new.html"
TRIAL = "trial_new.html"
FOLLOW_UP = "followup_new.html"
CONCLUSION = "conclusion.html"
CONTACT = "contact_new.html"
WITHDRAWAL = "match_withdrawal.html"
FOLLOW_UP_SHEET = "followup_sheet.html"
CONTACT_SHEET = "contact_sheet.html"


@dataclass(frozen=True)
class FormPage:
    """A form about one request."""

    file: File
    form: Form[Any]
    menu: list[tuple[str, str]]
    methods: list[tuple[str, str]]
    relations: list[tuple[str, str]]
    outcomes: list[tuple[str, str]]
    intervals: list[tuple[str, str]]
    weekdays: list[tuple[str, str]]
    cares: list[tuple[str, str]]
    results: list[tuple[str, str]]
    offers: tuple[int, ...]
    theirs: list[tuple[str, str]]
    """What a colleague recorded while this form was open."""
    places: Places | None
    """Places for this person, where one is chosen."""
    record_id: UUID | None
    """The match, follow-up or contact that is put right."""


async def show_form(
    request: Request,
    request_id: UUID,
    desk: Desk,
    template: str,
    form: Form[Any],
    record_id: UUID | None = None,
) -> Response:
    """One of the forms, with what was typed; of an earlier record, where one is put right."""
    file, today = await open_file(desk, request.state.staff, request_id), desk.clock.today()
    theirs: list[tuple[str, str]] = []
    if file.plan and messages["plan-changed"].ja in form.errors.values():
        form = replace(form, typed={**form.typed, "seen": [str(file.plan.plan_id)]})
        theirs = plan_lines(desk, file.plan)
    if file.ended and template == CONCLUSION:
        theirs = [("終えた日", wareki(file.ended.concluded_on)), *ending_lines(desk, file.ended)]
    places = None
    if template in {MATCH, TRIAL}:
        places = await places_for(desk, file, form.first("words"), form.first("resource_id"))
    page = FormPage(
        file=file,
        form=form,
        menu=desk.city.choices("participation_menu", today),
        methods=desk.city.choices("followup_methods", today),
        relations=desk.city.choices("participation_relations", today),
        outcomes=desk.city.choices("participation_outcomes", today),
        intervals=desk.city.choices("contact_intervals", today),
        weekdays=[(code, f"{day}曜日") for code, day in DAYS.items()],
        cares=desk.city.choices("resource_cares", today),
        results=desk.city.choices("trial_results", today),
        offers=OFFERS,
        theirs=theirs,
        places=places,
        record_id=record_id,
    )
    return render(request, template, page, status=form.status)
