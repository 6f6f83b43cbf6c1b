"""地域とのつながりづくり (T-33), decided on a request's stream."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.outreach.domain.events import (
    RequestEvent,
    TieBuilt,
    TieCorrected,
    TieWithdrawn,
    edition_of,
)
from services.outreach.domain.request import Request, under_way, within
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class TieNote:
    """What kind of tie, with whom, and how it was built."""

    kind: str
    partner: str | None = None
    note: str | None = None


def build_tie(
    state: Request, *, tie_id: UUID, built: TieNote, on: date, today: date
) -> list[RequestEvent]:
    """T-33: somebody nearby understands, and is there for the person."""
    if tie_id in state.done:
        return []
    asked = under_way(state, on, today)
    return [
        TieBuilt(
            request_id=asked.request_id,
            case_id=asked.case_id,
            tie_id=tie_id,
            built_on=on,
            **asdict(built),
        )
    ]


def correct_tie(
    state: Request, *, tie_id: UUID, edition: int, built: TieNote, on: date, today: date
) -> list[RequestEvent]:
    """A tie is written again; who began with an older edition looks at the newer one first."""
    last, asked = state.ties.get(tie_id), state.asked
    if last is None or asked is None:
        raise Refused("tie-unknown")
    written = asdict(built) | {"built_on": on}
    if all(getattr(last, name) == value for name, value in written.items()):
        return []
    if edition != edition_of(last):
        raise Refused("tie-changed-meanwhile")
    within(state, on, today)
    return [
        TieCorrected(
            request_id=asked.request_id,
            case_id=asked.case_id,
            tie_id=tie_id,
            edition=edition + 1,
            corrected_on=today,
            **written,
        )
    ]


def withdraw_tie(
    state: Request, *, tie_id: UUID, reason: str | None, on: date
) -> list[RequestEvent]:
    """There was no such tie, or it is somebody else's."""
    asked = state.asked
    if asked is None or tie_id not in state.done:
        raise Refused("tie-unknown")
    if tie_id not in state.ties:
        return []
    if not reason:
        raise Refused("reason-missing")
    return [
        TieWithdrawn(
            request_id=asked.request_id,
            case_id=asked.case_id,
            tie_id=tie_id,
            withdrawn_on=on,
            reason=reason,
        )
    ]
