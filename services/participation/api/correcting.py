"""The JSON with which mistakes are put right (T-22 … T-24)."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.participation.access import REQUEST, desk_here
from services.participation.api.values import Done, done
from services.participation.asked.json import (
    ContactCorrectionAsked,
    FollowUpCorrectionAsked,
    WithdrawalAsked,
)
from services.participation.desk import Desk
from services.participation.domain.correcting import (
    FollowUpNote,
    correct_contact,
    correct_follow_up,
    withdraw_match,
)
from shared.web.pages import Api

api = Api("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]


@api.post("/requests/{request_id}/matches/{match_id}/withdrawal", rule=REQUEST)
async def post_withdrawal(
    request_id: UUID, match_id: UUID, asked: WithdrawalAsked, desk: DeskHere
) -> Done:
    """The match was a mistake, and nobody was followed up there: Q-06 counts it no longer."""
    acted = await desk.requests.act(
        request_id,
        withdraw_match,
        match_id=match_id,
        reason=asked.reason,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/followups/{followup_id}", rule=REQUEST)
async def post_follow_up_correction(
    request_id: UUID, followup_id: UUID, asked: FollowUpCorrectionAsked, desk: DeskHere
) -> Done:
    """The record of a follow-up is put right; refused if somebody else did so meanwhile."""
    acted = await desk.requests.act(
        request_id,
        correct_follow_up,
        followup_id=followup_id,
        edition=asked.edition,
        seen=FollowUpNote(
            desk.city.listed("followup_methods", asked.method, "method"),
            desk.city.listed("participation_relations", asked.relation, "relation"),
            asked.note or None,
            asked.next_on,
        ),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@api.post("/requests/{request_id}/contacts/{contact_id}", rule=REQUEST)
async def post_contact_correction(
    request_id: UUID, contact_id: UUID, asked: ContactCorrectionAsked, desk: DeskHere
) -> Done:
    """The record of a contact is put right; refused if somebody else did so meanwhile."""
    acted = await desk.requests.act(
        request_id,
        correct_contact,
        contact_id=contact_id,
        edition=asked.edition,
        note=asked.note or None,
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)
