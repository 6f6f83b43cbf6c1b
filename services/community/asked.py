"""What people type, and other systems send. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.community.domain.activity import Sheet
from services.community.domain.resource import Card
from services.community.words import ActivityKind, Kind, Reason
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

Short = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Story = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
People = Annotated[int, Field(ge=0, le=100_000)]


class CardForm(BaseModel):
    """An entry of the directory."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title="名前")
    kind: Kind = Field(title="種類")
    area: Annotated[str, StringConstraints(max_length=60)] = Field("", title="地区（会場の呼び方）")
    town: Code | None = Field(None, title="町名")
    programme: Code | None = Field(None, title="事業")
    address: Short = Field("", title="所在地")
    phone: Short = Field("", title="電話（施設・団体の番号）")
    held: Short = Field("", title="開催日・時間")
    target: Short = Field("", title="対象")
    note: Story = Field("", title="備考")

    def card(self) -> Card:
        """What was typed as an entry; nothing typed is nothing said."""
        return Card(
            name=self.name,
            kind=self.kind,
            area=self.area or None,
            town=self.town,
            programme=self.programme,
            address=self.address or None,
            phone=self.phone or None,
            held=self.held or None,
            target=self.target or None,
            note=self.note or None,
        )


class RetirementForm(BaseModel):
    on: date = Field(title="使えなくなった日")
    reason: Reason = Field(title="理由")


class SheetForm(BaseModel):
    """One activity that took place."""

    held_on: date = Field(title="開催日")
    programme: Annotated[Code, CHOSEN] = Field(title="事業")
    kind: ActivityKind = Field(title="活動の種類")
    resource_id: UUID | None = Field(None, title="場所")
    participants: People = Field(title="参加人数")
    newcomers: People = Field(0, title="うち新しく参加した人")
    invitations: People = Field(0, title="参加を呼びかけた回数")
    volunteers: People = Field(0, title="ボランティアの人数")
    note: Story = Field("", title="備考")

    def sheet(self) -> Sheet:
        """What was typed as a record of the activity."""
        return Sheet(
            programme=self.programme,
            kind=self.kind,
            resource_id=self.resource_id,
            held_on=self.held_on,
            participants=self.participants,
            newcomers=self.newcomers,
            invitations=self.invitations,
            volunteers=self.volunteers,
            note=self.note or None,
        )
