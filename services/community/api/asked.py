"""What the JSON of community is made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

Day = Annotated[date, Strict(strict=False)]
"""JSON has no dates: they come as text (2026-11-23), and so do ids."""
Id = Annotated[UUID, Strict(strict=False)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=200)]
Story = Annotated[str, StringConstraints(max_length=2000)]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Asked(BaseModel):
    """What is sent: no field more, no type other than it says."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Done(BaseModel):
    """What a command did. The position is what a reader of this service's facts may wait for."""

    id: UUID
    version: int
    position: int
