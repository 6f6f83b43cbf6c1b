"""相談受付・申込票 as JSON: its body, and how it is put right (S-01)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, Field

from services.intake.access import SHEET, acting_on
from services.intake.api.strict import Code, Day, Strict, listed
from services.intake.correcting import correct
from services.intake.desk import Desk
from services.intake.reception import Slip, wrong_codes
from shared.vocabulary.relations import Sex
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]


class SheetBody(Strict):
    """What is written on the sheet."""

    channel: Code = Field(title="受付の方法")
    source: Code = Field(title="相談の経路")
    name: str | None = Field(None, title="氏名", max_length=100)
    kana: str | None = Field(None, title="ふりがな", max_length=100)
    born_on: Day | None = Field(None, title="生年月日")
    phone: str | None = Field(None, title="電話番号", max_length=100)
    email: str | None = Field(None, title="メールアドレス", max_length=100)
    office: str | None = Field(None, title="どこの窓口か", max_length=100)
    address: str | None = Field(None, title="住所", max_length=200)
    household_size: int | None = Field(None, title="世帯人数", ge=1, le=30)
    issues: list[Code] = Field(default=[], title="課題の種類", max_length=40)
    main_issue: Code | None = Field(None, title="主な課題（◎）")
    topics: list[Code] = Field(default=[], title="相談内容（○）", max_length=40)
    main_topic: Code | None = Field(None, title="いちばんの相談内容（◎）")
    urgency: Code | None = Field(None, title="緊急度")
    screening: Code | None = Field(None, title="スクリーニングの結果")
    sex: Sex = Field("unknown", title="性別")
    visitor_relation: str | None = Field(None, title="来られた方と本人との関係", max_length=100)
    visitor_name: str | None = Field(None, title="来られた方の氏名", max_length=100)
    visitor_phone: str | None = Field(None, title="来られた方の電話番号", max_length=100)
    content: str | None = Field(None, title="相談内容", max_length=10_000)
    wishes: str | None = Field(None, title="本人の希望", max_length=10_000)

    def slip_of(self, counter: str, received_on: date) -> Slip:
        said: dict[str, Any] = {name: getattr(self, name) for name in SheetBody.model_fields}
        for name in ("issues", "topics"):
            said[name] = tuple(dict.fromkeys(said[name]))
        return Slip(counter=counter, received_on=received_on, **said)


class SheetAgain(SheetBody):
    """The whole sheet as it should read: what is left out is taken off."""

    edition: int = Field(title="見ていた版", ge=1)


class SheetDone(BaseModel):
    id: UUID
    edition: int
    position: int


@api.post("/consultations/{consultation_id}/sheet", rule=SHEET, status_code=201)
async def put_right(
    request: Request, consultation_id: UUID, body: SheetAgain, desk: DeskHere
) -> SheetDone:
    """票を直す, on the edition that was seen; 409 when a colleague was faster."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    slip = body.slip_of(row.counter, row.received_on)
    listed(body, *wrong_codes(desk.city, slip))
    position = await correct(desk, consultation_id, slip, body.edition)
    edition = (await desk.consultations.state(consultation_id)).edition
    return SheetDone(id=consultation_id, edition=edition, position=position)
