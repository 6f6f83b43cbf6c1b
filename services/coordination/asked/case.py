"""What people type, and other systems send. A field's title is the label in messages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, create_model

from services.coordination.domain.events import Purpose
from services.coordination.domain.inquiry import Kind
from services.coordination.domain.minuted import MeetingKind
from services.coordination.domain.plan import Role
from services.coordination.words import BasisCode, ClosureBasisCode, ConsentAnswer
from shared.casefile.noting import NoteForm
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

Story = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Told = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Day: TypeAlias = Annotated[date, Strict(strict=False)]
"""JSON has no dates and no ids: these may come as text (2026-11-23)."""
Id: TypeAlias = Annotated[UUID, Strict(strict=False)]
Listed: TypeAlias = Annotated[Code, CHOSEN]
ROWS = 20
"""The most rows of 役割分担 that one plan takes on the screen."""
PARTS = ("agency", "task", "until")
"""One row: 誰が, 何を, いつまで."""


class Acceptance(BaseModel):
    on: Day = Field(title="受け付けた日")
    escalation_id: Id | None = Field(None, title="受け付ける紹介")
    note: Story = Field("", title="メモ")


class Return(BaseModel):
    on: Day = Field(title="戻すことにした日")
    escalation_id: Id | None = Field(None, title="戻す紹介")
    seen_waiting: bool | None = Field(None, title="判断を待っている紹介か")
    reason: Listed = Field(title="戻す理由")
    link_note: Told = Field(title="今後の連携のしかた")
    look_on: Day | None = Field(None, title="様子を聞く日")


class Application(BaseModel):
    """相談受付・申込票 (S-01)."""

    on: Day = Field(title="申込日")
    filled_by: Code = Field(title="書いた人")
    name: Annotated[Told, Field(max_length=100)] = Field(title="氏名")
    kana: Line = Field("", title="ふりがな")
    born_on: Day | None = Field(None, title="生年月日")
    address: Line = Field("", title="住所")
    phone: Line = Field("", title="電話")
    household: Story = Field("", title="世帯のようす")
    wishes: Story = Field("", title="困っていること・希望")


class Consent(BaseModel):
    on: Day = Field(title="確かめた日")
    answer: ConsentAnswer = Field(title="本人の返事")
    method: Code | None = Field(None, title="方法")
    purposes: list[Purpose] = Field([], title="何のために共有してよいか", max_length=5)
    recipients: list[Code] = Field([], title="共有してよい機関", max_length=40)
    expires_on: Day | None = Field(None, title="いつまで")
    note: Story = Field("", title="本人の話・そのほかの条件")


class Meeting(BaseModel):
    on: Day = Field(title="開催日")
    kind: MeetingKind = Field(title="会議の種類")
    place: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        title="場所・方法"
    )
    members: list[Code] = Field(title="出席した機関", min_length=1, max_length=40)
    others: list[Id] = Field([], title="同じ会議で扱ったほかのケース", max_length=40)
    rules: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        "会議設置要綱", title="根拠の要綱"
    )
    secrecy: bool = Field(False, title="守秘義務を出席者に確かめた")
    report: Story = Field("", title="報告・意見")
    outcome: Story = Field("", title="決まったこと・支援方針")


class _Plan(BaseModel):
    on: Day = Field(title="プランを決めた日")
    meeting_id: Id = Field(title="決めた重層的支援会議")
    problems: Told = Field(title="解決したい課題")
    goal: Told = Field(title="目標")
    contact_desk: Listed = Field(title="相談窓口")
    review_on: Day = Field(title="次に見直す日")
    participation: bool = Field(False, title="参加支援が必要")
    outreach: bool = Field(False, title="アウトリーチが必要")

    def parts(self) -> list[Role]:
        """役割分担."""
        raise NotImplementedError


class PlanRows(_Plan):
    """支援プラン (S-03) as it is typed: `agency_3`, `task_3` and `until_3` are the third row."""

    def parts(self) -> list[Role]:
        rows = ([getattr(self, f"{part}_{n}") or "" for part in PARTS] for n in range(1, ROWS + 1))
        return [Role(*row) for row in rows if any(row)]


def _row(n: int) -> dict[str, Any]:
    """None by default: a row that is not on the page was not sent."""
    return {
        f"agency_{n}": (
            Annotated[str | None, CHOSEN],
            Field(None, title=f"{n}行目の「誰が」", max_length=64),
        ),
        f"task_{n}": (Line | None, Field(None, title=f"{n}行目の「何を」")),
        f"until_{n}": (Line | None, Field(None, title=f"{n}行目の「いつまで」")),
    }


PlanForm = create_model(
    "PlanForm",
    __base__=PlanRows,
    **{name: field for n in range(1, ROWS + 1) for name, field in _row(n).items()},
)
"""Rows are fields of their own, so that they work without JavaScript."""


class SupportRequest(BaseModel):
    on: Day = Field(title="依頼する日")
    errand: Told = Field(title="お願いしたいこと")
    basis: BasisCode = Field(title="個人情報を渡す根拠")
    meeting_id: Id | None = Field(None, title="根拠の支援会議")
    reference: Line = Field("", title="法令の条文・緊急の理由")


class GroundForm(BaseModel):
    """依頼の根拠を改める (F-03, N-01)."""

    on: Day = Field(title="続けると決めた日")
    request_id: Id = Field(title="続ける依頼")
    basis: BasisCode = Field(title="個人情報を渡す根拠")
    meeting_id: Id | None = Field(None, title="根拠の支援会議")
    reference: Line = Field("", title="法令の条文・緊急の理由")
    note: Story = Field("", title="続けると決めた理由")


class KeeperForm(BaseModel):
    """担当者."""

    on: Day = Field(title="担当が決まった日")
    keeper: Annotated[str, StringConstraints(max_length=200)] | None = Field(None, title="担当者")
    note: Story = Field("", title="理由・引き継いだこと")


class InquiryForm(BaseModel):
    """照会 (T-04, T-07)."""

    kind: Kind = Field(title="照会の種類")
    agencies: list[Code] = Field(title="照会する機関", min_length=1, max_length=40)
    question: Told = Field(title="教えてほしいこと")
    basis: BasisCode = Field(title="個人情報を渡す根拠")
    meeting_id: Id | None = Field(None, title="根拠の支援会議")
    reference: Line = Field("", title="法令の条文・緊急の理由")


class Closure(BaseModel):
    on: Day = Field(title="終結した日")
    lead_agency: Listed = Field(title="主担当")
    reason: Listed = Field(title="終結の理由")
    resume_when: Told = Field(title="再開の目安")
    contact_every: Code | None = Field(None, title="終結後の連絡")
    contact_until: Day | None = Field(None, title="いつまで連絡するか")
    basis: ClosureBasisCode = Field("none", title="個人情報を渡す根拠")
    meeting_id: Id | None = Field(None, title="根拠の支援会議")
    reference: Line = Field("", title="法令の条文・緊急の理由")


class Resumption(BaseModel):
    on: Day = Field(title="再開した日")
    closure_id: Id | None = Field(None, title="取り消す終結")
    reason: Listed = Field(title="再開の理由")
    note: Story = Field("", title="変わったこと")


class Declination(BaseModel):
    """再開しない (T-09)."""

    on: Day = Field(title="再開しないと決めた日")
    consultation_id: Id | None = Field(None, title="きっかけの相談")
    reason: Told = Field(title="再開しない理由・主担当と決めたこと")


class Nurse(BaseModel):
    """地区担当の保健師 (G-3, T-11)."""

    on: Day = Field(title="担当が決まった日")
    nurse_district: Listed = Field(title="担当する地区")
    note: Story = Field("", title="理由・頼んだこと")


class Strictly(BaseModel):
    """JSON: no field more, no type other than it says."""

    model_config = ConfigDict(strict=True, extra="forbid")


class AcceptanceAsked(Acceptance, Strictly):
    """受付 (T-01)."""


class ReturnAsked(Return, Strictly):
    """差戻し (T-02x)."""


class ApplicationAsked(Application, Strictly):
    """申込 (T-02)."""


class ConsentAsked(Consent, Strictly):
    """同意 (T-03)."""


class MeetingAsked(Meeting, Strictly):
    """会議 (T-03, T-05)."""


class RoleAsked(Strictly):
    """役割分担の1行."""

    agency: Code
    task: Told
    until: Line = Field("", title="いつまで")


class PlanAsked(_Plan, Strictly):
    """支援プラン (T-05, T-07)."""

    roles: list[RoleAsked] = Field(title="役割分担", max_length=40)

    def parts(self) -> list[Role]:
        return [Role(role.agency, role.task, role.until) for role in self.roles]


class SupportRequestAsked(SupportRequest, Strictly):
    """参加支援・アウトリーチの依頼 (T-20)."""


class ClosureAsked(Closure, Strictly):
    """終結 (T-08)."""


class NoteAsked(NoteForm, Strictly):
    """支援経過 (T-11)."""


class ResumptionAsked(Resumption, Strictly):
    """再開 (T-09)."""


class DeclinationAsked(Declination, Strictly):
    """再開しない (T-09)."""


class NurseAsked(Nurse, Strictly):
    """地区担当の保健師 (G-3)."""


class GroundAsked(GroundForm, Strictly):
    """依頼の根拠を改める (F-03)."""


class KeeperAsked(KeeperForm, Strictly):
    """担当者."""


AnyPlan: TypeAlias = PlanRows | PlanAsked
