"""How bodies of intake's JSON are read: strictly, each mistake named by its field."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


def _day(given: object) -> object:
    """Strict: a day is written 2026-11-23 and nothing else."""
    return date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else given


def _id(given: object) -> object:
    return UUID(given) if isinstance(given, str) else given


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[UUID, BeforeValidator(_id)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Strict(BaseModel):
    """A request body: unknown fields and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


def listed(body: BaseModel, *fields: str) -> None:
    """Codes the city does not have are wrong input, named by field."""
    if fields:
        raise RequestValidationError(
            [
                {"type": "literal_error", "loc": ("body", field), "msg": "", "input": None}
                for field in dict.fromkeys(fields)
            ],
            body=body,
        )
