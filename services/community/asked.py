"""What people type about places. A field's title is the label in messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator

from services.community.domain.gap import Need
from services.community.domain.resource import Card
from services.community.domain.schedule import read_schedule, said
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

Short = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]
Story = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]

Listed: TypeAlias = Annotated[Code, CHOSEN]
"""A code of a list of the city; the desk looks it up."""

_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")


class CardForm(BaseModel):
    """An entry of the directory."""

    edition: int = Field(0, title="版", ge=0)
    """The one that was on the screen; 0: a new entry."""
    gap: UUID | None = Field(None, title="足りない資源")
    """The need for which this place is entered."""
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title="名前")
    kana: Name = Field("", title="名前のカナ")
    kind: Listed = Field(title="種類")
    organisation: Name = Field("", title="運営している団体")
    programme: Code | None = Field(None, title="事業")
    area: Annotated[str, StringConstraints(max_length=60)] = Field("", title="地区（会場の呼び方）")
    town: Code | None = Field(None, title="町名")
    building: Name = Field("", title="建物")
    address: Short = Field("", title="所在地")
    phone: Short = Field("", title="電話（施設・団体の番号）")
    url: Short = Field("", title="ホームページ")
    schedule: Short = Field("", title="定期の開催")
    held: Short = Field("", title="開催日・時間（そのほか）")
    targets: Sequence[Code] = Field((), title="対象")
    target: Short = Field("", title="対象（くわしく）")
    cares: Sequence[Code] = Field((), title="できる配慮")
    capacity: Code | None = Field(None, title="空き")
    note: Story = Field("", title="備考")
    published: bool = Field(False, title="公表")

    @field_validator("schedule")
    @classmethod
    def _readable(cls, text: str) -> str:
        read_schedule(text)
        return text

    @field_validator("url")
    @classmethod
    def _linkable(cls, text: str) -> str:
        if text and not _ADDRESS.fullmatch(text):
            raise ValueError("http:// か https:// で始まる住所を書いてください。")
        return text

    def card(self) -> Card:
        """What was typed as an entry; nothing typed is nothing said."""
        plain = self.model_dump(exclude={"edition", "gap"})
        return Card.model_validate(
            {name: None if value == "" else value for name, value in plain.items()}
            | {
                "schedule": read_schedule(self.schedule),
                "targets": tuple(dict.fromkeys(self.targets)),
                "cares": tuple(dict.fromkeys(self.cares)),
            }
        )


def values_of(card: Card) -> dict[str, object]:
    """An entry as the values of its form."""
    return card.model_dump(exclude={"schedule"}) | {"schedule": said(card.schedule)}


class CheckForm(BaseModel):
    capacity: Code | None = Field(None, title="空き")


class NeedForm(BaseModel):
    """足りない社会資源."""

    kind: Listed = Field(title="足りないもの")
    catchment: Code | None = Field(None, title="地域")
    targets: Sequence[Code] = Field((), title="だれのために")
    note: Short = Field("", title="くわしく")
    on: date = Field(title="気づいた日")

    def need(self) -> Need:
        return Need(
            kind=self.kind,
            catchment=self.catchment,
            targets=tuple(dict.fromkeys(self.targets)),
            note=self.note or None,
        )


class PlanForm(BaseModel):
    plan: Annotated[str, StringConstraints(min_length=1, max_length=500)] = Field(
        title="だれが何を準備するか"
    )
    prepared_on: date = Field(title="決めた日")
    due_on: date | None = Field(None, title="いつまでに")
    edition: int = Field(0, title="版", ge=0)
    """The one that was on the screen; 0: nobody had written a plan."""


class OpeningForm(BaseModel):
    resource_id: Annotated[UUID, CHOSEN] = Field(title="使えるようになった場所")
    opened_on: date = Field(title="使えるようになった日")


class DropForm(BaseModel):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        title="見送る理由"
    )
    dropped_on: date = Field(title="決めた日")


class ReopeningForm(BaseModel):
    reopened_on: date = Field(title="また使えるようになった日")


class RetirementForm(BaseModel):
    on: date = Field(title="使えなくなった日")
    reason: Listed = Field(title="理由")
