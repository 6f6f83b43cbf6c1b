"""Which activities somebody asks for, as it stands in the address of a page."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from services.community.read.activities import SHOWN, ActivitySearch
from shared.vocabulary.wareki import parse_date


class Logged(BaseModel):
    """Empty: it does not matter."""

    programme: str = Field("", max_length=64)
    kind: str = Field("", max_length=64)
    place: str = Field("", max_length=120)
    """Words of its name or area."""
    since: date | None = None
    until: date | None = None
    page: int = Field(1, ge=1, le=100_000)

    @field_validator("since", "until", mode="before")
    @classmethod
    def _day(cls, typed: object) -> object:
        """What is no day asks for no day: a list is shown all the same."""
        try:
            return parse_date(typed) if isinstance(typed, str) else typed
        except ValueError:
            return None

    def search(self, resource_id: UUID | None = None) -> ActivitySearch:
        return ActivitySearch(
            programme=self.programme or None,
            kind=self.kind or None,
            words=self.place,
            since=self.since,
            until=self.until,
            resource_id=resource_id,
        )

    @property
    def passed(self) -> int:
        """Rows of the pages before."""
        return (self.page - 1) * SHOWN

    @property
    def narrowed(self) -> bool:
        return any(self.model_dump(exclude={"page"}).values())

    def address(self, path: str, page: int) -> str:
        """The same question at a page of ours."""
        asked = {name: value for name, value in self.model_dump(exclude={"page"}).items() if value}
        query = urlencode(asked | ({"page": page} if page > 1 else {}))
        return f"{path}?{query}" if query else path
