"""支援プランの画面: the overview, the draft, the agreement, each round beside the former."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Request, Response

from services.coordination import planning
from services.coordination.access import WORK, knows_person
from services.coordination.asked import plan as forms
from services.coordination.clearing import approvals_of, chain, plan_subject
from services.coordination.desk import Desk
from services.coordination.domain.approval import granted
from services.coordination.domain.evaluation import Verdict
from services.coordination.domain.sheet import Sheet
from services.coordination.domain.way import allowed
from services.coordination.messages import messages
from services.coordination.past import AsOf, shown_of
from services.coordination.plan_sheet import WHO, Difference, PlanSheet, differences, plan_sheet
from services.coordination.planning import PLANS, PlanFile, open_plans, sheet_of
from services.coordination.read.meetings import meetings_of
from services.coordination.read.plan_reviews import ReviewRow, reviews_of
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
Round = Annotated[int, Path(ge=1, le=10_000)]


@dataclass(frozen=True)
class PlansPage:
    """Everything about the plans of one case."""

    file: PlanFile
    knows: bool
    may_work: bool
    reviews: list[ReviewRow]
    today: date
    changed: list[Difference]
    """The draft against the plan that holds."""
    reached: dict[str, str]
    judgements: dict[str, str]
    last_saved: str
    forms: list[str]
    """What may be recorded as the case stands."""
    past: date | None = None
    """The day as of which everything is shown; None: now."""


@dataclass(frozen=True)
class RoundPage:
    """One agreed round, side by side with the former one."""

    file: PlanFile
    knows: bool
    sheet: PlanSheet
    changed: list[Difference]
    verdicts: list[Verdict]
    reached: dict[str, str]
    round: int
    past: date | None = None


@dataclass(frozen=True)
class DraftPage:
    """The draft being written; after a conflict both versions."""

    file: PlanFile
    knows: bool
    form: Form[forms.SheetRows]
    agencies: list[tuple[str, str]]
    doers: list[tuple[str, str]]
    goals: range
    tasks: range
    theirs: list[Difference]
    """What a colleague changed meanwhile."""
    mine: list[Difference]
    """What was typed, against the colleague's version."""


@dataclass(frozen=True)
class AgreementPage:
    file: PlanFile
    knows: bool
    form: Form[forms.AgreementForm]
    sittings: list[tuple[str, date]]
    changed: list[Difference]
    sheet: Sheet | None
    fits: bool
    """The consent carries a plan today."""
    approval: tuple[str, str] | None
    """How its 決裁 stands, and how urgent that is; None where the city has none."""


@pages.get("/cases/{case_id}/plans", rule=PLANS)
async def show_plans(request: Request, case_id: UUID, desk: DeskHere, on: AsOf = "") -> Response:
    """As they stand, or as they were known at the end of a past day (F-31)."""

    async def opened(desk: Desk) -> PlansPage:
        return await _plans_page(request, desk, case_id)

    page = await shown_of(request, desk, case_id, on, opened)
    return render(request, "plans.html", page)


async def _plans_page(request: Request, desk: Desk, case_id: UUID) -> PlansPage:
    file = await open_plans(desk, request.state.staff, case_id)
    reviews = await reviews_of(desk.db, case_id)
    return PlansPage(
        file,
        knows(request, file),
        request.state.staff.role in WORK.roles and desk.today is None,
        [one for one in reviews if one.kind == "plan" or file.policies],
        desk.clock.today(),
        _against_plan(desk, file),
        forms.REACHED,
        forms.JUDGEMENTS,
        file.saved[-1].origin.actor if file.saved else "",
        allowed(file.row, desk.clock.today()),
        desk.clock.today() if desk.today else None,
    )


@pages.get("/cases/{case_id}/plans/rounds/{number}", rule=PLANS)
async def show_round(
    request: Request, case_id: UUID, number: Round, desk: DeskHere, on: AsOf = ""
) -> Response:
    async def opened(desk: Desk) -> RoundPage:
        return await _round_page(request, desk, case_id, number)

    page = await shown_of(request, desk, case_id, on, opened)
    return render(request, "plan_round.html", page)


async def _round_page(request: Request, desk: Desk, case_id: UUID, number: int) -> RoundPage:
    file = await open_plans(desk, request.state.staff, case_id)
    plan = next((one for one in file.plans if one.round == number), None)
    if plan is None:
        raise Refused("plan-unknown")
    former = next((one for one in file.plans if one.round == number - 1), None)
    changed = differences(desk, sheet_of(former), sheet_of(plan)) if former else []
    said = [one for one in file.evaluations if one.plan_id == plan.plan_id]
    return RoundPage(
        file,
        knows(request, file),
        await plan_sheet(desk, case_id, number),
        changed,
        list(said[-1].verdicts or ()) if said else [],
        forms.REACHED,
        number,
        desk.clock.today() if desk.today else None,
    )


