"""What happens to one request of 多機関協働, as it is stored (T-20, T-31 … T-33)."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias
from uuid import UUID

from services.outreach.domain.lead import BasisKind
from shared.privacy.personal import Personal
from shared.sourcing.decider import Event


class Requested(Event):
    request_id: UUID
    case_id: UUID
    handover_id: UUID
    plan_id: UUID | None = None
    nurse_district: str | None = None
    basis: str
    requested_on: date


class GroundLost(Event):
    """The consent that 多機関協働 asked us on is gone: nothing new until people decide (F-03)."""

    request_id: UUID
    case_id: UUID
    why: str
    """withdrawn, expired or narrowed"""
    lost_on: date


class GroundRenewed(Event):
    """多機関協働 decided that we go on, on this ground."""

    request_id: UUID
    case_id: UUID
    basis: str
    renewed_on: date


class Started(Event):
    request_id: UUID
    case_id: UUID
    started_on: date
    nurse_district: str | None = None


class Visited(Event):
    """訪問・接触. What the person said and did, and how to stay safe, tell about a person."""

    request_id: UUID
    case_id: UUID
    visit_id: UUID
    visited_on: date
    method: str
    met: bool
    reaction: Personal[str] = None
    safety_note: Personal[str] = None
    next_step: Personal[str] = None
    next_on: date | None = None
    planned_id: UUID | None = None
    """The planned visit that this was."""
    trust: str | None = None
    """信頼関係の段階, as the visitor sees it."""


class VisitCorrected(Event):
    """The record of a visit as it is now; the first correction is the second edition."""

    request_id: UUID
    case_id: UUID
    visit_id: UUID
    edition: int
    corrected_on: date
    visited_on: date
    method: str
    met: bool
    reaction: Personal[str] = None
    safety_note: Personal[str] = None
    next_step: Personal[str] = None
    next_on: date | None = None
    trust: str | None = None


class Linked(Event):
    """支援機関につないだ. The agency learned something of a person, on a ground (N-01)."""

    request_id: UUID
    case_id: UUID
    link_id: UUID
    linked_on: date
    agency: str
    note: Personal[str] = None
    basis: BasisKind | None = None
    """None: recorded before grounds were asked for."""
    reference: Personal[str] = None
    passed: Personal[str] = None
    """What the agency was told of the person."""


class LinkCorrected(Event):
    """The record of a link as it is now; the first correction is the second edition."""

    request_id: UUID
    case_id: UUID
    link_id: UUID
    edition: int
    corrected_on: date
    linked_on: date
    agency: str
    note: Personal[str] = None
    basis: BasisKind
    reference: Personal[str] = None
    passed: Personal[str] = None


class LinkWithdrawn(Event):
    """It was no link, or not of this person."""

    request_id: UUID
    case_id: UUID
    link_id: UUID
    withdrawn_on: date
    reason: Personal[str] = None


class VisitPlanned(Event):
    """訪問の予定: when, how, and with how many, because that is a question of safety."""

    request_id: UUID
    case_id: UUID
    planned_id: UUID
    planned_on: date
    method: str
    staff: int = 1
    aim: Personal[str] = None


class PlanDropped(Event):
    """A planned visit that will not be made."""

    request_id: UUID
    case_id: UUID
    planned_id: UUID
    dropped_on: date


class TieBuilt(Event):
    """地域とのつながりづくり (T-33): with whom nearby, and what they now know, tells about a
    person.
    """

    request_id: UUID
    case_id: UUID
    tie_id: UUID
    built_on: date
    kind: str
    partner: Personal[str] = None
    note: Personal[str] = None


class TieCorrected(Event):
    """The record of a tie as it is now; the first correction is the second edition."""

    request_id: UUID
    case_id: UUID
    tie_id: UUID
    edition: int
    corrected_on: date
    built_on: date
    kind: str
    partner: Personal[str] = None
    note: Personal[str] = None


class TieWithdrawn(Event):
    """There was no such tie, or not of this person."""

    request_id: UUID
    case_id: UUID
    tie_id: UUID
    withdrawn_on: date
    reason: Personal[str] = None


class Concluded(Event):
    request_id: UUID
    case_id: UUID
    concluded_on: date
    outcome: str
    note: Personal[str] = None


class ConclusionCorrected(Event):
    """The end as it is written now; the first correction is the second edition."""

    request_id: UUID
    case_id: UUID
    edition: int
    corrected_on: date
    concluded_on: date
    outcome: str
    note: Personal[str] = None
    former_on: date
    former_outcome: str
    """What the others were told before: they hear of it only where that changed."""


def edition_of(written: Event) -> int:
    """How often the record was written; the first time it carries no number."""
    edition: int = getattr(written, "edition", 1)
    return edition


RequestEvent: TypeAlias = (
    Requested
    | GroundLost
    | GroundRenewed
    | Started
    | Visited
    | VisitCorrected
    | Linked
    | LinkCorrected
    | LinkWithdrawn
    | VisitPlanned
    | PlanDropped
    | TieBuilt
    | TieCorrected
    | TieWithdrawn
    | Concluded
    | ConclusionCorrected
)
