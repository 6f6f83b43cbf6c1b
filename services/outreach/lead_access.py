"""Who may use the pages about leads and rounds: those who go there."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request

from services.outreach.access import LIST, may_help
from services.outreach.desk import Desk
from services.outreach.read.leads import lead_row
from shared.privacy.access import AccessRule
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of

LEADS = AccessRule("把握の一覧", LIST.roles, personal=True)
LEAD = AccessRule("把握の記録", LIST.roles, personal=True)
ROUNDS = AccessRule("見回りの一覧", LIST.roles)
ROUND = AccessRule("見回りの記録", LIST.roles, personal=True)
"""The page of one round names whom we noticed there."""


async def desk_of_lead(request: Request, desk: Annotated[Desk, Depends(desk_of)]) -> Desk:
    """The desk; on the page of one lead only for those who may help there."""
    lead_id = _asked_for(request)
    row = await lead_row(desk.db, lead_id) if lead_id else None
    if row is not None and not may_help(request.state.staff, row.nurse_district):
        raise Refused("lead-unknown")
    return desk


def _asked_for(request: Request) -> UUID | None:
    """The lead in the address; what is no id, the route itself refuses."""
    try:
        return UUID(str(request.path_params.get("lead_id")))
    except ValueError:
        return None
