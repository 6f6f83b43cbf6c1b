"""The steps of all cases, as they are known now or were known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from services.reporting.indicators.steps import STEPS
from services.reporting.read.behind import Behind
from services.reporting.read.known import NOW
from services.reporting.walking import Step
from shared.sourcing.log import Connection


async def steps_of(db: Connection, known: UUID = NOW) -> list[Step]:
    """Some per case; in the order of their days."""
    rows = await db.fetch(_ALL, STEPS.id, STEPS.version, known)
    return [_step(*row) for row in rows]


async def accepted_of(db: Connection, rows: Iterable[Behind], known: UUID = NOW) -> set[UUID]:
    """Which of these cases 多機関協働 has taken up: only those have a timeline to open."""
    asked = list({row.case_id for row in rows if row.case_id})
    if not asked:
        return set()
    found = await db.fetch(_ACCEPTED, STEPS.id, STEPS.version, known, asked)
    return {row["case_id"] for row in found}


def _step(case_id: UUID | None, day: object, dims: list[str], thing: UUID | None) -> Step:
    said = dict(dim.split(":", 1) for dim in dims)
    return Step(case_id, said["step"], day, thing, said.get("code", ""))  # type: ignore[arg-type]  # the column is a date


_ALL = """
SELECT case_id, day, dims, thing FROM observations
WHERE indicator = $1 AND version = $2 AND fact_id <= $3 ORDER BY day, source, position
"""
_ACCEPTED = """
SELECT DISTINCT case_id FROM observations
WHERE indicator = $1 AND version = $2 AND fact_id <= $3 AND case_id = ANY($4::uuid[])
  AND 'step:accepted' = ANY(dims)
"""
