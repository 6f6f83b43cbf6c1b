"""What waits at a counter, found by index: urgent, returned, without an area (N-04, G-3)."""

from __future__ import annotations

from datetime import date

from services.intake.read.searching import MOST, ROWS, ConsultationRow
from services.intake.words import URGENT
from shared.sourcing.log import Connection


async def urgent_at(db: Connection, counter: str) -> list[ConsultationRow]:
    """Urgent, and neither passed on nor referred."""
    return await _found(db, _URGENT, counter, URGENT)


async def returned_to(db: Connection, counter: str) -> list[ConsultationRow]:
    """Given back by 多機関協働 (T-02x), and nothing recorded since."""
    return await _found(db, _RETURNED, counter)


async def unplaced_at(db: Connection, counter: str) -> list[ConsultationRow]:
    """An address is written, and names no town."""
    return await _found(db, _UNPLACED, counter)


async def without_district(db: Connection) -> list[ConsultationRow]:
    """Of a town no nurse has (G-3), in the whole city."""
    return await _found(db, _WITHOUT_DISTRICT)


async def promised_at(db: Connection, counter: str) -> list[tuple[date, ConsultationRow]]:
    """The newest consultation here of each case with a day that was agreed on (F-07)."""
    rows = await _found(db, _PROMISED, counter)
    newest = {row.case_id: row for row in rows}
    agreed = await db.fetch(_DAYS, list(newest))
    return [(one["next_on"], newest[one["case_id"]]) for one in agreed]


async def _found(db: Connection, where: str, *values: str) -> list[ConsultationRow]:
    sql = f"{ROWS} WHERE s.closed_on IS NULL AND {where} ORDER BY c.received_on LIMIT {MOST}"
    return [ConsultationRow(*row) for row in await db.fetch(sql, *values)]


_REFERRED = "EXISTS (SELECT FROM referrals r WHERE r.consultation_id = c.consultation_id AND {})"
_URGENT = "c.counter = $1 AND c.urgency = $2 AND c.status = 'open' AND NOT " + _REFERRED.format(
    "r.stage IN ('sent', 'taken', 'finished')"
)
_RETURNED = (
    "c.counter = $1 AND c.status = 'returned'"
    " AND coalesce(c.corrected_on, '-infinity') < e.returned_on AND NOT "
    + _REFERRED.format("r.sent_on >= e.returned_on")
)
_UNPLACED = (
    "c.counter = $1 AND c.place_note IN ('town-unknown', 'area-unmapped')"
    " AND c.status IN ('open', 'returned')"
)
_PROMISED = (
    "c.counter = $1 AND EXISTS (SELECT FROM last_notes n"
    " WHERE n.case_id = c.case_id AND n.next_on IS NOT NULL)"
)
_DAYS = """
SELECT case_id, next_on FROM last_notes WHERE case_id = ANY($1::uuid[]) AND next_on IS NOT NULL
"""
_WITHOUT_DISTRICT = (
    "c.place_note = 'unassigned-nurse-district' AND c.status IN ('open', 'returned')"
)
