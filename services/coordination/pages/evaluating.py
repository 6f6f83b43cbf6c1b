"""評価シート on screen and on paper: how far each goal was reached, what changed (4.5, F-06)."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.coordination import planning
from services.coordination.access import WORK, sees_person
from services.coordination.asked import plan as forms
from services.coordination.desk import Desk
from services.coordination.domain.evaluation import Evaluated
from services.coordination.messages import messages
from services.coordination.pages.plan_forms import SHORT, show_short
from services.coordination.planning import PLANS, aftercare_of, open_plans, plans_of
from services.coordination.work import person_of
from shared.paper.paper import Facts, Grid, Paper, Story, Ticks
from shared.paper.sending import Kind, sent
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import see_other

pages = Pages("coordination")
DeskHere = Annotated[Desk, Depends(desk_of)]


@pages.get("/cases/{case_id}/plans/evaluation", rule=WORK)
async def new_evaluation(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    """As it stands, to be put right; else empty."""
    now = next(iter((await _editions(desk, case_id))[::-1]), None)
    known = _fields(now) if now else {"on": desk.clock.today()}
    form = blank(forms.EvaluationForm, **known)
    return await show_short(request, desk, case_id, "evaluation", form)


@pages.post("/cases/{case_id}/plans/evaluation", rule=WORK)
async def create_evaluation(request: Request, case_id: UUID, desk: DeskHere) -> Response:
    form: Form[Any] = await read_form(request, forms.EvaluationForm)
    if form.value is not None:
        try:
            await planning.record_evaluation(desk, case_id, _said(form.value), form.value)
        except Refused as refused:
            form = await _refused(desk, case_id, form, refused)
        else:
            return see_other(f"/coordination/cases/{case_id}/plans", said=SHORT["evaluation"][2])
    return await show_short(request, desk, case_id, "evaluation", form)


async def _refused(desk: Desk, case_id: UUID, form: Form[Any], refused: Refused) -> Form[Any]:
    """What was typed, with what is wrong; or on top of what a colleague wrote meanwhile."""
    editions = await _editions(desk, case_id)
    if refused.code != "evaluation-changed" or not editions:
        return form.refuse(refused, messages)
    seen, now = form.first("edition"), editions[-1]
    before = next((one for one in editions if str(one.edition) == seen), None)
    words = {f"reached_{n}": forms.REACHED for n in range(1, forms.GOALS + 1)}
    return merged(
        form,
        _fields(before) if before else {},
        _fields(now),
        words=words
        | {
            "changes": dict(desk.city.choices("outcome_changes", desk.clock.today())),
            "judgement": forms.JUDGEMENTS,
        },
        edition=now.edition,
    )[0]


async def _editions(desk: Desk, case_id: UUID) -> list[Evaluated]:
    """Of the plan that holds, oldest first, each with its number."""
    plan = next(iter(await plans_of(desk, case_id)), None)
    history = await desk.aftercare.history(aftercare_of(case_id))
    found = [
        one.event
        for one in history
        if isinstance(one.event, Evaluated) and plan and one.event.plan_id == plan.plan_id
    ]
    return [one.model_copy(update={"edition": n}) for n, one in enumerate(found, 1)]


def _fields(said: Evaluated) -> dict[str, Any]:
    """Field → what stands in it."""
    found: dict[str, Any] = {
        "edition": str(said.edition),
        "on": wareki(said.evaluated_on),
        "changes": list(said.changes),
        "left": said.left or "",
        "wishes": said.wishes or "",
        "judgement": said.judgement or "",
    }
    for n, verdict in enumerate(said.verdicts or (), 1):
        found |= {f"reached_{n}": verdict.reached, f"words_{n}": verdict.words}
    return found


def _said(value: Any) -> list[forms.VerdictAsked]:
    lines = [(getattr(value, f"reached_{n}"), n) for n in range(1, forms.GOALS + 1)]
    return [
        forms.VerdictAsked(reached=reached, words=getattr(value, f"words_{n}") or "")
        for reached, n in lines
        if reached
    ]


@pages.get("/cases/{case_id}/plans/evaluation/paper.{kind}", rule=PLANS)
async def print_evaluation(request: Request, case_id: UUID, kind: Kind, desk: DeskHere) -> Response:
    """評価シート of the plan that holds, as it stands now."""
    staff: Staff = request.state.staff
    file = await open_plans(desk, staff, case_id)
    editions = await _editions(desk, case_id)
    if not sees_person(staff, file.row) or not editions:
        raise Refused("evaluation-unknown")
    printed = f"印刷 {wareki(desk.clock.today())} {staff.name}"
    foot = f"個人情報・取扱注意　{desk.city.name}　{printed}"
    name = (await person_of(desk, case_id)).name or ""
    paper = evaluation_paper(desk, editions[-1], file.plans[0].round, name, foot)
    return await sent(paper, kind, f"評価シート_{str(case_id)[:8].upper()}")


def evaluation_paper(desk: Desk, said: Evaluated, number: int, name: str, foot: str) -> Paper:
    """Everything of the evaluation in the order of the form."""
    goals = tuple(
        (str(n), one.goal, forms.REACHED[one.reached], one.words or "–")
        for n, one in enumerate(said.verdicts or (), 1)
    )
    known = dict(desk.city.choices("outcome_changes", said.evaluated_on))
    known |= {one: desk.city.label("outcome_changes", one) for one in said.changes}
    ticks = tuple(("○" if code in said.changes else "", text) for code, text in known.items())
    judged = forms.JUDGEMENTS[said.judgement] if said.judgement else ""
    return Paper(
        "評価シート",
        (
            Facts("対象", (("氏名", name), ("対象プラン", f"第{number}回"))),
            Grid("目標の達成状況", ("順", "目標", "達成状況", "ことば"), goals, (1, 6, 2, 5)),
            Ticks("見られた変化", ticks),
            Story("残された課題", said.left or "", lines=3),
            Story("本人の希望", said.wishes or "", lines=2),
            Facts("会議での判断", (("判断", judged),)),
        ),
        above=(
            ("番号", str(said.case_id)[:8].upper()),
            ("評価日", wareki(said.evaluated_on)),
            ("版", str(said.edition)),
        ),
        foot=foot,
    )
