"""決裁の画面: asked, signed step by step, sent back or withdrawn (F-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.coordination import approving
from services.coordination.access import WORK
from services.coordination.asked import approval as forms
from services.coordination.clearing import chain
from services.coordination.desk import Desk
from services.coordination.domain.sheet import Sheet
from services.coordination.file.approval import STATUS, Round, round_of, rounds_of
from services.coordination.made import Made
from services.coordination.messages import messages
from services.coordination.pages.plan import knows
from services.coordination.plan_sheet import Difference, differences, task_cells
from services.coordination.planning import PlanFile, open_plans, sheet_of
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]
KindAsked = Literal["plan", "closure"]


@dataclass(frozen=True)
class ApprovalsPage:
    """Every round of signing of one case, and what may be asked now."""

    file: PlanFile
    knows: bool
    rounds: list[Round]
    status: dict[str, str]
    kinds: list[tuple[str, str]]
    today: date


@dataclass(frozen=True)
class NewApproval:
    """What is about to be asked, and the posts that sign it."""

    file: PlanFile
    knows: bool
    kind: str
    title: str
    posts: list[str]
    required: bool
    form: Form[Any]
    agencies: list[tuple[str, str]]
    reasons: list[tuple[str, str]]


@dataclass(frozen=True)
class ApprovalPage:
    """One round: what is signed, what was said, and what the reader may do."""

    file: PlanFile
    knows: bool
    round: Round
    status: dict[str, str]
    sheet: Sheet | None
    """The draft as it was when it was asked."""
    tasks: list[tuple[str, ...]]
    changed: list[Difference]
    """Against the plan that holds."""
    signing: Form[Any]
    returning: Form[Any]
    today: date


@pages.get("/cases/{case_id}/approvals", rule=WORK)
async def show_approvals(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    staff = request.state.staff
    file = await open_plans(desk, staff, case_id)
    today = desk.clock.today()
    kinds: list[tuple[str, str]] = []
    if file.row.phase == "open":
        wanted = (chain(desk.city, kind, today) for kind in ("plan", "closure"))
        kinds = [(one.code, one.label) for one in wanted if one and _ready(one.code, file)]
    rounds = await rounds_of(desk, staff, case_id)
    page = ApprovalsPage(file, knows(request, file), rounds, STATUS, kinds, today)
    return render(request, "approvals.html", page)


def _ready(kind: str, file: PlanFile) -> bool:
    return kind == "closure" or file.draft.sheet is not None


@pages.get("/cases/{case_id}/approvals/new/{kind}", rule=WORK)
async def new_approval(
    request: Request, case_id: UUID, kind: KindAsked, desk: DeskHere
) -> Response:
    file = await open_plans(desk, request.state.staff, case_id)
    form = blank(_MODELS[kind], version=str(file.draft.version))
    return _show_new(request, desk, file, kind, form)


@pages.post("/cases/{case_id}/approvals/new/{kind}", rule=WORK)
async def create_approval(
    request: Request, case_id: UUID, kind: KindAsked, desk: DeskHere
) -> Response:
    form: Form[Any] = await read_form(request, _MODELS[kind])
    if form.value is not None:
        try:
            made = await _ask(desk, request, case_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(_here(case_id, made.id), said="決裁を回しました。")
    file = await open_plans(desk, request.state.staff, case_id)
    return _show_new(request, desk, file, kind, form)


_MODELS: dict[str, type[BaseModel]] = {
    "plan": forms.PlanApproval,
    "closure": forms.ClosureApproval,
}


async def _ask(
    desk: Desk, request: Request, case_id: UUID, asked: forms.PlanApproval | forms.ClosureApproval
) -> Made:
    staff = request.state.staff
    if isinstance(asked, forms.PlanApproval):
        return await approving.ask_plan(desk, staff, case_id, asked)
    return await approving.ask_closure(desk, staff, case_id, asked)


def _show_new(
    request: Request, desk: Desk, file: PlanFile, kind: KindAsked, form: Form[Any]
) -> Response:
    today = desk.clock.today()
    wanted = chain(desk.city, kind, today)
    if wanted is None:
        raise Refused("approval-not-needed")
    page = NewApproval(
        file,
        knows(request, file),
        kind,
        wanted.label,
        [one.label for one in wanted.steps],
        wanted.required,
        form,
        desk.city.choices("agencies", today),
        desk.city.choices("closure_reasons", today),
    )
    return render(request, "approval_new.html", page, status=form.status)


@pages.get("/cases/{case_id}/approvals/{approval_id}", rule=WORK)
async def show_approval(
    request: Request, case_id: UUID, approval_id: UUID, desk: DeskHere
) -> Response:
    return await _show(request, desk, case_id, approval_id)


@pages.post("/cases/{case_id}/approvals/{approval_id}/signature", rule=WORK)
async def create_signature(
    request: Request, case_id: UUID, approval_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, forms.Signing)
    if form.value is not None:
        try:
            await approving.sign(desk, request.state.staff, case_id, approval_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(_here(case_id, approval_id), said="決裁しました。")
    return await _show(request, desk, case_id, approval_id, signing=form)


@pages.post("/cases/{case_id}/approvals/{approval_id}/return", rule=WORK)
async def create_return(
    request: Request, case_id: UUID, approval_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, forms.SendingBack)
    if form.value is not None:
        try:
            await approving.refuse(desk, request.state.staff, case_id, approval_id, form.value)
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(_here(case_id, approval_id), said="差し戻しました。")
    return await _show(request, desk, case_id, approval_id, returning=form)


@pages.post("/cases/{case_id}/approvals/{approval_id}/withdrawal", rule=WORK)
async def create_withdrawal(case_id: UUID, approval_id: UUID, desk: DeskHere) -> Response:
    await approving.withdraw(desk, case_id, approval_id)
    return see_other(_here(case_id, approval_id), said="取り下げました。")


def _here(case_id: UUID, approval_id: UUID) -> str:
    return f"/coordination/cases/{case_id}/approvals/{approval_id}"


async def _show(
    request: Request,
    desk: Desk,
    case_id: UUID,
    approval_id: UUID,
    signing: Form[Any] | None = None,
    returning: Form[Any] | None = None,
) -> Response:
    staff = request.state.staff
    file = await open_plans(desk, staff, case_id)
    found = await round_of(desk, staff, case_id, approval_id)
    sheet = _sheet(file, found)
    page = ApprovalPage(
        file,
        knows(request, file),
        found,
        STATUS,
        sheet,
        [task_cells(desk, one) for one in sheet.tasks] if sheet else [],
        differences(desk, sheet_of(file.plans[0]), sheet) if sheet and file.plans else [],
        signing or blank(forms.Signing, step=found.asked.step or ""),
        returning or blank(forms.SendingBack, step=found.asked.step or ""),
        desk.clock.today(),
    )
    answered = signing or returning
    return render(request, "approval.html", page, status=answered.status if answered else 200)


def _sheet(file: PlanFile, found: Round) -> Sheet | None:
    if found.asked.kind != "plan":
        return None
    versions = {str(one.event.version): one.event.sheet for one in file.saved}
    return versions.get(found.asked.subject)
