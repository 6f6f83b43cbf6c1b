"""What people type about leads and rounds. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.outreach.asked.request import Choice, Line, Reference
from services.outreach.domain.lead import ContactNote, Tip
from shared.casefile.asked import Story
from shared.contracts.fact import Code
from shared.contracts.outreach import BasisKind


class LeadForm(BaseModel):
    """Nothing but the day and what was told is needed."""

    on: date = Field(title="聞いた日・気づいた日")
    source: Choice = Field("", title="だれから")
    story: Annotated[Story, StringConstraints(min_length=1)] = Field(
        title="聞いたこと・気づいたこと"
    )
    town: Choice = Field("", title="町名")
    place: Line = Field("", title="場所の目印")
    name: Line = Field("", title="お名前（分かれば）")
    teller: Line = Field("", title="知らせてくれた方")
    round_id: UUID | None = Field(None, title="見回り")

    def tip(self) -> Tip:
        return Tip(
            source=self.source or None,
            round_id=self.round_id,
            name=self.name or None,
            town=self.town or None,
            place=self.place or None,
            teller=self.teller or None,
            story=self.story,
        )


class ContactForm(BaseModel):
    on: date = Field(title="訪ねた日・連絡した日")
    method: Code = Field(title="方法")
    met: Literal["yes", "no"] = Field(title="本人に会えましたか（話せましたか）")
    name: Line = Field("", title="お名前（新しく分かったとき）")
    reaction: Story = Field("", title="ようす・反応")
    safety_note: Story = Field("", title="安全のための注意")
    trust: Choice = Field("", title="信頼関係の段階")
    next_step: Story = Field("", title="次にすること")
    next_on: date | None = Field(None, title="次の予定日")

    def note(self) -> ContactNote:
        return ContactNote(
            method=self.method,
            met=self.met == "yes",
            name=self.name or None,
            reaction=self.reaction or None,
            safety_note=self.safety_note or None,
            next_step=self.next_step or None,
            next_on=self.next_on,
            trust=self.trust or None,
        )


class JoiningForm(BaseModel):
    on: date = Field(title="分かった日")
    request_id: UUID = Field(title="どの方ですか")


class RoundPlanForm(BaseModel):
    on: date = Field(title="行く予定の日")
    place: Annotated[Line, StringConstraints(min_length=1)] = Field(title="場所")
    town: Choice = Field("", title="町名")


class RoundForm(BaseModel):
    on: date = Field(title="行った日")
    place: Annotated[Line, StringConstraints(min_length=1)] = Field(title="場所")
    town: Choice = Field("", title="町名")
    gathered: int | None = Field(None, title="集まっていた人数（およそ）", ge=0, le=100_000)
    heard: Story = Field("", title="聞いたこと・気づいたこと")


class ProposalForm(BaseModel):
    on: date = Field(title="伝える日")
    reasons: Annotated[tuple[Code, ...], Field(min_length=1, max_length=20)] = Field(
        title="多機関協働が要る理由"
    )
    story: Story = Field("", title="伝える内容")
    basis: BasisKind = Field(title="個人情報を渡す根拠")
    reference: Reference = Field(title="根拠の内容")
