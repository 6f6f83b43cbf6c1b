"""What the forms of the helping teams have in common."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Story = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]


class StartForm(BaseModel):
    """支援を始める (T-20)."""

    on: date | None = Field(None, title="始めた日")
    """Empty: today."""
