"""紹介の一覧: who waits for whom, which answer is late, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.referral import Finished, Reminded, Sent, SentBack, Taken, Withdrawn
from shared.sourcing.log import Connection, Entry, ReadModel, Write

SHOWN = 200
"""Rows of one list at the most."""


@dataclass(frozen=True)
class ReferralRow:
    """One referral as it stands. It names no person."""

    referral_id: UUID
    consultation_id: UUID
    from_counter: str
    to_counter: str
    basis: str
    stage: str
    sent_on: date
    answer_by: date
    reminded_on: date | None
    answered_on: date | None
    ended_on: date | None
    reason: str | None
    outcome: str | None

    @property
    def is_running(self) -> bool:
        return self.stage in ("sent", "taken")

    def is_late(self, today: date) -> bool:
        """Nobody answered in time."""
        return self.stage == "sent" and self.answer_by < today


async def referral_row(db: Connection, referral_id: UUID) -> ReferralRow | None:
    row = await db.fetchrow(_ALL + "WHERE referral_id = $1", referral_id)
    return ReferralRow(*row) if row else None


async def referrals_of(db: Connection, consultation_id: UUID) -> list[ReferralRow]:
    """Newest first."""
    sql = _ALL + "WHERE consultation_id = $1 ORDER BY sent_on DESC, referral_id DESC"
    return [ReferralRow(*row) for row in await db.fetch(sql, consultation_id)]


async def running_to(db: Connection, counter: str | None) -> list[ReferralRow]:
    """What came to this counter and is not over: unanswered first, the oldest due day first."""
    return [ReferralRow(*row) for row in await db.fetch(_RUNNING_TO, counter, SHOWN)]


async def running_from(db: Connection, counter: str | None) -> list[ReferralRow]:
    """What this counter sent and is not over."""
    return [ReferralRow(*row) for row in await db.fetch(_RUNNING_FROM, counter, SHOWN)]


async def over(db: Connection, counter: str | None) -> list[ReferralRow]:
    """What came to an end at either side, newest first."""
    return [ReferralRow(*row) for row in await db.fetch(_OVER, counter, SHOWN)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order: a referral sent, taken and finished in one batch ends up finished."""
    for entry in batch:
        match entry.event:
            case Sent() as e:
                yield Write(_SENT, [e.model_dump(include=_SHOWN)])
            case Reminded() as e:
                yield Write(_REMINDED, [{"id": e.referral_id, "day": e.reminded_on}])
            case Taken() as e:
                yield _stage(e.referral_id, "taken", answered_on=e.taken_on)
            case SentBack() as e:
                yield _stage(e.referral_id, "sent-back", ended_on=e.sent_back_on, reason=e.reason)
            case Withdrawn() as e:
                yield _stage(e.referral_id, "withdrawn", ended_on=e.withdrawn_on)
            case Finished() as e:
                yield _stage(e.referral_id, "finished", ended_on=e.finished_on, outcome=e.outcome)


def _stage(referral_id: UUID, stage: str, **values: Any) -> Write:
    return Write(_STAGE, [{"id": referral_id, "stage": stage, **values}])


_SHOWN = {
    *("referral_id", "consultation_id", "from_counter", "to_counter", "basis", "sent_on"),
    "answer_by",
}
_ALL = """
SELECT referral_id, consultation_id, from_counter, to_counter, basis, stage, sent_on, answer_by,
       reminded_on, answered_on, ended_on, reason, outcome
FROM referrals
"""
_RUNNING_TO = (
    _ALL
    + """
WHERE ($1::text IS NULL OR to_counter = $1) AND stage IN ('sent', 'taken')
ORDER BY stage, answer_by, referral_id LIMIT $2
"""
)
_RUNNING_FROM = (
    _ALL
    + """
WHERE ($1::text IS NULL OR from_counter = $1) AND stage IN ('sent', 'taken')
ORDER BY stage, answer_by, referral_id LIMIT $2
"""
)
_OVER = (
    _ALL
    + """
WHERE ($1::text IS NULL OR from_counter = $1 OR to_counter = $1)
  AND stage NOT IN ('sent', 'taken')
ORDER BY ended_on DESC, referral_id DESC LIMIT $2
"""
)
_SENT = """
INSERT INTO referrals (referral_id, consultation_id, from_counter, to_counter, basis, stage,
                       sent_on, answer_by)
SELECT n.referral_id, n.consultation_id, n.from_counter, n.to_counter, n.basis, 'sent', n.sent_on,
       n.answer_by
FROM json_to_recordset($1) AS n(
  referral_id uuid, consultation_id uuid, from_counter text, to_counter text, basis text,
  sent_on date, answer_by date)
ON CONFLICT (referral_id) DO NOTHING
"""
_REMINDED = """
UPDATE referrals SET reminded_on = n.day
FROM json_to_recordset($1) AS n(id uuid, day date) WHERE referral_id = n.id
"""
_STAGE = """
UPDATE referrals r SET stage = n.stage, ended_on = n.ended_on, reason = n.reason,
  outcome = n.outcome, answered_on = coalesce(r.answered_on, n.answered_on, n.ended_on)
FROM json_to_recordset($1) AS n(
  id uuid, stage text, answered_on date, ended_on date, reason text, outcome text)
WHERE r.referral_id = n.id
"""

referrals = ReadModel("referrals", ("referrals",), project)
