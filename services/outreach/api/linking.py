"""The JSON of 支援機関につなぐ (T-32) and つながりづくり (T-33): the decisions of the screens."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field

from services.outreach.access import REQUEST, desk_here
from services.outreach.api.request import Asked, Day, Done, done
from services.outreach.asked.request import Line, Reference
from services.outreach.desk import Desk
from services.outreach.domain.linking import LinkNote, correct_link, link, withdraw_link
from services.outreach.domain.tying import TieNote, build_tie, correct_tie, withdraw_tie
from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.contracts.outreach import BasisKind
from shared.web.pages import Api

linking_api = Api("outreach")
DeskHere = Annotated[Desk, Depends(desk_here)]


class LinkAsked(Asked):
    """Whom the person was linked to, what they were told, and on which ground."""

    on: Day
    agency: Code
    passed: Annotated[Story, Field(min_length=1)]
    basis: BasisKind
    reference: Reference
    note: Story | None = None


class LinkCorrectionAsked(LinkAsked):
    """The whole record as it should be, and the edition that was read."""

    edition: int = Field(ge=1)


class TieAsked(Asked):
    on: Day
    kind: Code
    partner: Line | None = None
    note: Story | None = None


class TieCorrectionAsked(TieAsked):
    """The whole record as it should be, and the edition that was read."""

    edition: int = Field(ge=1)


class WithdrawalAsked(Asked):
    reason: Annotated[Line, Field(min_length=1)]


@linking_api.post("/requests/{request_id}/links", rule=REQUEST, status_code=201)
async def post_link(request_id: UUID, asked: LinkAsked, desk: DeskHere) -> Done:
    """T-32: linked to an agency, on a ground."""
    link_id, made = desk.new_id(), _link(desk, asked)
    today = desk.clock.today()
    acted = await desk.requests.act(
        request_id, link, link_id=link_id, made=made, on=asked.on, today=today
    )
    return done(request_id, acted)


@linking_api.post("/requests/{request_id}/links/{link_id}", rule=REQUEST)
async def post_link_correction(
    request_id: UUID, link_id: UUID, asked: LinkCorrectionAsked, desk: DeskHere
) -> Done:
    """The record of a link is put right; refused if somebody else did so meanwhile."""
    acted = await desk.requests.act(
        request_id,
        correct_link,
        link_id=link_id,
        edition=asked.edition,
        made=_link(desk, asked),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@linking_api.post("/requests/{request_id}/links/{link_id}/withdrawal", rule=REQUEST)
async def post_link_withdrawal(
    request_id: UUID, link_id: UUID, asked: WithdrawalAsked, desk: DeskHere
) -> Done:
    """It was no link, or somebody else's."""
    on, reason = desk.clock.today(), asked.reason
    acted = await desk.requests.act(
        request_id, withdraw_link, link_id=link_id, reason=reason, on=on
    )
    return done(request_id, acted)


@linking_api.post("/requests/{request_id}/ties", rule=REQUEST, status_code=201)
async def post_tie(request_id: UUID, asked: TieAsked, desk: DeskHere) -> Done:
    """T-33: something was built in the neighbourhood."""
    tie_id, built = desk.new_id(), _tie(desk, asked)
    today = desk.clock.today()
    acted = await desk.requests.act(
        request_id, build_tie, tie_id=tie_id, built=built, on=asked.on, today=today
    )
    return done(request_id, acted)


@linking_api.post("/requests/{request_id}/ties/{tie_id}", rule=REQUEST)
async def post_tie_correction(
    request_id: UUID, tie_id: UUID, asked: TieCorrectionAsked, desk: DeskHere
) -> Done:
    """The record of a tie is put right; refused if somebody else did so meanwhile."""
    acted = await desk.requests.act(
        request_id,
        correct_tie,
        tie_id=tie_id,
        edition=asked.edition,
        built=_tie(desk, asked),
        on=asked.on,
        today=desk.clock.today(),
    )
    return done(request_id, acted)


@linking_api.post("/requests/{request_id}/ties/{tie_id}/withdrawal", rule=REQUEST)
async def post_tie_withdrawal(
    request_id: UUID, tie_id: UUID, asked: WithdrawalAsked, desk: DeskHere
) -> Done:
    """There was no such tie, or it is somebody else's."""
    on, reason = desk.clock.today(), asked.reason
    acted = await desk.requests.act(request_id, withdraw_tie, tie_id=tie_id, reason=reason, on=on)
    return done(request_id, acted)


def _link(desk: Desk, asked: LinkAsked) -> LinkNote:
    return LinkNote(
        agency=desk.city.listed("agencies", asked.agency, "agency"),
        basis=asked.basis,
        reference=asked.reference,
        passed=asked.passed,
        note=asked.note,
    )


def _tie(desk: Desk, asked: TieAsked) -> TieNote:
    kind = desk.city.listed("tie_kinds", asked.kind, "kind")
    return TieNote(kind=kind, partner=asked.partner, note=asked.note)
