"""A code of the city's lists, as events carry it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, ValidationInfo

from shared.sourcing.decider import Refused

LONGEST = 64
"""As the facts have it (`shared/contracts/fact.py`): what an event holds can be told."""


def _fits(given: str, field: ValidationInfo) -> str:
    if 0 < len(given) <= LONGEST:
        return given
    raise Refused("code-not-listed", field=field.field_name or "")


Code: TypeAlias = Annotated[str, AfterValidator(_fits)]
"""A decision that would store a code no fact can carry refuses, and names the field. Whether the
city has the code is asked before, at the desk (`City.listed`): a decision knows no city.
"""
