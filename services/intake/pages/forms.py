"""What staff type. The title of a field is the label they see in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.intake.domain.ground import Ground
from services.intake.messages import messages
from services.intake.reception import Slip
from services.intake.words import BasisCode, NewBasisCode
from shared.sourcing.decider import Refused
from shared.vocabulary.relations import Sex
from shared.web.forms import Form
from shared.web.messages import said
from shared.web.sentences import CHOSEN

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Story = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64), CHOSEN]
NEW_PERSON = "new"
F = TypeVar("F", bound=BaseModel)


class SheetForm(BaseModel):
    """What is written on 相談受付・申込票 (S-01, domain 4.1) and may be put right later."""

    channel: Code = Field(title="受付の方法")
    source: Code = Field(title="相談の経路")
    name: Short = Field("", title="氏名")
    kana: Short = Field("", title="ふりがな")
    born_on: date | None = Field(None, title="生年月日")
    phone: Short = Field("", title="電話番号")
    email: Short = Field("", title="メールアドレス")
    office: Short = Field("", title="どこの窓口か")
    address: Line = Field("", title="住所")
    household_size: int | None = Field(None, title="世帯人数", ge=1, le=30)
    issues: list[Code] = Field(default=[], title="課題の種類", max_length=40)
    main_issue: Short = Field("", title="主な課題（◎）")
    topics: list[Code] = Field(default=[], title="相談内容（○）", max_length=40)
    main_topic: Short = Field("", title="いちばんの相談内容（◎）")
    urgency: Short = Field("", title="緊急度")
    screening: Short = Field("", title="スクリーニングの結果")
    sex: Sex = Field("unknown", title="性別")
    visitor_relation: Short = Field("", title="来られた方と本人との関係")
    visitor_name: Short = Field("", title="来られた方の氏名")
    visitor_phone: Short = Field("", title="来られた方の電話番号")
    content: Story = Field("", title="相談の内容（くわしく）")
    wishes: Story = Field("", title="本人の希望")

    def slip_of(self, counter: str, received_on: date) -> Slip:
        """As the reception wants it: what is marked ◎ is ticked too, empty text is nothing."""
        said: dict[str, Any] = {
            name: getattr(self, name) or None for name in SheetForm.model_fields
        }
        said["issues"] = _ticked(self.issues, self.main_issue)
        said["topics"] = _ticked(self.topics, self.main_topic)
        return Slip(counter=counter, received_on=received_on, **said)


class ReceptionForm(SheetForm):
    """The sheet as it is received. Only the counter's own part is required: 断らない."""

    counter: Code = Field(title="受付窓口")
    received_on: date = Field(title="受付日")
    case: Short = Field("", title="この方のケース")
    """A known case, `new` for somebody new, or nothing while the counter was not yet asked."""
    ask: Short = Field("", title="どの窓口？")
    """Set by the button that asks which counter; nothing is stored then."""

    def slip(self) -> Slip:
        return self.slip_of(self.counter, self.received_on)


class SheetAgainForm(SheetForm):
    """The sheet as it should read, on the edition that was seen."""

    edition: int = Field(title="版", ge=1)


def _ticked(ticked: list[str], main: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*ticked, *([main] if main else [])]))


class Proof(BaseModel):
    """What makes each ground one."""

    consent_on: date | None = Field(None, title="同意をもらった日")
    urgency: Line = Field("", title="緊急の理由")
    law: Line = Field("", title="法令の名前と条")

    def proved(self) -> dict[str, str]:
        return {
            "consent": self.consent_on.isoformat() if self.consent_on else "",
            "urgency": self.urgency,
            "other-law": self.law,
        }


class GroundForm(Proof):
    """情報を渡す根拠: on which ground the personal part may be passed on."""

    basis: BasisCode = Field(title="情報を渡す根拠")
    meeting: Line = Field("", title="支援会議の番号")

    def ground(self) -> Ground:
        """What was written for the basis that was chosen."""
        return Ground(self.basis, (self.proved() | {"support-meeting": self.meeting})[self.basis])


class EscalationForm(Proof):
    """多機関協働へつなぐ (K-03): why, and on which ground. Without one a 支援会議 is asked for
    (T-03); it has no number yet, so none is asked for here.
    """

    basis: NewBasisCode = Field(title="情報を渡す根拠")
    on: date = Field(title="つないだ日")
    reasons: list[Code] = Field(title="つなぐ理由", min_length=1, max_length=20)

    def ground(self) -> Ground:
        return Ground(self.basis, self.proved().get(self.basis, ""))


class SupplyForm(BaseModel):
    """支援会議に渡す (T-03): on the ground of which sitting."""

    meeting_id: UUID = Field(title="支援会議")


class ReferralForm(GroundForm):
    """ほかの窓口に紹介する (K-01, K-02)."""

    to_counter: Code = Field(title="紹介先の窓口")
    why: Story = Field(title="紹介する理由とお願い", min_length=1)


class SendBackForm(BaseModel):
    """紹介を戻す."""

    reason: Code = Field(title="戻す理由")
    note: Story = Field("", title="紹介元に伝えること")


class FinishForm(BaseModel):
    """紹介された対応の終わり."""

    outcome: Code = Field(title="どう終わりましたか")
    note: Story = Field("", title="紹介元に伝えること")


class AttachmentForm(BaseModel):
    """ケースに合わせる (F-20): the case the counter chose, and the one the screen showed."""

    case_id: UUID = Field(title="合わせる先のケース")
    former_case_id: UUID = Field(title="今のケース")


class DetachmentForm(BaseModel):
    """ケースから離す (F-20): somebody else after all."""

    former_case_id: UUID = Field(title="今のケース")
    reason: Line = Field("", title="別の方だとわかった理由")


FIELD_OF = {
    "received-in-future": "received_on",
    "born-in-future": "born_on",
    "main-issue-not-ticked": "main_issue",
    "main-topic-not-ticked": "main_topic",
    "nothing-written": "content",
    "case-unknown": "case",
    "case-not-proposed": "case",
    "not-your-counter": "counter",
    "basis-missing": "basis",
    "consent-day-missing": "consent_on",
    "consent-in-future": "consent_on",
    "reasons-missing": "reasons",
    "escalated-in-future": "on",
    "escalated-before-received": "on",
    "referral-to-oneself": "to_counter",
    "referral-runs-already": "to_counter",
    "referral-why-missing": "why",
    "member-born-in-future": "born_on",
    "joined-in-future": "joined_on",
    "self-recorded-already": "relation",
    "left-in-future": "on",
    "left-before-joined": "on",
    "member-died": "why",
    "detachment-reason-missing": "reason",
    "field-reason-missing": "reason",
}
"""Where on the form a refusal is shown."""


def refusal(form: Form[F], refused: Refused) -> Form[F]:
    """The form again, with the reason at the field it is about, or else above all fields."""
    field = FIELD_OF.get(refused.code)
    if field is None or field not in form.model.model_fields:
        return form.refuse(refused, messages)
    return form.wrong(field, said(refused, messages).ja)
