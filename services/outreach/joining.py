"""Whose lead it was (X-23): every case known here, of whatever standing, may be the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.access import district_of, may_help
from services.outreach.desk import Desk
from services.outreach.domain.lead import LeadEvent, join
from services.outreach.read.leads import LeadRow, cases_without_request, lead_of_case
from services.outreach.read.requests import RequestRow, StatusName, request_row, requests_in
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.sourcing.streams import Acted

STANDINGS: dict[StatusName, str] = {"waiting": "", "running": "", "concluded": "、終わった支援"}


@dataclass(frozen=True)
class Known:
    """Somebody it may be."""

    key: UUID
    """Of the request; of the case, where outreach was not asked yet."""
    label: str
    subject: UUID
    """Whose name is shown."""


async def known_here(desk: Desk, staff: Staff) -> list[Known]:
    """Open requests first, then those that ended, then what became a case and waits for one."""
    district = district_of(staff)
    found = []
    for status in STANDINGS:
        found += [_asked_for(row) for row in await requests_in(desk.db, status, district)]
    return found + [_case(row) for row in await cases_without_request(desk.db, district)]


async def join_known(
    desk: Desk, staff: Staff, lead_id: UUID, key: UUID, on: date
) -> Acted[LeadEvent]:
    """It is the person of this request, or of this case; one that they may open."""
    row = await request_row(desk.db, key) or await lead_of_case(desk.db, key)
    if row is None or row.case_id is None or not may_help(staff, row.nurse_district):
        raise Refused("request-unknown")
    return await desk.leads.act(
        lead_id,
        join,
        request_id=row.request_id,
        case_id=row.case_id,
        on=on,
        today=desk.clock.today(),
    )


def _asked_for(row: RequestRow) -> Known:
    day = f"{row.requested_on.month}月{row.requested_on.day}日の依頼"
    label = f"{row.name or 'お名前なし'}（{day}{STANDINGS[row.status]}）"
    return Known(row.request_id, label, row.case_id)


def _case(row: LeadRow) -> Known:
    who = row.name or (f"{row.place}の方" if row.place else "お名前なし")
    return Known(row.case_id or row.lead_id, f"{who}（多機関協働が受けた方）", row.lead_id)
