"""世帯 as JSON: the same decisions as the pages (F-02)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.intake.access import HOUSEHOLD, acting_on
from services.intake.api.strict import Day, Strict
from services.intake.desk import Desk
from services.intake.domain.household import Details, Leaving, Member
from services.intake.families import let_go, members_of, put_right, write_down
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.vocabulary.relations import Living, Relation, Sex
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/household"


class MemberBody(Strict):
    """世帯員: 続柄, and what is known."""

    relation: Relation = Field(title="本人から見た続柄")
    sex: Sex = Field("unknown", title="性別")
    living: Living = Field("together", title="同居・別居")
    joined_on: Day | None = Field(None, title="世帯に加わった日")
    name: str | None = Field(None, title="氏名", max_length=100)
    kana: str | None = Field(None, title="ふりがな", max_length=100)
    born_on: Day | None = Field(None, title="生年月日")
    occupation: str | None = Field(None, title="職業", max_length=100)
    note: str | None = Field(None, title="備考", max_length=200)

    def details(self) -> Details:
        """Empty text is nothing."""
        said: dict[str, Any] = {name: getattr(self, name) or None for name in Details.model_fields}
        return Details(**said)


class MemberAgain(MemberBody):
    edition: int = Field(title="見ていた版", ge=1)


class Departure(Strict):
    """転出, 死亡, or a slip of the pen."""

    why: Leaving = Field(title="どうなったか")
    on: Day = Field(title="その日")


class MemberValue(BaseModel):
    """One member as recorded now."""

    id: UUID
    edition: int
    relation: Relation
    sex: Sex
    living: Living
    joined_on: date | None
    left_on: date | None
    name: str | None
    kana: str | None
    born_on: date | None
    occupation: str | None
    note: str | None


class MemberDone(BaseModel):
    id: UUID
    edition: int


@api.get(HERE, rule=HOUSEHOLD)
async def get_members(request: Request, consultation_id: UUID, desk: DeskHere) -> list[MemberValue]:
    """Everybody recorded with the case of this consultation."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await saw(desk.db, request.state.staff, [row.case_id], HOUSEHOLD.name)
    return [_value(one) for one in await members_of(desk, row.case_id)]


@api.post(HERE, rule=HOUSEHOLD, status_code=201)
async def post_member(
    request: Request, consultation_id: UUID, body: MemberBody, desk: DeskHere
) -> MemberDone:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return MemberDone(id=await write_down(desk, row, body.details()), edition=1)


@api.post(HERE + "/{member_id}", rule=HOUSEHOLD, status_code=201)
async def post_member_again(
    request: Request, consultation_id: UUID, member_id: UUID, body: MemberAgain, desk: DeskHere
) -> MemberDone:
    """Put right, on the edition that was seen; 409 when a colleague was faster."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await put_right(desk, row, member_id, body.details(), body.edition)
    return await _done(desk, row.case_id, member_id)


@api.post(HERE + "/{member_id}/departure", rule=HOUSEHOLD, status_code=201)
async def post_departure(
    request: Request, consultation_id: UUID, member_id: UUID, body: Departure, desk: DeskHere
) -> MemberDone:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await let_go(desk, row, member_id, body.why, body.on)
    if body.why == "mistake":
        return MemberDone(id=member_id, edition=0)
    return await _done(desk, row.case_id, member_id)


async def _done(desk: Desk, case_id: UUID, member_id: UUID) -> MemberDone:
    for one in await members_of(desk, case_id):
        if one.member_id == member_id:
            return MemberDone(id=member_id, edition=one.edition)
    raise Refused("member-unknown")


def _value(one: Member) -> MemberValue:
    said = one.details
    return MemberValue(
        id=one.member_id,
        edition=one.edition,
        relation=said.relation,
        sex=one.sex,
        living=one.living,
        joined_on=said.joined_on,
        left_on=one.left_on,
        name=said.name,
        kana=said.kana,
        born_on=said.born_on,
        occupation=said.occupation,
        note=said.note,
    )
