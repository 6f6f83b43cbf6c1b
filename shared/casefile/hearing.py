"""What every team that keeps a case file does with the same facts and with a hand-over."""

from __future__ import annotations

from typing import Protocol

from shared.casefile.handover import PersonalPartReceived, ReceivedHandover, part_of, receive
from shared.casefile.standing import Standing, StandingEvent, set_down, standing_id, take_up
from shared.contracts.coordination import CaseClosed, CaseReopened
from shared.contracts.handover import Handover
from shared.runtime.clock import Clock
from shared.sourcing.streams import Streams


class Keeper(Protocol):
    """The part of a team's desk that keeps case files."""

    @property
    def handovers(self) -> Streams[ReceivedHandover, PersonalPartReceived]: ...
    @property
    def standings(self) -> Streams[Standing, StandingEvent]: ...
    @property
    def clock(self) -> Clock: ...


async def note_closure(fact: CaseClosed, desk: Keeper) -> None:
    """T-08: pages of this case say that 多機関協働 set it down, and who leads it now."""
    await desk.standings.act(
        standing_id(fact.case_id),
        set_down,
        case_id=fact.case_id,
        closure_id=fact.closure_id,
        lead_agency=fact.lead_agency,
        on=fact.occurred_on,
    )


async def note_resumption(fact: CaseReopened, desk: Keeper) -> None:
    """T-09: undoes the closure the fact names."""
    await desk.standings.act(
        standing_id(fact.case_id),
        take_up,
        case_id=fact.case_id,
        closure_id=fact.closure_id,
        on=fact.occurred_on,
    )


async def accept(sent: Handover, desk: Keeper) -> None:
    """Keep the personal part; the receipt that lets the sender erase its copy follows as a fact."""
    part = part_of(sent, on=desk.clock.today())
    await desk.handovers.act(sent.handover_id, receive, part=part)
