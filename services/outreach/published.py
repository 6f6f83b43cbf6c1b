"""What outreach tells the others: codes, ids and days, never a name or a story."""

from __future__ import annotations

from services.outreach.domain.request import Concluded, Linked, Started, Visited
from shared.casefile.handover import PersonalPartReceived
from shared.contracts.fact import Fact
from shared.contracts.outreach import (
    CaseLinked,
    HandoverReceived,
    OutreachConcluded,
    OutreachStarted,
    VisitMade,
)
from shared.sourcing.decider import Event


def tell(event: Event) -> Fact | None:
    match event:
        case PersonalPartReceived():
            return HandoverReceived(
                occurred_on=event.received_on, case_id=event.case_id, handover_id=event.handover_id
            )
        case Started():
            return OutreachStarted(
                occurred_on=event.started_on, case_id=event.case_id, request_id=event.request_id
            )
        case Visited():
            return VisitMade(
                occurred_on=event.visited_on,
                case_id=event.case_id,
                request_id=event.request_id,
                visit_id=event.visit_id,
                method=event.method,
                met=event.met,
            )
        case Linked():
            return CaseLinked(
                occurred_on=event.linked_on,
                case_id=event.case_id,
                request_id=event.request_id,
                link_id=event.link_id,
                agency=event.agency,
            )
        case Concluded():
            return OutreachConcluded(
                occurred_on=event.concluded_on,
                case_id=event.case_id,
                request_id=event.request_id,
                outcome=event.outcome,
            )
        case _:
            return None
