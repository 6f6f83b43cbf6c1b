"""つながり as JSON: the same decisions as the pages (F-02)."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.intake.access import HOUSEHOLD, acting_on
from services.intake.api.strict import Code, Strict
from services.intake.desk import Desk
from services.intake.domain.ties import About
from services.intake.tying import describe, end, tie, tie_of, ties_of
from shared.privacy.access_log import saw
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/consultations/{consultation_id}/ties"


class TieBody(Strict):
    """つながり. `kind` is of the city's list `ecomap_ties`."""

    who: str = Field(title="だれ・どこ", min_length=1, max_length=100)
    kind: Code = Field(title="つながりの強さ")
    since: date | None = Field(None, title="いつから", strict=False)
    note: str = Field("", title="備考", max_length=200)

    def about(self) -> About:
        return About(kind=self.kind, since=self.since, who=self.who, note=self.note or None)


class TieAgain(TieBody):
    """Described anew."""

    edition: int = Field(title="見ていた版", ge=1)


class TieEnd(Strict):
    on: date = Field(title="なくなった日", strict=False)


class TieValue(BaseModel):
    """One tie as it stands."""

    id: UUID
    who: str | None
    kind: str
    since: date | None
    ended_on: date | None
    note: str | None
    edition: int


class TieDone(BaseModel):
    id: UUID
    edition: int


@api.get(HERE, rule=HOUSEHOLD)
async def get_ties(request: Request, consultation_id: UUID, desk: DeskHere) -> list[TieValue]:
    """Everything recorded with the case of this consultation."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await saw(desk.db, request.state.staff, [row.case_id], HOUSEHOLD.name)
    return [
        TieValue(
            id=one.tie_id,
            who=one.about.who,
            kind=one.about.kind,
            since=one.about.since,
            ended_on=one.ended_on,
            note=one.about.note,
            edition=one.edition,
        )
        for one in await ties_of(desk, row.case_id)
    ]


@api.post(HERE, rule=HOUSEHOLD, status_code=201)
async def post_tie(
    request: Request, consultation_id: UUID, body: TieBody, desk: DeskHere
) -> TieDone:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    return TieDone(id=await tie(desk, row, body.about()), edition=1)


@api.post(HERE + "/{tie_id}", rule=HOUSEHOLD, status_code=201)
async def post_tie_again(
    request: Request, consultation_id: UUID, tie_id: UUID, body: TieAgain, desk: DeskHere
) -> TieDone:
    """Described anew, on the edition that was seen; 409 when a colleague was faster."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await describe(desk, row, tie_id, body.about(), body.edition)
    return TieDone(id=tie_id, edition=(await tie_of(desk, row.case_id, tie_id)).edition)


@api.post(HERE + "/{tie_id}/end", rule=HOUSEHOLD, status_code=201)
async def post_tie_end(
    request: Request, consultation_id: UUID, tie_id: UUID, body: TieEnd, desk: DeskHere
) -> TieDone:
    """It is there no longer."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    await end(desk, row, tie_id, body.on)
    return TieDone(id=tie_id, edition=(await tie_of(desk, row.case_id, tie_id)).edition)
