"""訪問の予定: who is to be visited when (T-31)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.outreach.domain.events import Concluded, PlanDropped, Visited, VisitPlanned
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class PlannedVisit:
    """A visit that is still to be made."""

    planned_id: UUID
    request_id: UUID
    planned_on: date
    method: str
    staff: int


async def planned_visits(
    db: Connection, request_id: UUID | None = None, district: str | None = None
) -> list[PlannedVisit]:
    """Of one request or of all, the nearest first. With a district: its own and those of none."""
    return [PlannedVisit(*row) for row in await db.fetch(_OPEN, request_id, district)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """Planned, then over: within one batch, no later step comes before an earlier."""
    for kind, sql in _WRITTEN.items():
        rows = [r.event.model_dump(include=_SHOWN) for r in batch if isinstance(r.event, kind)]
        if rows:
            yield Write(sql, rows)


_OPEN = """
SELECT p.planned_id, p.request_id, p.planned_on, p.method, p.staff
FROM planned_visits p JOIN requests r USING (request_id)
WHERE p.over_on IS NULL AND ($1::uuid IS NULL OR p.request_id = $1)
  AND ($2::text IS NULL OR r.nurse_district IS NULL OR r.nurse_district = $2)
ORDER BY p.planned_on, p.planned_id
"""
_WRITTEN: dict[type[Any], str] = {
    VisitPlanned: """
        INSERT INTO planned_visits (planned_id, request_id, planned_on, method, staff)
        SELECT n.* FROM json_to_recordset($1) AS n(
          planned_id uuid, request_id uuid, planned_on date, method text, staff int)
        ON CONFLICT (planned_id) DO NOTHING""",
    Visited: """
        UPDATE planned_visits p SET over_on = n.visited_on
        FROM json_to_recordset($1) AS n(planned_id uuid, visited_on date)
        WHERE p.planned_id = n.planned_id""",
    PlanDropped: """
        UPDATE planned_visits p SET over_on = n.dropped_on
        FROM json_to_recordset($1) AS n(planned_id uuid, dropped_on date)
        WHERE p.planned_id = n.planned_id""",
    Concluded: """
        UPDATE planned_visits p SET over_on = n.concluded_on
        FROM json_to_recordset($1) AS n(request_id uuid, concluded_on date)
        WHERE p.request_id = n.request_id AND p.over_on IS NULL""",
}
_SHOWN = {
    *("planned_id", "request_id", "planned_on", "method", "staff"),
    *("visited_on", "dropped_on", "concluded_on"),
}

planned = ReadModel("planned-visits", ("planned_visits",), project)
