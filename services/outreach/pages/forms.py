"""What staff type. The title of a field is the label they see in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from services.outreach.words import METHODS, OUTCOMES

Story = Annotated[str, StringConstraints(max_length=4000)]
Method = Literal[tuple(METHODS)]
