"""What people type. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from shared.casefile.asked import Story
from shared.contracts.fact import Code


class PlanForm(BaseModel):
    """参加支援プラン (S-04)."""

    on: date = Field(title="プランを作った日")
    wishes: Story = Field(title="本人の希望", min_length=1)
    strengths: Story = Field("", title="本人の強み・好きなこと")
    goal: Story = Field(title="目標", min_length=1)
    menu: Code = Field(title="支援メニュー")


class MatchForm(BaseModel):
    on: date = Field(title="マッチングした日")
    resource_id: UUID = Field(title="受け入れ先")
    assessment: Story = Field("", title="受け入れ先の状況（体制・配慮・受入条件・担当）")


class FollowUpForm(BaseModel):
    on: date = Field(title="フォローアップした日")
    method: Code = Field(title="方法")
    relation: Code = Field(title="本人と受け入れ先の関係")
    note: Story = Field("", title="ようす・調整したこと")
    next_on: date | None = Field(None, title="次の予定日")


class ConclusionForm(BaseModel):
    on: date = Field(title="終えた日")
    outcome: Code = Field(title="結果")
    note: Story = Field("", title="まとめ・終わった後の連絡のしかた")
