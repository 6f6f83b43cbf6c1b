"""What can happen to a request for 参加支援, as it is stored (T-20 … T-24)."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.privacy.personal import Personal
from shared.sourcing.decider import Event


class Offer(BaseModel):
    """One line of the menu: what, where or by whom, how often."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    what: str
    place: str = ""
    rhythm: str = ""


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


class Planned(Event):
    """参加支援プラン (S-04). A later one replaces the one before."""

    request_id: UUID
    case_id: UUID
    plan_id: UUID
    planned_on: date
    menu: str
    wishes: Personal[str] = None
    strengths: Personal[str] = None
    issues: Personal[str] = None
    """課題: what stands in the way."""
    goal: Personal[str] = None
    weekdays: Personal[tuple[str, ...]] = None
    """Days on which the person would go: mon … sun."""
    cares: Personal[tuple[str, ...]] = None
    """What has to be taken care of (`resource_cares`)."""
    offers: Personal[tuple[Offer, ...]] = None
    """支援メニュー (S-05): what is offered, line by line."""


class Tried(Event):
    """見学・体験 at a place, and what came of it (4.8)."""

    request_id: UUID
    case_id: UUID
    trial_id: UUID
    resource_id: UUID
    tried_on: date
    result: str
    """A code of `trial_results`."""
    staffing: Personal[str] = None
    """受け入れる人の体制."""
    care: Personal[str] = None
    """必要な配慮."""
    conditions: Personal[str] = None
    """受入条件."""
    contact: Personal[str] = None
    """受け入れ先の担当."""
    note: Personal[str] = None
    """本人のようす・合わなかった理由."""


class Matched(Event):
    """マッチング, with the assessment of the receiving place (体制・配慮・受入条件)."""

    request_id: UUID
    case_id: UUID
    match_id: UUID
    resource_id: UUID
    matched_on: date
    assessment: Personal[str] = None
    nurse_district: str | None = None


class FollowedUp(Event):
    request_id: UUID
    case_id: UUID
    followup_id: UUID
    match_id: UUID
    """The match that held on that day, and its place."""
    resource_id: UUID
    followed_on: date
    method: str
    relation: str
    note: Personal[str] = None
    next_on: date | None = None


class Concluded(Event):
    request_id: UUID
    case_id: UUID
    concluded_on: date
    outcome: str
    note: Personal[str] = None
    judgement: Personal[str] = None
    """Why the relation is held to be stable: a judged step, by whoever ended it."""
    contact_every: str | None = None
    """T-24: how often somebody stays in touch (`contact_intervals`)."""
    contact_until: date | None = None


class Contacted(Event):
    """After the end: somebody was in touch, as was promised (T-24)."""

    request_id: UUID
    case_id: UUID
    contact_id: UUID
    contacted_on: date
    note: Personal[str] = None


class MatchWithdrawn(Event):
    """The match was a mistake: nobody went there. It is counted no longer (Q-06)."""

    request_id: UUID
    case_id: UUID
    match_id: UUID
    resource_id: UUID
    matched_on: date
    withdrawn_on: date
    reason: Personal[str] = None
    now_at: UUID | None = None
    """The place of today without it, and since when."""
    now_since: date | None = None
    nurse_district: str | None = None
    """As it was with the match."""


class FollowUpCorrected(Event):
    """The record of a follow-up as it is now; the first correction is the second edition."""

    request_id: UUID
    case_id: UUID
    followup_id: UUID
    edition: int
    corrected_on: date
    match_id: UUID
    resource_id: UUID
    followed_on: date
    method: str
    relation: str
    note: Personal[str] = None
    next_on: date | None = None


class ContactCorrected(Event):
    """The record of a contact as it is now."""

    request_id: UUID
    case_id: UUID
    contact_id: UUID
    edition: int
    corrected_on: date
    contacted_on: date
    newest_on: date
    """The newest contact with it."""
    note: Personal[str] = None


RequestEvent: TypeAlias = (
    Requested
    | GroundLost
    | GroundRenewed
    | Started
    | Planned
    | Tried
    | Matched
    | MatchWithdrawn
    | FollowedUp
    | FollowUpCorrected
    | Concluded
    | Contacted
    | ContactCorrected
)
