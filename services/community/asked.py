"""What people type, and other systems send. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import BaseModel, Field, StringConstraints

from services.community.domain.resource import Card
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

Short = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Story = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]

Listed: TypeAlias = Annotated[Code, CHOSEN]
"""A code of a list of the city; the desk looks it up."""


class CardForm(BaseModel):
    """An entry of the directory."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title="名前")
    kind: Listed = Field(title="種類")
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
    reason: Listed = Field(title="理由")
