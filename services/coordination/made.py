"""What every piece of work of coordination answers, and how it looks up an agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.coordination.desk import Desk
from shared.sourcing.streams import Acted


@dataclass(frozen=True)
class Made:
    """The id of what was made, and what was stored."""

    id: UUID
    acted: Acted[Any]


def listed(desk: Desk, code: str, field: str) -> str:
    """An agency of the city's list that holds today."""
    return desk.city.listed("agencies", code, field, desk.clock.today())
