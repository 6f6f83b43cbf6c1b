"""Who saw which case, written before the page is sent, never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.privacy.access import Basis, Staff
from shared.privacy.keys import Connection


@dataclass(frozen=True)
class Sight:
    """One look at one subject's personal data."""

    seen_at: datetime
    staff_id: str
    agency: str | None
    what: str
    basis: str | None


async def saw(
    db: Connection, staff: Staff, subjects: Iterable[UUID], what: str, basis: Basis | None = None
) -> None:
    """Note that these subjects are about to be shown: one statement for a whole list page.

    Call it on a connection that commits before the response goes out.
    """
    shown = sorted(set(subjects))
    if shown:
        await db.execute(_SAW, staff.staff_id, staff.agency, shown, what, basis)


async def who_saw(db: Connection, subject: UUID, limit: int = 500) -> list[Sight]:
    """「だれがこのケースを見たか」, newest first."""
    return [Sight(*row) for row in await db.fetch(_WHO_SAW, subject, limit)]


_SAW = """
INSERT INTO access_log (staff_id, agency, subject, what, basis)
SELECT $1, $2, subject, $4, $5 FROM unnest($3::uuid[]) AS subject
"""
_WHO_SAW = """
SELECT seen_at, staff_id, agency, what, basis FROM access_log
WHERE subject = $1 ORDER BY seen_at DESC, id DESC LIMIT $2
"""
