"""What happens to one request of 多機関協働, as it is stored (T-20, T-31 … T-33)."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias
from uuid import UUID

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


class Started(Event):
    request_id: UUID
    case_id: UUID
    started_on: date


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


class Linked(Event):
    request_id: UUID
    case_id: UUID
    link_id: UUID
    linked_on: date
    agency: str
    note: Personal[str] = None


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


class Concluded(Event):
    request_id: UUID
    case_id: UUID
    concluded_on: date
    outcome: str
    note: Personal[str] = None


RequestEvent: TypeAlias = (
    Requested | Started | Visited | Linked | VisitPlanned | PlanDropped | TieBuilt | Concluded
)