@pages.get("/cases/{case_id}/plans/draft", rule=WORK)
async def edit_draft(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    """The last draft; without one, the plan that holds; without that, an empty sheet."""
    file = await open_plans(desk, request.state.staff, case_id)
    values = forms.typed_of(_begun(file), file.draft.version)
    return _show_draft(request, desk, file, blank(forms.SheetForm, **values))


@pages.post("/cases/{case_id}/plans/draft", rule=WORK)
async def save_draft(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form: Form[forms.SheetRows] = await read_form(request, forms.SheetForm)
    typed = form.value
    if typed is not None:
        try:
            await planning.save_draft(desk, case_id, typed.sheet(), typed.version)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}/plans/draft", said="保存しました。")
    file = await open_plans(desk, request.state.staff, case_id)
    if typed is None or typed.version == file.draft.version:
        return _show_draft(request, desk, file, form)
    newest = {**form.typed, "version": [str(file.draft.version)]}
    known = [one.event.sheet for one in file.saved if one.event.version == typed.version]
    seen = known[0] if known else None
    theirs = file.draft.sheet or Sheet()
    return _show_draft(
        request,
        desk,
        file,
        replace(form, typed=newest),
        theirs=differences(desk, seen or Sheet(), theirs),
        mine=differences(desk, theirs, typed.sheet()),
    )


@pages.get("/cases/{case_id}/plans/agreement", rule=WORK)
async def new_agreement(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    file = await open_plans(desk, request.state.staff, case_id)
    values = {"on": desk.clock.today(), "version": str(file.draft.version)}
    return await _show_agreement(request, desk, file, blank(forms.AgreementForm, **values))


@pages.post("/cases/{case_id}/plans/agreement", rule=WORK)
async def create_agreement(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, forms.AgreementForm)
    if form.value is not None:
        try:
            await planning.agree(desk, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            said = "支援プランを決めました。"
            return see_other(f"/coordination/cases/{case_id}/plans", said=said)
    file = await open_plans(desk, request.state.staff, case_id)
    newest = {**form.typed, "version": [str(file.draft.version)]}
    return await _show_agreement(request, desk, file, replace(form, typed=newest))


def knows(request: Request, file: PlanFile) -> bool:
    """May the reader see whose plans these are? Members of a 支援会議 know it (M-1)."""
    return knows_person(request.state.staff, file.row) or bool(file.policies)


def _begun(file: PlanFile) -> Sheet:
    if file.draft.sheet is not None:
        return file.draft.sheet
    return sheet_of(file.plans[0]) if file.plans else Sheet()


def _against_plan(desk: Desk, file: PlanFile) -> list[Difference]:
    if file.draft.sheet is None or not file.plans:
        return []
    return differences(desk, sheet_of(file.plans[0]), file.draft.sheet)


def _show_draft(
    request: Request,
    desk: Desk,
    file: PlanFile,
    form: Form[Any],
    *,
    theirs: list[Difference] | None = None,
    mine: list[Difference] | None = None,
) -> Response:
    agencies = desk.city.choices("agencies", desk.clock.today())
    page = DraftPage(
        file,
        knows(request, file),
        form,
        agencies,
        [*WHO.items(), *agencies],
        _lines(form, ("problem", "goal"), forms.GOALS),
        _lines(form, ("who", "contact", "what", "until"), forms.TASKS),
        theirs or [],
        mine or [],
    )
    return render(request, "plan_draft.html", page, status=form.status)


def _lines(form: Form[Any], parts: tuple[str, ...], most: int) -> range:
    """What is written, and a few empty lines more."""
    written = [n for n in range(1, most + 1) if any(form.first(f"{part}_{n}") for part in parts)]
    return range(1, min(most, max(written, default=1) + forms.SPARE) + 1)


async def _show_agreement(
    request: Request, desk: Desk, file: PlanFile, form: Form[forms.AgreementForm]
) -> Response:
    sittings = [
        (str(one.meeting_id), one.held_on)
        for one in await meetings_of(desk.db, file.row.case_id)
        if one.kind == "plan-meeting"
    ]
    page = AgreementPage(
        file,
        knows(request, file),
        form,
        sittings,
        _against_plan(desk, file),
        file.draft.sheet,
        "plans" in allowed(file.row, desk.clock.today()),
        await _approval(desk, file),
    )
    return render(request, "plan_agreement.html", page, status=form.status)


async def _approval(desk: Desk, file: PlanFile) -> tuple[str, str] | None:
    wanted = chain(desk.city, "plan", desk.clock.today())
    if wanted is None:
        return None
    state = await desk.approvals.state(approvals_of(file.row.case_id))
    if granted(state, "plan", plan_subject(file.draft.version)):
        return f"第{file.draft.version}版の決裁は済んでいます。", "info"
    said = f"第{file.draft.version}版の決裁は済んでいません。"
    if wanted.required:
        return f"{said}決裁を回し、済んでから決めてください。", "warn"
    return f"{said}この市では、待たずに決めることもできます。", "info"
