"""What other systems send to participation."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict

from services.participation.domain.events import Offer
from shared.casefile.asked import Story
from shared.contracts.community import Weekday
from shared.contracts.fact import Code

Day = Annotated[date, Strict(strict=False)]
"""JSON has no dates: they come as text (2026-11-23), and so do ids."""
Id = Annotated[UUID, Strict(strict=False)]


class Asked(BaseModel):
    """What is sent: no field more, no type other than it says."""

    model_config = ConfigDict(strict=True, extra="forbid")


class StartAsked(Asked):
    """Without a day: today."""

    on: Day | None = None


class PlanAsked(Asked):
    """`seen`: the id of the plan that was read (`plan_id` of the request); none for a first one."""

    seen: Id | None = None
    on: Day
    menu: Code
    wishes: Story
    weekdays: list[Weekday] = []
    cares: list[Code] = []
    offers: list[Offer] = []
    strengths: Story | None = None
    issues: Story | None = None
    goal: Story


class MatchAsked(Asked):
    on: Day
    resource_id: Id
    assessment: Story | None = None


class FollowUpAsked(Asked):
    on: Day
    method: Code
    relation: Code
    note: Story | None = None
    next_on: Day | None = None


class TrialAsked(Asked):
    on: Day
    resource_id: Id
    result: Code
    staffing: Story | None = None
    care: Story | None = None
    conditions: Story | None = None
    contact: Story | None = None
    note: Story | None = None


class ContactAsked(Asked):
    on: Day
    note: Story | None = None


class ConclusionAsked(Asked):
    on: Day
    outcome: Code
    note: Story | None = None
    judgement: Story | None = None
    contact_every: Code | None = None
    contact_until: Day | None = None


class WithdrawalAsked(Asked):
    reason: Story = Field(min_length=1)


class FollowUpCorrectionAsked(FollowUpAsked):
    """The whole record as it should be, and the edition that was read."""

    edition: int = Field(ge=1)


class ContactCorrectionAsked(ContactAsked):
    """The whole record as it should be, and the edition that was read."""

    edition: int = Field(ge=1)
