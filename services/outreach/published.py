"""What outreach tells the others: codes, ids and days, never a name or a story."""

from __future__ import annotations

from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    Linked,
    LinkWithdrawn,
    Started,
    Visited,
)
from services.outreach.domain.lead import Noticed, Proposed
from shared.casefile.handover import PersonalPartReceived
from shared.contracts.fact import Fact
from shared.contracts.handover import ERASED, Handover, LegalBasis, PersonalPart
from shared.contracts.outreach import (
    CaseLinked,
    CaseLinkWithdrawn,
    HandoverReceived,
    LatentNeedProposed,
    OutreachConcluded,
    OutreachConclusionCorrected,
    OutreachStarted,
    TipReceived,
    VisitMade,
)
from shared.sourcing.decider import Event

UNNAMED = "氏名不詳"
"""How somebody is called whose name nobody knows yet."""


def tell(event: Event) -> Fact | None:
    match event:
        case PersonalPartReceived():
            return HandoverReceived(
                occurred_on=event.received_on, case_id=event.case_id, handover_id=event.handover_id
            )
        case Started():
            return _started(event)
        case Visited():
            return VisitMade(
                occurred_on=event.visited_on,
                case_id=event.case_id,
                request_id=event.request_id,
                visit_id=event.visit_id,
                method=event.method,
                met=event.met,
            )
        case Linked() | LinkWithdrawn():
            return link_of(event)
        case Concluded() | ConclusionCorrected():
            return end_of(event) if isinstance(event, Concluded) else correction_of(event)
        case Noticed():
            return tip_of(event)
        case Proposed():
            return proposal_of(event)
        case _:
            return None


def end_of(event: Concluded) -> OutreachConcluded:
    return OutreachConcluded(
        occurred_on=event.concluded_on,
        case_id=event.case_id,
        request_id=event.request_id,
        outcome=event.outcome,
    )


def correction_of(event: ConclusionCorrected) -> OutreachConclusionCorrected | None:
    """Other words in the note are nobody else's."""
    if (event.concluded_on, event.outcome) == (event.former_on, event.former_outcome):
        return None
    return OutreachConclusionCorrected(
        occurred_on=event.concluded_on,
        case_id=event.case_id,
        request_id=event.request_id,
        outcome=event.outcome,
        former_on=event.former_on,
        former_outcome=event.former_outcome,
        edition=event.edition,
        corrected_on=event.corrected_on,
    )


def _started(event: Started) -> OutreachStarted:
    return OutreachStarted(
        occurred_on=event.started_on,
        case_id=event.case_id,
        request_id=event.request_id,
        nurse_district=event.nurse_district,
    )


def link_of(event: Linked | LinkWithdrawn) -> CaseLinked | CaseLinkWithdrawn:
    about = {"case_id": event.case_id, "request_id": event.request_id, "link_id": event.link_id}
    if isinstance(event, LinkWithdrawn):
        return CaseLinkWithdrawn(occurred_on=event.withdrawn_on, **about)
    return CaseLinked(occurred_on=event.linked_on, agency=event.agency, **about)


def tip_of(noticed: Noticed) -> TipReceived | None:
    """What we saw ourselves on a round is no tip from the community (X-25)."""
    if noticed.source is None:
        return None
    return TipReceived(
        occurred_on=noticed.noticed_on,
        tip_id=noticed.lead_id,
        source=noticed.source,
        catchment=noticed.catchment,
        nurse_district=noticed.nurse_district,
    )


def proposal_of(proposed: Proposed) -> LatentNeedProposed:
    return LatentNeedProposed(
        occurred_on=proposed.proposed_on,
        case_id=proposed.case_id,
        proposal_id=proposed.proposal_id,
        lead_id=proposed.lead_id,
        counter=proposed.counter,
        reasons=proposed.reasons,
        catchment=proposed.catchment,
        nurse_district=proposed.nurse_district,
        handover_id=proposed.handover_id,
        basis=proposed.basis,
    )


def handed(event: Event) -> Handover | None:
    """What 多機関協働 needs to look at a latent need, on the ground the event names."""
    if not isinstance(event, Proposed):
        return None
    return Handover(
        handover_id=event.handover_id,
        from_team="outreach",
        to_team="coordination",
        case_id=event.case_id,
        occurred_on=event.proposed_on,
        basis=LegalBasis(kind=event.basis, reference=event.basis_reference or ERASED),
        personal=PersonalPart(
            name=event.name or UNNAMED, address=event.address, narrative=event.story
        ),
    )
