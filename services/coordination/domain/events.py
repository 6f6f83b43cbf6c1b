"""What can happen to a case, as it is stored (T-01 … T-10). `case.py` says what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from services.coordination.domain.person import AboutPerson
from services.coordination.domain.sheet import Sheet
from shared.privacy.personal import Personal
from shared.sourcing.decider import Event

Team: TypeAlias = Literal["participation", "outreach"]
Purpose: TypeAlias = Literal["plan", "sharing", "participation", "outreach", "afterwards"]
"""What a person allows: meeting and plan, asking agencies, a request to each helping team, and
what the 主担当 is told at the end.
"""
WhyLost: TypeAlias = Literal["withdrawn", "expired", "narrowed"]
Step: TypeAlias = Literal[
    "started",
    "planned",
    "visited",
    "linked",
    "unlinked",
    "matched",
    "unmatched",
    "followed",
    "ended",
]
"""What a helping team told about a request of ours."""


class Escalated(Event):
    """A counter handed the case to us (K-03, T-01). One case may be escalated again later."""

    case_id: UUID
    escalation_id: UUID
    consultation_id: UUID
    counter: str
    reasons: tuple[str, ...]
    age_band: str = "unknown"
    household_size: int | None = None
    issues: tuple[str, ...] = ()
    catchment: str | None = None
    nurse_district: str | None = None
    handover_id: UUID
    basis: str
    escalated_on: date


class CameBack(Event):
    """The person of a closed case came to a counter again: is it to be resumed (T-09)?"""

    case_id: UUID
    consultation_id: UUID
    counter: str | None = None
    came_on: date


class CameBackByMistake(Event):
    """That consultation was somebody else's: it asks nothing of this case any more (F-20)."""

    case_id: UUID
    consultation_id: UUID
    mistaken_on: date


class ResumptionDeclined(Event):
    """Looked at, and not resumed: the 主担当 goes on (T-09). `consultation_id` came last."""

    case_id: UUID
    declination_id: UUID
    consultation_id: UUID
    declined_on: date
    reason: Personal[str] = None


class NurseAssigned(Event):
    """The nurse of which district has the case (G-3, T-11)."""

    case_id: UUID
    assignment_id: UUID
    nurse_district: str
    assigned_on: date
    note: Personal[str] = None


class KeeperNamed(Event):
    """担当者 of the coordinating office: their sign-in, and the name that stands on the page."""

    case_id: UUID
    assignment_id: UUID
    keeper: str
    keeper_name: str
    named_on: date
    note: Personal[str] = None


class Consulted(Event):
    """The person of a case in our hands was at a counter again. For the timeline only."""

    case_id: UUID
    consultation_id: UUID
    counter: str | None = None
    consulted_on: date


class Accepted(Event):
    case_id: UUID
    escalation_id: UUID
    accepted_on: date
    note: Personal[str] = None


class Returned(Event):
    """Ordinary cooperation suffices; `link_note` says how we and the referrer stay in touch."""

    case_id: UUID
    escalation_id: UUID
    counter: str
    reason: str
    returned_on: date
    link_note: Personal[str] = None
    look_on: date | None = None
    """When we ask the referrer how it goes."""


class ApplicationReceived(AboutPerson):
    """相談受付・申込票 (S-01), as the subject filled it in."""

    case_id: UUID
    application_id: UUID
    filled_by: str
    applied_on: date
    counter: str | None = None
    """From which counter the case came."""
    nurse_district: str | None = None


class ConsentGiven(Event):
    """A later one replaces the former: another purpose, other recipients, a new day of expiry."""

    case_id: UUID
    consent_id: UUID
    consented_on: date
    method: str
    purposes: tuple[Purpose, ...] = ()
    """What for; empty: all of it."""
    recipients: tuple[str, ...] = ()
    """Agencies with whom to share; empty: all that take part."""
    expires_on: date | None = None
    """The last day it holds."""
    scope: Personal[str] = None


class ConsentRefused(Event):
    """No consent: the way of the 支援会議 (106条の6), which makes no plan."""

    case_id: UUID
    refusal_id: UUID
    refused_on: date
    note: Personal[str] = None


class ConsentWithdrawn(Event):
    case_id: UUID
    consent_id: UUID
    withdrawn_on: date
    note: Personal[str] = None


class PlanAgreed(Event):
    """支援プラン (S-03). `tasks[n]` is what `agencies[n]` does, until `until[n]`."""

    case_id: UUID
    plan_id: UUID
    round: int
    meeting_id: UUID
    consent_id: UUID
    agreed_on: date
    review_on: date
    contact_desk: str
    agencies: tuple[str, ...]
    tasks: Personal[tuple[str, ...]] = None
    until: Personal[tuple[str, ...]] = None
    problems: Personal[str] = None
    goal: Personal[str] = None
    participation: bool = False
    outreach: bool = False
    sheet: Personal[Sheet] = None
    """The whole sheet, for plans that were agreed from a draft."""
    counter: str | None = None
    """From which counter the case came."""
    nurse_district: str | None = None


class SupportRequested(AboutPerson):
    """参加支援 or アウトリーチ等 was judged necessary (T-20); the personal part goes with it."""

    case_id: UUID
    team: Team
    request_id: UUID
    plan_id: UUID | None = None
    nurse_district: str | None = None
    handover_id: UUID
    basis: str
    basis_reference: Personal[str] = None
    requested_on: date
    errand: Personal[str] = None


class GroundLost(Event):
    """The consent that a request rests on is gone, over or no longer for this (F-03, N-01)."""

    case_id: UUID
    request_id: UUID
    team: Team
    why: WhyLost
    lost_on: date


class GroundRenewed(Event):
    """The request goes on, on another ground."""

    case_id: UUID
    request_id: UUID
    team: Team
    renewal_id: UUID
    basis: str
    basis_reference: Personal[str] = None
    renewed_on: date
    note: Personal[str] = None


class SupportReported(Event):
    """What a helping team told. `item_id` is the visit, link, plan, match or follow-up."""

    case_id: UUID
    request_id: UUID
    step: Step
    item_id: UUID
    happened_on: date
    code: str | None = None


class Closed(AboutPerson):
    """一旦終結. Without a ground to pass it on there is no hand-over."""

    case_id: UUID
    closure_id: UUID
    lead_agency: str
    reason: str
    closed_on: date
    resume_when: Personal[str] = None
    contact_every: str
    contact_until: date | None = None
    handover_id: UUID | None = None
    basis: str | None = None
    basis_reference: Personal[str] = None


class Reopened(Event):
    """再開. Undoes the closure it names."""

    case_id: UUID
    resumption_id: UUID
    closure_id: UUID
    reason: str
    reopened_on: date
    note: Personal[str] = None


CaseEvent: TypeAlias = (
    Escalated
    | CameBack
    | CameBackByMistake
    | ResumptionDeclined
    | NurseAssigned
    | KeeperNamed
    | Consulted
    | Accepted
    | Returned
    | ApplicationReceived
    | ConsentGiven
    | ConsentRefused
    | ConsentWithdrawn
    | PlanAgreed
    | SupportRequested
    | SupportReported
    | GroundLost
    | GroundRenewed
    | Closed
    | Reopened
)
