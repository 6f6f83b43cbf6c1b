"""根拠: the consent we were asked on is gone, or we go on with another ground (F-03, N-01).

Which ground holds is decided in 多機関協働; here it is shown, and the request may be ended.
"""

from __future__ import annotations

from datetime import date

from services.participation.domain.events import GroundLost, GroundRenewed, RequestEvent
from services.participation.domain.request import Request, Status


def lose_ground(state: Request, *, why: str, on: date) -> list[RequestEvent]:
    """Once, while the request runs or waits."""
    asked = state.asked
    if asked is None or state.status is Status.CONCLUDED or state.ground_lost:
        return []
    return [GroundLost(request_id=asked.request_id, case_id=asked.case_id, why=why, lost_on=on)]


def renew_ground(state: Request, *, basis: str, on: date) -> list[RequestEvent]:
    """What was lost holds again; what was not lost, or is over, stays as it is."""
    asked = state.asked
    if asked is None or state.status is Status.CONCLUDED or not state.ground_lost:
        return []
    return [
        GroundRenewed(
            request_id=asked.request_id, case_id=asked.case_id, basis=basis, renewed_on=on
        )
    ]
