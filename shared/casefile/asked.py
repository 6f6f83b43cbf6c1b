"""What the forms of the helping teams have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

Story = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]


class StartForm(BaseModel):
    """支援を始める: nothing to fill in, the day is today."""
