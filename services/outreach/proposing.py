"""A latent need goes to 多機関協働 (T-30): one door for the screens and the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.lead import LeadEvent, Noticed
from services.outreach.domain.proposing import Proposal, propose
from services.outreach.read.leads import LeadRow, lead_row
from shared.contracts.outreach import BasisKind
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.sourcing.streams import Acted


@dataclass(frozen=True)
class Wanted:
    """What was typed."""

    on: date
    reasons: tuple[str, ...]
    basis: BasisKind
    reference: str | None
    story: str | None


async def propose_lead(desk: Desk, staff: Staff, lead_id: UUID, wanted: Wanted) -> Acted[LeadEvent]:
    """What is known goes sealed; the fact carries codes and days only."""
    row = await lead_row(desk.db, lead_id)
    if row is None:
        raise Refused("lead-unknown")
    for reason in wanted.reasons:
        desk.city.listed("reasons", reason, "reasons")
    proposal_id = desk.new_id()
    proposal = Proposal(
        case_id=desk.new_id(),
        handover_id=desk.new_id(),
        counter=staff.agency or desk.city.offices.nurses,
        reasons=wanted.reasons,
        basis=wanted.basis,
        reference=wanted.reference,
        address=where(desk, row),
        story=wanted.story or await first_story(desk, lead_id),
    )
    return await desk.leads.act(
        lead_id,
        propose,
        proposal_id=proposal_id,
        proposal=proposal,
        on=wanted.on,
        today=desk.clock.today(),
    )


def where(desk: Desk, row: LeadRow) -> str | None:
    """Town and landmark, as one line."""
    town = desk.city.label("towns", row.town) if row.town else ""
    return f"{town} {row.place or ''}".strip() or None


async def first_story(desk: Desk, lead_id: UUID) -> str | None:
    """What was told first."""
    history = await desk.leads.history(lead_id)
    return next((r.event.story for r in history if isinstance(r.event, Noticed)), None)
