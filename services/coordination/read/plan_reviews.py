"""見直しの日: which plan or policy is to be looked at again, and when (T-07)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.evaluation import Evaluated
from services.coordination.domain.events import Closed, PlanAgreed, Reopened
from services.coordination.domain.policy import PolicySet
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class ReviewRow:
    """The newest plan or policy of a case. It names no person."""

    case_id: UUID
    kind: str
    item_id: UUID
    round: int | None
    agreed_on: date
    next_review_on: date | None
    evaluated_on: date | None


async def reviews_of(db: Connection, case_id: UUID) -> list[ReviewRow]:
    """The plan first, then the policy."""
    return [ReviewRow(*row) for row in await db.fetch(_OF, case_id)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order: agreed and closed in one batch ends up without a next review."""
    for entry in batch:
        match entry.event:
            case PlanAgreed() as e:
                yield _agreed(e.case_id, "plan", e.plan_id, e.agreed_on, e.review_on, e.round)
                yield Write(_SUPERSEDED, [{"id": e.case_id}])
            case PolicySet() as e:
                yield _agreed(e.case_id, "policy", e.policy_id, e.set_on, e.review_on, None)
            case Closed() as e:
                yield Write(_CLOSED, [{"id": e.case_id, "closed_on": e.closed_on}])
            case Reopened() as e:
                yield Write(_REOPENED, [{"id": e.case_id}])
            case Evaluated() as e:
                yield Write(_EVALUATED, [{"item": e.plan_id, "day": e.evaluated_on}])


def _agreed(
    case_id: UUID, kind: str, item: UUID, on: date, review_on: date, round_: int | None
) -> Write:
    row = {"id": case_id, "kind": kind, "item": item, "day": on, "review_on": review_on}
    return Write(_AGREED, [row | {"round": round_}])


_OF = """
SELECT case_id, kind, item_id, round, agreed_on, next_review_on, evaluated_on
FROM plan_reviews WHERE case_id = $1 ORDER BY kind
"""
_AGREED = """
INSERT INTO plan_reviews (case_id, kind, item_id, round, agreed_on, next_review_on, review_on)
SELECT n.id, n.kind, n.item, n.round, n.day, n.review_on, n.review_on
FROM json_to_recordset($1) AS n(
  id uuid, kind text, item uuid, round int, day date, review_on date)
ON CONFLICT (case_id, kind) DO UPDATE SET
  item_id = excluded.item_id, round = excluded.round, agreed_on = excluded.agreed_on,
  next_review_on = excluded.next_review_on, review_on = excluded.review_on, evaluated_on = NULL
"""
_SUPERSEDED = """
DELETE FROM plan_reviews USING json_to_recordset($1) AS n(id uuid)
WHERE case_id = n.id AND kind = 'policy'
"""
"""M-2: with consent and a plan the policy is no longer looked at again."""
_CLOSED = """
UPDATE plan_reviews SET next_review_on = NULL, closed_on = n.closed_on
FROM json_to_recordset($1) AS n(id uuid, closed_on date) WHERE case_id = n.id
"""
_REOPENED = """
UPDATE plan_reviews SET next_review_on = review_on, closed_on = NULL
FROM json_to_recordset($1) AS n(id uuid) WHERE case_id = n.id
"""
_EVALUATED = """
UPDATE plan_reviews SET evaluated_on = n.day
FROM json_to_recordset($1) AS n(item uuid, day date) WHERE item_id = n.item
"""

plan_reviews = ReadModel("plan_reviews", ("plan_reviews",), project)
