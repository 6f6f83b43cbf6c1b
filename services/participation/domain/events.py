"""What can happen to a request for 参加支援, as it is stored (T-20 … T-24)."""

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


class Planned(Event):
    """参加支援プラン (S-04). A later one replaces the one before."""

    request_id: UUID
    case_id: UUID
    plan_id: UUID
    planned_on: date
    menu: str
    wishes: Personal[str] = None
    strengths: Personal[str] = None
    goal: Personal[str] = None


class Matched(Event):
    """マッチング, with the assessment of the receiving place (体制・配慮・受入条件)."""

    request_id: UUID
    case_id: UUID
    match_id: UUID
    resource_id: UUID
    matched_on: date
    assessment: Personal[str] = None


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


RequestEvent: TypeAlias = Requested | Started | Planned | Matched | FollowedUp | Concluded
