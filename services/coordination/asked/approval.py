"""What people type about a 決裁."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from services.coordination.asked.case import Listed, Story, Strictly, Told

Step = Annotated[str, Field(min_length=1, max_length=64)]


class PlanApproval(BaseModel):
    """支援プランの決裁を回す: this version of the draft."""

    version: int = Field(title="回す版", ge=1)
    note: Story = Field("", title="決裁を受ける人へ")


class ClosureApproval(BaseModel):
    """一旦終結の決裁を回す."""

    lead_agency: Listed = Field(title="主担当")
    reason: Listed = Field(title="終結の理由")
    note: Story = Field("", title="決裁を受ける人へ")


class Signing(BaseModel):
    """決裁する: the step that was seen."""

    step: Step = Field(title="職")
    note: Story = Field("", title="ことば（代決のときは、その理由）")


class SendingBack(BaseModel):
    """差し戻す."""

    step: Step = Field(title="職")
    reason: Told = Field(title="差し戻す理由")


class PlanApprovalAsked(PlanApproval, Strictly):
    """支援プランの決裁を回す."""


class ClosureApprovalAsked(ClosureApproval, Strictly):
    """一旦終結の決裁を回す."""


class SigningAsked(Signing, Strictly):
    """決裁する."""


class SendingBackAsked(SendingBack, Strictly):
    """差し戻す."""
