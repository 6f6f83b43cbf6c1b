"""The short forms around a plan: 支援方針, 評価 and what is shared after the end."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination import planning
from services.coordination.access import WORK
from services.coordination.asked import plan as forms
from services.coordination.desk import Desk
from services.coordination.made import Made
from services.coordination.messages import messages
from services.coordination.pages.plan import knows
from services.coordination.planning import PlanFile, goals_of, open_plans, sheet_of
from services.coordination.read.meetings import meetings_of
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import WHOLE, Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


@dataclass(frozen=True)
class ShortPage:
    """One short form about the plans of a case."""

    kind: str
    title: str
    lead: str
    file: PlanFile
    knows: bool
    form: Form[Any]
    agencies: list[tuple[str, str]]
    sittings: list[tuple[str, date]]
    """支援会議 about this case."""
    goals: list[str]
    reached: dict[str, str]
    changes: list[tuple[str, str]]
    """見られた変化 to choose from."""
    judgements: dict[str, str]


SHORT = {
    "policies": (
        "支援方針を記録する",
        "本人の同意がないとき、支援会議で決めた方針です。支援プランには数えません。"
        "その会議に出席した機関だけが見られます。",
        "支援方針を記録しました。",
    ),
    "evaluation": (
        "プランを評価する",
        "終結や見直しの前に、目標ごとに達成状況を書きます。",
        "評価を記録しました。",
    ),
    "sharing": (
        "終結後の情報共有を記録する",
        "主担当と伝え合ったことを残します。",
        "記録しました。",
    ),
}


@pages.get("/cases/{case_id}/plans/policies", rule=WORK)
async def new_policy(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = blank(forms.PolicyForm, on=desk.clock.today())
    return await show_short(request, desk, case_id, "policies", form)


@pages.post("/cases/{case_id}/plans/policies", rule=WORK)
async def create_policy(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, forms.PolicyForm)
    done = planning.record_policy(desk, case_id, form.value) if form.value else None
    return await _answered(request, desk, case_id, "policies", form, done)


@pages.get("/cases/{case_id}/plans/sharing", rule=WORK)
async def new_sharing(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = blank(forms.SharingForm, on=desk.clock.today())
    return await show_short(request, desk, case_id, "sharing", form)


@pages.post("/cases/{case_id}/plans/sharing", rule=WORK)
async def create_sharing(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form = await read_form(request, forms.SharingForm)
    done = planning.record_sharing(desk, case_id, form.value) if form.value else None
    return await _answered(request, desk, case_id, "sharing", form, done)


async def _answered(
    request: Request,
    desk: Desk,
    case_id: UUID,
    kind: str,
    form: Form[Any],
    done: Awaitable[Made] | None,
) -> Response:
    """On to the plans when it was done, else the form again with the reason."""
    if done is not None:
        try:
            await done
        except Refused as refused:
            form = form.refuse(refused, messages)
        else:
            return see_other(f"/coordination/cases/{case_id}/plans", said=SHORT[kind][2])
    return await show_short(request, desk, case_id, kind, form)


async def show_short(
    request: Request, desk: Desk, case_id: UUID, kind: str, form: Form[Any]
) -> Response:
    file = await open_plans(desk, request.state.staff, case_id)
    goals = goals_of(sheet_of(file.plans[0])) if file.plans else []
    if kind == "evaluation" and not goals and WHOLE not in form.errors:
        raise Refused("plan-unknown")
    sittings = [
        (str(one.meeting_id), one.held_on)
        for one in await meetings_of(desk.db, case_id)
        if one.kind == "support-meeting"
    ]
    title, lead, _ = SHORT[kind]
    page = ShortPage(
        kind=kind,
        title=title,
        lead=lead,
        file=file,
        knows=knows(request, file),
        form=form,
        agencies=desk.city.choices("agencies", desk.clock.today()),
        sittings=sittings,
        goals=goals[: forms.GOALS],
        reached=forms.REACHED,
        changes=desk.city.choices("outcome_changes", desk.clock.today()),
        judgements=forms.JUDGEMENTS,
    )
    return render(request, "plan_short.html", page, status=form.status)
