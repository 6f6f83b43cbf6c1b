"""支援: 参加支援 or アウトリーチ supports a household; one stream per request (T-20, T-24, T-32).

Who supports them now is on the record page; what these teams do is theirs and stays there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID, uuid5

from shared.sourcing.decider import Decider, Event

Team: TypeAlias = Literal["participation", "outreach"]


class SupportBegan(Event):
    """支援が始まった."""

    case_id: UUID
    request_id: UUID
    by: Team
    since: date


class SupportEnded(Event):
    """支援が終わった."""

    case_id: UUID
    request_id: UUID
    until: date


SupportEvent: TypeAlias = SupportBegan | SupportEnded


@dataclass(frozen=True)
class Support:
    began: SupportBegan | None = None
    until: date | None = None


def support_id(request_id: UUID) -> UUID:
    """The stream of one request's support."""
    return uuid5(request_id, "support")


def evolve(state: Support, event: SupportEvent) -> Support:
    match event:
        case SupportBegan():
            return Support(event)
        case SupportEnded():
            return replace(state, until=event.until)
        case _:
            assert_never(event)


def note_beginning(
    state: Support, *, case_id: UUID, request_id: UUID, by: Team, on: date
) -> list[SupportEvent]:
    """T-20: a team told that it began. Once per request, also when it is told late."""
    if state.began is not None:
        return []
    return [SupportBegan(case_id=case_id, request_id=request_id, by=by, since=on)]


def note_end(state: Support, *, on: date) -> list[SupportEvent]:
    """T-24, T-32: it ended; told of another day, that day holds. What never began ends silently."""
    if state.began is None or state.until == on:
        return []
    began = state.began
    return [SupportEnded(case_id=began.case_id, request_id=began.request_id, until=on)]


support: Decider[Support, SupportEvent] = Decider(
    "support", Support(), evolve, (SupportBegan, SupportEnded)
)
