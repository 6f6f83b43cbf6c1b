"""What people type. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.participation.domain.events import Offer
from shared.casefile.asked import Story
from shared.contracts.community import Weekday
from shared.contracts.fact import Code

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
OFFERS = (1, 2, 3)
"""Lines of the menu on the sheet."""


class PlanForm(BaseModel):
    """参加支援プラン (S-04)."""

    seen: UUID | None = Field(None, title="見ていたプラン")
    on: date = Field(title="プランを作った日")
    wishes: Story = Field(title="本人の希望", min_length=1)
    strengths: Story = Field("", title="本人の強み・好きなこと")
    issues: Story = Field("", title="課題（困っていること・妨げになること）")
    goal: Story = Field(title="目標", min_length=1)
    menu: Code = Field(title="支援メニュー")
    weekdays: list[Weekday] = Field([], title="通いたい曜日", max_length=7)
    cares: list[Code] = Field([], title="必要な配慮", max_length=20)
    what_1: Line = Field("", title="メニュー1の内容")
    place_1: Line = Field("", title="メニュー1の場所・相手")
    rhythm_1: Line = Field("", title="メニュー1の頻度")
    what_2: Line = Field("", title="メニュー2の内容")
    place_2: Line = Field("", title="メニュー2の場所・相手")
    rhythm_2: Line = Field("", title="メニュー2の頻度")
    what_3: Line = Field("", title="メニュー3の内容")
    place_3: Line = Field("", title="メニュー3の場所・相手")
    rhythm_3: Line = Field("", title="メニュー3の頻度")

    def offers(self) -> tuple[Offer, ...]:
        """The lines that say something."""
        lines = [
            Offer(
                what=getattr(self, f"what_{n}"),
                place=getattr(self, f"place_{n}"),
                rhythm=getattr(self, f"rhythm_{n}"),
            )
            for n in OFFERS
        ]
        return tuple(one for one in lines if one.what)


class PlaceForm(BaseModel):
    """A place is chosen among the best, or looked for by words."""

    ask: Line = Field("", title="場所を探す")
    """Pressed to look for places; nothing is recorded then."""
    words: Line = Field("", title="場所の名前や地区")
    resource_id: UUID = Field(title="受け入れ先")


class TrialForm(PlaceForm):
    """見学・体験."""

    on: date = Field(title="見学・体験した日")
    result: Code = Field(title="結果")
    staffing: Line = Field("", title="受け入れる人の体制")
    care: Line = Field("", title="必要な配慮")
    conditions: Line = Field("", title="受入れの条件")
    contact: Line = Field("", title="受け入れ先の担当")
    note: Story = Field("", title="本人のようす・合わなかった理由")


class ContactForm(BaseModel):
    """終わったあとの連絡."""

    on: date = Field(title="連絡した日")
    note: Story = Field("", title="ようす")


class MatchForm(PlaceForm):
    on: date = Field(title="マッチングした日")
    assessment: Story = Field("", title="受け入れ先の状況（体制・配慮・受入条件・担当）")


class WithdrawalForm(BaseModel):
    """A match that was a mistake."""

    reason: Story = Field(title="取り消す理由", min_length=1)


class FollowUpForm(BaseModel):
    on: date = Field(title="フォローアップした日")
    method: Code = Field(title="方法")
    relation: Code = Field(title="本人と受け入れ先の関係")
    note: Story = Field("", title="ようす・調整したこと")
    next_on: date | None = Field(None, title="次の予定日")


class ConclusionForm(BaseModel):
    on: date = Field(title="終えた日")
    outcome: Code = Field(title="結果")
    judgement: Story = Field("", title="安定したと判断した理由")
    note: Story = Field("", title="まとめ・終わった後の連絡のしかた")
    contact_every: Code | None = Field(None, title="終わったあとの連絡")
    contact_until: date | None = Field(None, title="いつまで連絡するか")


class FollowUpCorrectionForm(FollowUpForm):
    """The record of a follow-up, written again."""

    edition: int = Field(title="見ていた版", ge=1)


class ContactCorrectionForm(ContactForm):
    """The record of a contact, written again."""

    edition: int = Field(title="見ていた版", ge=1)
