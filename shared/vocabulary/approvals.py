"""決裁: what a city's office signs before it holds (F-08)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as Field_

from shared.vocabulary.entries import LONGEST, Entry


class ApprovalStep(BaseModel):
    """職: who signs, in whose stead, and in how many days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field_(min_length=1, max_length=LONGEST)
    label: str
    holders: tuple[str, ...] = Field_(min_length=1)
    """職員の番号 (`Staff.staff_id`) of those who hold the post."""
    deputies: tuple[str, ...] = ()
    """代決: those who may sign in their stead, with a reason."""
    days: int = Field_(3, ge=0, le=90)
    """Days from its turn until the signature is late."""


class Approval(Entry):
    """決裁 of one kind of decision (F-08): `plan` or `closure`."""

    code: Literal["plan", "closure"]
    required: bool = False
    """True: without all signatures it cannot be decided."""
    steps: tuple[ApprovalStep, ...] = Field_(min_length=1)
    """In the order in which they sign."""

    @model_validator(mode="after")
    def _once_each(self) -> Approval:
        if len({one.code for one in self.steps}) < len(self.steps):
            raise ValueError("steps に同じ code が2つあります")
        return self
