"""What every fact has in common.

A fact tells other teams that something happened. It carries no personal field: random ids, codes, a
coarse age band, nurse district and catchment (never the town), days without times. Contracts are
additive only: a new field is optional, a new meaning is a new fact.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

Code: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""A code of the city's vocabulary: a counter, an issue, a nurse district …"""

AgeBand: TypeAlias = Literal["0-5", "6-14", "15-17", "18-39", "40-64", "65-74", "75+", "unknown"]


class Fact(BaseModel):
    """One public sentence of a team. `occurred_on` is the day it happened, in the city's time."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    team: ClassVar[str]
    occurred_on: date


class CaseFact(Fact):
    """A fact about one case; its subject on the bus ends with the case id."""

    case_id: UUID
