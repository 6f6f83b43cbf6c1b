"""What people type, and other systems send. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.contracts.outreach import BasisKind
from shared.web.sentences import CHOSEN

Line = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
"""What a legal ground rests on."""
Choice = Annotated[str, StringConstraints(max_length=64)]


class VisitForm(BaseModel):
    on: date = Field(title="訪問・連絡した日")
    method: Code = Field(title="方法")
    met: Literal["yes", "no"] = Field(title="本人に会えましたか（話せましたか）")
    reaction: Story = Field("", title="本人のようす・反応")
    safety_note: Story = Field("", title="安全のための注意")
    next_step: Story = Field("", title="次にすること")
    next_on: date | None = Field(None, title="次の予定日")
    trust: Choice = Field("", title="信頼関係の段階")
    planned_id: UUID | None = Field(None, title="訪問の予定")


class VisitCorrectionForm(VisitForm):
    """The same sheet, and the edition it was opened with."""

    edition: int = Field(1, title="版", ge=1)


class VisitPlanForm(BaseModel):
    on: date = Field(title="訪問する日")
    method: Code = Field(title="方法")
    staff: int = Field(title="行く人数", ge=1, le=20)
    aim: Story = Field("", title="ねらい・持っていくもの")


class TieForm(BaseModel):
    on: date = Field(title="働きかけた日")
    kind: Code = Field(title="どんなつながりですか")
    partner: Line = Field("", title="相手")
    note: Story = Field("", title="内容")


class TieCorrectionForm(TieForm):
    edition: int = Field(1, title="版", ge=1)


class LinkForm(BaseModel):
    on: date = Field(title="つないだ日")
    agency: Annotated[Code, CHOSEN] = Field(title="つないだ先")
    passed: Annotated[Story, StringConstraints(min_length=1)] = Field(
        title="相手に伝えた本人の情報"
    )
    basis: BasisKind = Field(title="個人情報を渡す根拠")
    reference: Reference = Field(title="根拠の内容")
    note: Story = Field("", title="つなぎ方・そのときのようす")


class LinkCorrectionForm(LinkForm):
    edition: int = Field(1, title="版", ge=1)


class WithdrawalForm(BaseModel):
    """The record of a link or a tie is taken back."""

    reason: Annotated[Line, StringConstraints(min_length=1)] = Field(title="取り消す理由")


class ConclusionForm(BaseModel):
    on: date = Field(title="終えた日")
    outcome: Code = Field(title="結果")
    note: Story = Field("", title="まとめ・申し送り")
    edition: int | None = Field(None, title="版", ge=1)
    """Of the end that is put right; empty where the outreach is ended."""
