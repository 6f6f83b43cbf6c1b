"""根拠: what becomes of a request to a helping team when its consent is gone (F-03, N-01).

The team is told and goes on with nothing new until people decide: on another ground, recorded here,
or not at all, by ending the request there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from services.coordination.domain.case import Case, Consent, agrees_to, known
from services.coordination.domain.events import CaseEvent, GroundLost, GroundRenewed, WhyLost
from services.coordination.domain.support import Ground, reference_of
from shared.sourcing.days import day_between
from shared.sourcing.decider import Refused


def losing(
    state: Case, *, why: WhyLost, on: date, agencies: Sequence[str] = ()
) -> list[GroundLost]:
    """What runs on a consent that, as the case stands now, no longer carries it."""
    if state.case_id is None:
        return []
    return [
        GroundLost(case_id=state.case_id, request_id=request_id, team=team, why=why, lost_on=on)
        for request_id, team in state.on_consent.items()
        if not agrees_to(state, team, on) or state.scope.uncovered(agencies)
    ]


def expire_grounds(state: Case, *, today: date) -> list[CaseEvent]:
    """The last day of the consent has passed. Asked again, it says nothing new."""
    last = state.scope.expires_on
    if state.consent is not Consent.GIVEN or last is None or today <= last:
        return []
    return [*losing(state, why="expired", on=last + timedelta(days=1))]


def renew_ground(
    state: Case,
    *,
    renewal_id: UUID,
    request_id: UUID,
    ground: Ground,
    on: date,
    today: date,
    agencies: Sequence[str] = (),
    note: str | None = None,
) -> list[CaseEvent]:
    """People decided that the team goes on, and on which ground."""
    if renewal_id in state.done:
        return []
    case_id = known(state)
    lost = state.lost.get(request_id)
    if lost is None:
        raise Refused("ground-holds" if request_id in state.requests else "request-unknown")
    day_between(on, today, since=lost.lost_on, otherwise="before-ground-lost")
    return [
        GroundRenewed(
            case_id=case_id,
            request_id=request_id,
            team=lost.team,
            renewal_id=renewal_id,
            basis=ground.kind,
            basis_reference=reference_of(state, ground, lost.team, on, agencies),
            renewed_on=on,
            note=note,
        )
    ]
