"""つながり: who the household has to do with, written down, described anew, ended (F-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from services.intake import tying as work
from services.intake.access import HOUSEHOLD, acting_on
from services.intake.desk import Desk
from services.intake.domain.ties import About, Tie
from services.intake.pages.forms import Code, Short, refusal
from services.intake.pages.forms import Line as OneLine
from services.intake.read.searching import ConsultationRow
from services.intake.words import NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/ties"


class TieForm(BaseModel):
    """One line of the エコマップ."""

    who: Short = Field("", title="だれ・どこ")
    kind: Code = Field(title="つながりの強さ")
    since: date | None = Field(None, title="いつから")
    note: OneLine = Field("", title="備考（どんな関わりか）")
    edition: int = Field(0, title="版", ge=0)

    def about(self) -> About:
        """Empty text is nothing."""
        return About(kind=self.kind, since=self.since, who=self.who or None, note=self.note or None)


class EndForm(BaseModel):
    """It is there no longer."""

    on: date = Field(title="なくなった日")


@dataclass(frozen=True)
class TiePage:
    row: ConsultationRow
    who: str
    form: Form[TieForm]
    action: str
    kinds: list[tuple[str, str]]
    tie: Tie | None = None
    ending: Form[EndForm] | None = None


@pages.get(HERE + "/new", rule=HOUSEHOLD)
async def new_tie(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return await _ask(request, desk, row, blank(TieForm))


@pages.post(HERE, rule=HOUSEHOLD)
async def create_tie(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, TieForm)
    if form.value is None:
        return await _ask(request, desk, row, form)
    try:
        await work.tie(desk, row, form.value.about())
    except Refused as refused:
        return await _ask(request, desk, row, refusal(form, refused))
    return _back_to(consultation_id, "つながりを記録しました。")


@pages.get(HERE + "/{tie_id}", rule=HOUSEHOLD)
async def edit_tie(
    request: Request, consultation_id: UUID, tie_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    tie = await work.tie_of(desk, row.case_id, tie_id)
    return await _ask(
        request, desk, row, blank(TieForm, **_written(tie.about), edition=tie.edition), tie
    )


@pages.post(HERE + "/{tie_id}", rule=HOUSEHOLD)
async def update_tie(
    request: Request, consultation_id: UUID, tie_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    tie = await work.tie_of(desk, row.case_id, tie_id)
    form = await read_form(request, TieForm)
    if form.value is None:
        return await _ask(request, desk, row, form, tie)
    try:
        await work.describe(desk, row, tie_id, form.value.about(), form.value.edition)
    except Refused as refused:
        if refused.code == "tie-changed-meanwhile":
            form = await _with_theirs(desk, row, tie, form)
        else:
            form = refusal(form, refused)
        return await _ask(request, desk, row, form, tie)
    return _back_to(consultation_id, "つながりの記録を直しました。")


@pages.post(HERE + "/{tie_id}/end", rule=HOUSEHOLD)
async def create_end(
    request: Request, consultation_id: UUID, tie_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    tie = await work.tie_of(desk, row.case_id, tie_id)
    ending = await read_form(request, EndForm)
    shown = blank(TieForm, **_written(tie.about), edition=tie.edition)
    if ending.value is None:
        return await _ask(request, desk, row, shown, tie, ending)
    try:
        await work.end(desk, row, tie_id, ending.value.on)
    except Refused as refused:
        return await _ask(request, desk, row, shown, tie, refusal(ending, refused))
    return _back_to(consultation_id, "つながりがなくなったことを記録しました。記録は残ります。")


def _written(about: About) -> dict[str, str]:
    """As the form shows it."""
    since = wareki(about.since) if about.since else None
    values = {"who": about.who, "kind": about.kind, "since": since, "note": about.note}
    return {name: value for name, value in values.items() if value}


async def _with_theirs(
    desk: Desk, row: ConsultationRow, tie: Tie, form: Form[TieForm]
) -> Form[TieForm]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    editions = await work.editions_of(desk, row.case_id, tie.tie_id)
    seen = int(form.first("edition") or 0)
    before = _written(editions[seen - 1]) if 0 < seen <= len(editions) else {}
    return merged(form, before, _written(editions[-1]), edition=tie.edition)[0]


async def _ask(
    request: Request,
    desk: Desk,
    row: ConsultationRow,
    form: Form[TieForm],
    tie: Tie | None = None,
    ending: Form[EndForm] | None = None,
) -> Response:
    """The form for a new tie, or for one that is recorded, with its end."""
    await saw(desk.db, request.state.staff, [row.case_id], HOUSEHOLD.name)
    action = f"/intake/consultations/{row.consultation_id}/ties"
    if tie is not None:
        action = f"{action}/{tie.tie_id}"
        if tie.ended_on is None:
            ending = ending or blank(EndForm, on=desk.clock.today())
    kinds = desk.city.choices("ecomap_ties", desk.clock.today())
    page = TiePage(row, row.name or NO_NAME, form, action, kinds, tie, ending)
    status = max(form.status, ending.status if ending else 200)
    return render(request, "tie.html", page, status=status)


def _back_to(consultation_id: UUID, said: str) -> Response:
    return see_other(f"/intake/consultations/{consultation_id}#ties", said=said)
