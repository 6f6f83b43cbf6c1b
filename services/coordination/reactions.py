"""What coordination does with the facts of other teams, and with personal parts handed to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from services.coordination.desk import Desk
from services.coordination.domain.escalation import note_mistake, note_return, take_in
from services.coordination.domain.events import (
    Escalated,
    Step,
)
from services.coordination.domain.support import note_report
from shared.bus.reactions import Reactions
from shared.casefile.handover import part_of, receive
from shared.contracts import outreach, participation
from shared.contracts.handover import Handover
from shared.contracts.intake import CaseEscalated, ConsultationAttached, ConsultationReceived

reactions: Reactions[Desk] = Reactions("coordination")


@reactions.on(CaseEscalated)
async def take_escalation(fact: CaseEscalated, desk: Desk) -> None:
    """T-01: the case waits on our list. A late copy of an old escalation changes nothing."""
    values = fact.model_dump(exclude={"occurred_on"})
    await desk.cases.act(
        fact.case_id, take_in, escalated=Escalated(**values, escalated_on=fact.occurred_on)
    )


@reactions.on(outreach.LatentNeedProposed)
async def take_proposal(fact: outreach.LatentNeedProposed, desk: Desk) -> None:
    """T-30: somebody outreach came to know waits on our list like an escalation of a counter."""
    values = fact.model_dump(exclude={"occurred_on", "proposal_id", "lead_id"})
    escalated = Escalated(
        **values,
        escalation_id=fact.proposal_id,
        consultation_id=fact.lead_id,
        escalated_on=fact.occurred_on,
    )
    await desk.cases.act(fact.case_id, take_in, escalated=escalated)


@reactions.on(ConsultationReceived)
async def note_new_consultation(fact: ConsultationReceived, desk: Desk) -> None:
    """T-09: somebody whose case is closed came to a counter again."""
    if fact.returning:
        await _note_return(desk, fact.case_id, fact.consultation_id, fact.counter, fact.occurred_on)


@reactions.on(outreach.OutreachStarted)
async def note_outreach_start(fact: outreach.OutreachStarted, desk: Desk) -> None:
    """T-31: the team has begun."""
    await _note(desk, fact.case_id, fact.request_id, "started", fact.request_id, fact.occurred_on)


@reactions.on(outreach.VisitMade)
async def note_visit(fact: outreach.VisitMade, desk: Desk) -> None:
    """T-31: a contact; the code says whether the person was met."""
    met = "met" if fact.met else "not-met"
    await _note(
        desk, fact.case_id, fact.request_id, "visited", fact.visit_id, fact.occurred_on, met
    )


@reactions.on(outreach.CaseLinked)
async def note_link(fact: outreach.CaseLinked, desk: Desk) -> None:
    """T-32: an agency more is in contact with the person."""
    await _note(
        desk, fact.case_id, fact.request_id, "linked", fact.link_id, fact.occurred_on, fact.agency
    )


@reactions.on(outreach.CaseLinkWithdrawn)
async def note_withdrawn_link(fact: outreach.CaseLinkWithdrawn, desk: Desk) -> None:
    """T-32: that agency was not in contact after all."""
    await _note(desk, fact.case_id, fact.request_id, "unlinked", fact.link_id, fact.occurred_on)


@reactions.on(outreach.OutreachConcluded)
async def note_outreach_end(fact: outreach.OutreachConcluded, desk: Desk) -> None:
    """The outreach of this request is over: what comes next is ours to decide (T-07)."""
    await _note(
        desk,
        fact.case_id,
        fact.request_id,
        "ended",
        fact.request_id,
        fact.occurred_on,
        fact.outcome,
    )


@reactions.on(outreach.OutreachConclusionCorrected)
async def note_outreach_end_again(fact: outreach.OutreachConclusionCorrected, desk: Desk) -> None:
    """How it ended is known better now; each edition is noted once."""
    edition = uuid5(fact.request_id, f"conclusion {fact.edition}")
    await _note(
        desk, fact.case_id, fact.request_id, "ended", edition, fact.occurred_on, fact.outcome
    )


@reactions.on(participation.ParticipationStarted)
async def note_participation_start(fact: participation.ParticipationStarted, desk: Desk) -> None:
    """T-20: the team has begun."""
    await _note(desk, fact.case_id, fact.request_id, "started", fact.request_id, fact.occurred_on)


@reactions.on(participation.ParticipationPlanned)
async def note_participation_plan(fact: participation.ParticipationPlanned, desk: Desk) -> None:
    """T-21: the nurse wrote the 参加支援プラン."""
    await _note(desk, fact.case_id, fact.request_id, "planned", fact.plan_id, fact.occurred_on)


@reactions.on(participation.PlaceMatched)
async def note_match(fact: participation.PlaceMatched, desk: Desk) -> None:
    """T-22: a place was found."""
    await _note(desk, fact.case_id, fact.request_id, "matched", fact.match_id, fact.occurred_on)


@reactions.on(participation.MatchWithdrawn)
async def note_withdrawn_match(fact: participation.MatchWithdrawn, desk: Desk) -> None:
    """T-22: the match was a mistake."""
    await _note(desk, fact.case_id, fact.request_id, "unmatched", fact.match_id, fact.occurred_on)


@reactions.on(participation.FollowedUp)
async def note_follow_up(fact: participation.FollowedUp, desk: Desk) -> None:
    """T-23: somebody was at the place."""
    await _note(desk, fact.case_id, fact.request_id, "followed", fact.followup_id, fact.occurred_on)


@reactions.on(participation.ParticipationConcluded)
async def note_participation_end(fact: participation.ParticipationConcluded, desk: Desk) -> None:
    """T-24: the relation is stable, or it ended otherwise."""
    await _note(
        desk,
        fact.case_id,
        fact.request_id,
        "ended",
        fact.request_id,
        fact.occurred_on,
        fact.outcome,
    )


@reactions.on(ConsultationAttached)
async def note_attached_consultation(fact: ConsultationAttached, desk: Desk) -> None:
    """T-09: the caller turned out to be somebody whose case is closed, or was not them after all:
    then the case they were taken for is asked nothing any more.
    """
    if fact.unlinked:
        await desk.cases.act(
            fact.former_case_id,
            note_mistake,
            consultation_id=fact.consultation_id,
            on=fact.occurred_on,
        )
    await _note_return(desk, fact.case_id, fact.consultation_id, None, fact.occurred_on)


async def accept(sent: Handover, desk: Desk) -> None:
    """Keep the personal part; the receipt that lets the sender erase its copy follows as a fact."""
    part = part_of(sent, on=desk.clock.today())
    await desk.handovers.act(sent.handover_id, receive, part=part)


async def _note_return(
    desk: Desk, case_id: UUID, consultation_id: UUID, counter: str | None, on: date
) -> None:
    await desk.cases.act(
        case_id, note_return, consultation_id=consultation_id, counter=counter, on=on
    )


async def _note(
    desk: Desk,
    case_id: UUID,
    request_id: UUID,
    step: Step,
    item_id: UUID,
    on: date,
    code: str | None = None,
) -> None:
    await desk.cases.act(
        case_id, note_report, request_id=request_id, step=step, item_id=item_id, on=on, code=code
    )
