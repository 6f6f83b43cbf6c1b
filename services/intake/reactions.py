"""What 多機関協働, 参加支援 and アウトリーチ tell us, and what we make of it."""

from __future__ import annotations

from services.intake.desk import Desk
from services.intake.domain.escalating import note_acceptance, take_back
from services.intake.domain.supplying import note_call, note_call_off
from services.intake.domain.support import Team, note_beginning, note_end, support_id
from services.intake.read.escalations import consultation_of
from shared.bus.reactions import Reactions
from shared.casefile.hearing import note_closure, note_resumption
from shared.contracts.coordination import (
    CaseClosed,
    CaseReopened,
    EscalationAccepted,
    EscalationReturned,
    SupportMeetingCalled,
    SupportMeetingCalledOff,
)
from shared.contracts.outreach import (
    OutreachConcluded,
    OutreachConclusionCorrected,
    OutreachStarted,
)
from shared.contracts.participation import ParticipationConcluded, ParticipationStarted

reactions: Reactions[Desk] = Reactions("intake")


@reactions.on(EscalationAccepted)
async def note_the_acceptance(fact: EscalationAccepted, desk: Desk) -> None:
    """T-01. An escalation that our restored store does not know leaves nothing to note."""
    if found := await consultation_of(desk.db, fact.escalation_id):
        await desk.consultations.act(
            found, note_acceptance, escalation_id=fact.escalation_id, on=fact.occurred_on
        )


@reactions.on(EscalationReturned)
async def take_back_the_escalation(fact: EscalationReturned, desk: Desk) -> None:
    """T-02x: back to the counter that referred it; the link stays."""
    if found := await consultation_of(desk.db, fact.escalation_id):
        await desk.consultations.act(
            found,
            take_back,
            escalation_id=fact.escalation_id,
            reason=fact.reason,
            on=fact.occurred_on,
        )


@reactions.on(SupportMeetingCalled)
async def hear_of_the_meeting(fact: SupportMeetingCalled, desk: Desk) -> None:
    """T-03: there will be a ground on which the person may be named."""
    if found := await consultation_of(desk.db, fact.escalation_id):
        await desk.consultations.act(
            found,
            note_call,
            escalation_id=fact.escalation_id,
            meeting_id=fact.meeting_id,
            call_id=fact.call_id,
            on=fact.occurred_on,
        )


@reactions.on(SupportMeetingCalledOff)
async def hear_that_it_is_off(fact: SupportMeetingCalledOff, desk: Desk) -> None:
    """T-03: that ground is gone before it was used, or is known to have been used."""
    if found := await consultation_of(desk.db, fact.escalation_id):
        await desk.consultations.act(
            found, note_call_off, call_id=fact.call_id, on=fact.occurred_on
        )


@reactions.on(CaseClosed)
async def take_charge(fact: CaseClosed, desk: Desk) -> None:
    """T-08, T-10: closed for now; one of the counters may be the 主担当 from here on."""
    await note_closure(fact, desk)


@reactions.on(CaseReopened)
async def hand_back_the_charge(fact: CaseReopened, desk: Desk) -> None:
    """T-09: 多機関協働 leads again."""
    await note_resumption(fact, desk)


@reactions.on(ParticipationStarted)
async def see_participation_begin(fact: ParticipationStarted, desk: Desk) -> None:
    """T-20: 参加支援 is one of those who support the household now."""
    await _begin(fact, "participation", desk)


@reactions.on(OutreachStarted)
async def see_outreach_begin(fact: OutreachStarted, desk: Desk) -> None:
    """T-20: so is アウトリーチ."""
    await _begin(fact, "outreach", desk)


@reactions.on(ParticipationConcluded)
async def see_participation_end(fact: ParticipationConcluded, desk: Desk) -> None:
    """T-24: it was so until that day."""
    await desk.supports.act(support_id(fact.request_id), note_end, on=fact.occurred_on)


@reactions.on(OutreachConcluded)
async def see_outreach_end(fact: OutreachConcluded, desk: Desk) -> None:
    """T-32: it was so until that day."""
    await desk.supports.act(support_id(fact.request_id), note_end, on=fact.occurred_on)


@reactions.on(OutreachConclusionCorrected)
async def see_outreach_end_again(fact: OutreachConclusionCorrected, desk: Desk) -> None:
    """T-32: it was another day."""
    await desk.supports.act(support_id(fact.request_id), note_end, on=fact.occurred_on)


async def _begin(fact: ParticipationStarted | OutreachStarted, by: Team, desk: Desk) -> None:
    await desk.supports.act(
        support_id(fact.request_id),
        note_beginning,
        case_id=fact.case_id,
        request_id=fact.request_id,
        by=by,
        on=fact.occurred_on,
    )
