"""What people type about 予定の催し."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, field_validator

from services.community.asked import Story
from services.community.domain.occasion import Announced, Corrected, Notice, OccasionEvent
from services.community.domain.schedule import read_time
from shared.contracts.fact import Code
from shared.sourcing.log import Recorded
from shared.web.forms import Form, blank
from shared.web.merging import merged


class NoticeForm(BaseModel):
    """A notice. A field's title is the label in messages."""

    edition: int = Field(0, title="版", ge=0)
    """The one that was on the screen; 0: a new one."""
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(title="名前")
    held_on: date = Field(title="開催日")
    starts: Annotated[str, StringConstraints(max_length=20)] = Field("", title="始まりの時間")
    ends: Annotated[str, StringConstraints(max_length=20)] = Field("", title="終わりの時間")
    resource_id: UUID | None = Field(None, title="場所")
    programme: Code | None = Field(None, title="事業")
    about: Story = Field("", title="内容・申込み")
    published: bool = Field(False, title="公表")

    @field_validator("starts", "ends")
    @classmethod
    def _readable(cls, text: str) -> str:
        return read_time(text) or ""

    def notice(self) -> Notice:
        plain = self.model_dump(exclude={"edition"})
        return Notice.model_validate(
            {name: None if value == "" else value for name, value in plain.items()}
        )


def with_theirs(
    form: Form[NoticeForm], history: Sequence[Recorded[OccasionEvent]]
) -> Form[NoticeForm]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    events = [one.event for one in history]
    editions = [one.notice for one in events if isinstance(one, Announced | Corrected)]
    seen = form.first("edition")
    known = seen.isdecimal() and 0 < int(seen) <= len(editions)
    before, now = editions[int(seen) - 1 if known else 0], editions[-1]
    return merged(form, _fields(before), _fields(now), edition=len(editions))[0]


def _fields(notice: Notice) -> dict[str, str]:
    """As the fields of the form show it."""
    shown = blank(NoticeForm, **notice.model_dump())
    return {name: shown.first(name) for name in NoticeForm.model_fields if name != "edition"}
