"""世帯: members with 続柄, written down, corrected, moved out (F-02, domain 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from services.intake.access import HOUSEHOLD, acting_on
from services.intake.desk import Desk
from services.intake.domain.household import (
    Details,
    Leaving,
    Member,
    MemberAdded,
    MemberCorrected,
    household_id,
)
from services.intake.families import let_go, members_of, put_right, write_down
from services.intake.pages.forms import Line as OneLine
from services.intake.pages.forms import Short, refusal
from services.intake.read.searching import ConsultationRow
from services.intake.words import LEAVING, NO_NAME
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.relations import KIN, LIVING, RELATIONS, SEX, Living, Relation, Sex
from shared.vocabulary.wareki import wareki
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import render, see_other

pages = Pages("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
F = TypeVar("F", bound=BaseModel)
Options = list[tuple[str, str]]


class MemberForm(BaseModel):
    """家族構成: one row of the table in the インテーク・アセスメントシート."""

    relation: Relation = Field(title="本人から見た続柄")
    name: Short = Field("", title="氏名")
    kana: Short = Field("", title="ふりがな")
    born_on: date | None = Field(None, title="生年月日")
    sex: Sex = Field("unknown", title="性別")
    living: Living = Field("together", title="同居・別居")
    joined_on: date | None = Field(None, title="世帯に加わった日")
    occupation: Short = Field("", title="職業")
    note: OneLine = Field("", title="備考（通っているところなど）")
    edition: int | None = Field(None, title="版", ge=1)

    def details(self) -> Details:
        """Empty text is nothing."""
        return Details(
            relation=self.relation,
            sex=self.sex,
            living=self.living,
            joined_on=self.joined_on,
            name=self.name or None,
            kana=self.kana or None,
            born_on=self.born_on,
            occupation=self.occupation or None,
            note=self.note or None,
        )


class DepartureForm(BaseModel):
    """転出, 死亡, or a slip of the pen."""

    why: Leaving = Field(title="どうなりましたか")
    on: date = Field(title="その日")


@dataclass(frozen=True)
class MemberPage:
    row: ConsultationRow
    who: str
    form: Form[MemberForm]
    action: str
    member: Member | None = None
    leaving: Form[DepartureForm] | None = None
    relations: tuple[tuple[str, str], ...] = tuple((code, KIN[code].label) for code in RELATIONS)
    sexes: tuple[tuple[str, str], ...] = tuple(SEX.items())
    livings: tuple[tuple[str, str], ...] = tuple(LIVING.items())
    leavings: tuple[tuple[str, str], ...] = tuple(LEAVING.items())


@pages.get("/consultations/{consultation_id}/household/new", rule=HOUSEHOLD)
async def new_member(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return await _ask(request, desk, row, blank(MemberForm, sex="unknown", living="together"))


@pages.post("/consultations/{consultation_id}/household", rule=HOUSEHOLD)
async def create_member(request: Request, consultation_id: UUID, desk: DeskHere) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    form = await read_form(request, MemberForm)
    if form.value is None:
        return await _ask(request, desk, row, form)
    try:
        await write_down(desk, row, form.value.details())
    except Refused as refused:
        return await _ask(request, desk, row, refusal(form, refused))
    return _back_to(consultation_id, "世帯員を記録しました。")


@pages.get("/consultations/{consultation_id}/household/{member_id}", rule=HOUSEHOLD)
async def edit_member(
    request: Request, consultation_id: UUID, member_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    member = await _member(desk, row, member_id)
    return await _ask(request, desk, row, _filled(member), member)


@pages.post("/consultations/{consultation_id}/household/{member_id}", rule=HOUSEHOLD)
async def update_member(
    request: Request, consultation_id: UUID, member_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    member = await _member(desk, row, member_id)
    form = await read_form(request, MemberForm)
    if form.value is None:
        return await _ask(request, desk, row, form, member)
    try:
        await put_right(desk, row, member_id, form.value.details(), form.value.edition)
    except Refused as refused:
        if refused.code == "member-changed-meanwhile":
            form = await _with_theirs(desk, row, member, form)
        else:
            form = refusal(form, refused)
        return await _ask(request, desk, row, form, member)
    return _back_to(consultation_id, "世帯員の記録を直しました。")


@pages.post("/consultations/{consultation_id}/household/{member_id}/departure", rule=HOUSEHOLD)
async def create_departure(
    request: Request, consultation_id: UUID, member_id: UUID, desk: DeskHere
) -> Response:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    member = await _member(desk, row, member_id)
    form, shown = await read_form(request, DepartureForm), _filled(member)
    if form.value is None:
        return await _ask(request, desk, row, shown, member, form)
    try:
        await let_go(desk, row, member_id, form.value.why, form.value.on)
    except Refused as refused:
        return await _ask(request, desk, row, shown, member, refusal(form, refused))
    return _back_to(consultation_id, "世帯員の記録を改めました。これまでの記録は残ります。")


def _filled(member: Member) -> Form[MemberForm]:
    return blank(MemberForm, **_written(member.details), edition=str(member.edition))


def _written(details: Details) -> dict[str, str]:
    """As the form shows it."""
    values = {name: getattr(details, name) for name in Details.model_fields}
    return {
        name: wareki(value) if isinstance(value, date) else str(value)
        for name, value in values.items()
        if value is not None
    }


async def _with_theirs(
    desk: Desk, row: ConsultationRow, member: Member, form: Form[MemberForm]
) -> Form[MemberForm]:
    """What was typed, on top of what a colleague wrote since this form was opened."""
    events = [one.event for one in await desk.households.history(household_id(row.case_id))]
    editions = [
        one
        for one in events
        if isinstance(one, MemberAdded | MemberCorrected) and one.member_id == member.member_id
    ]
    seen = int(form.first("edition") or 0)
    before = _written(editions[seen - 1]) if 0 < seen <= len(editions) else {}
    return merged(form, before, _written(editions[-1]), edition=member.edition)[0]


async def _member(desk: Desk, row: ConsultationRow, member_id: UUID) -> Member:
    members = await members_of(desk, row.case_id)
    found = next((one for one in members if one.member_id == member_id), None)
    if found is None:
        raise Refused("member-unknown")
    return found


async def _ask(
    request: Request,
    desk: Desk,
    row: ConsultationRow,
    form: Form[MemberForm],
    member: Member | None = None,
    leaving: Form[DepartureForm] | None = None,
) -> Response:
    """The form for a new member, or for one that is recorded, with what may become of them."""
    await saw(desk.db, request.state.staff, [row.case_id], HOUSEHOLD.name)
    action = f"/intake/consultations/{row.consultation_id}/household"
    if member is not None:
        action = f"{action}/{member.member_id}"
        leaving = leaving or blank(DepartureForm, on=desk.clock.today())
    page = MemberPage(row, row.name or NO_NAME, form, action, member, leaving)
    status = max(form.status, leaving.status if leaving else 200)
    return render(request, "member.html", page, status=status)


def _back_to(consultation_id: UUID, said: str) -> Response:
    return see_other(f"/intake/consultations/{consultation_id}", said=said)
