"""終えた記録を直す, decided on a request's stream: by editions, like a visit, a link and a tie."""

from __future__ import annotations

from datetime import date

from services.outreach.domain.events import ConclusionCorrected, RequestEvent, edition_of
from services.outreach.domain.request import Request, lies_in_time
from shared.sourcing.decider import Refused


def correct_conclusion(
    state: Request, *, edition: int, on: date, outcome: str, note: str | None, today: date
) -> list[RequestEvent]:
    """T-32: the end is written again; who began with an older edition looks at the newer first."""
    last = state.concluded
    if last is None:
        raise Refused("not-concluded")
    if (last.concluded_on, last.outcome, last.note) == (on, outcome, note):
        return []
    if edition != edition_of(last):
        raise Refused("conclusion-changed-meanwhile")
    lies_in_time(state, on, today)
    return [
        ConclusionCorrected(
            request_id=last.request_id,
            case_id=last.case_id,
            edition=edition + 1,
            corrected_on=today,
            concluded_on=on,
            outcome=outcome,
            note=note,
            former_on=last.concluded_on,
            former_outcome=last.outcome,
        )
    ]
