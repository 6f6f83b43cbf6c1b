"""Who may use participation's pages: those who do it (A-03, A-04)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.participation.desk import Desk
from services.participation.read.requests import request_row
from shared.privacy.access import AccessRule, Role, Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of

_PEOPLE = frozenset({Role.COORDINATOR, Role.NURSE})

LIST = AccessRule("参加支援の一覧", _PEOPLE, personal=True)
REQUEST = AccessRule("参加支援の依頼", _PEOPLE, personal=True)
PLACES = AccessRule("受け入れ先の一覧", _PEOPLE | {Role.COMMUNITY, Role.INTEGRATOR})


def may_help(staff: Staff, district: str | None) -> bool:
    """保健福祉支援係 everywhere, a nurse where she is 地区担当 (T-21)."""
    return staff.role is Role.COORDINATOR or staff.is_nurse_of(district)


def district_of(staff: Staff) -> str | None:
    """Whose requests the list holds; None: all."""
    return staff.district if staff.role is Role.NURSE else None


async def desk_here(request: Request, desk: Annotated[Desk, Depends(desk_of)]) -> Desk:
    """The desk; on the page of one request only for those who may help there."""
    request_id = _asked_for(request)
    row = await request_row(desk.db, request_id) if request_id else None
    if row is not None and not may_help(request.state.staff, row.nurse_district):
        raise Refused("request-unknown")
    return desk


def _asked_for(request: Request) -> UUID | None:
    """The request in the address; what is no id, the route itself refuses."""
    try:
        return UUID(str(request.path_params.get("request_id")))
    except ValueError:
        return None
