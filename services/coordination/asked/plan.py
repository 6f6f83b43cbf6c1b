"""What people type about a plan: the sheet with its rows, and the forms around it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from services.coordination.asked.case import Day, Id, Line, Listed, Story, Strictly, Told
from services.coordination.domain.evaluation import Judgement, Reached
from services.coordination.domain.sheet import Goal, Sheet, Task
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

GOALS, TASKS = 8, 16
"""The most lines of 課題・目標 and of 支援内容 that the screen takes."""
SPARE = 2
"""Empty lines below what is written; saving gives new ones."""
_PARTS = {"goal": ("problem", "goal"), "task": ("who", "contact", "what", "about", "until")}
_TITLES = {
    "problem": "課題",
    "goal": "目標",
    "who": "誰が",
    "contact": "担当者・連絡先",
    "what": "何を",
    "about": "課題の番号",
    "until": "頻度・いつまで",
}


class SheetRows(BaseModel):
    """The sheet as it is typed: `what_3` belongs to the third line of 支援内容."""

    version: int = Field(0, title="見ていた版", ge=0)
    aim: Story = Field("", title="長期目標（本人・家族が望む暮らし）")
    contact_desk: Annotated[str | None, CHOSEN] = Field(None, title="連絡窓口", max_length=64)
    lead_agency: Annotated[str | None, CHOSEN] = Field(None, title="主担当", max_length=64)
    participation: bool = Field(False, title="参加支援が必要")
    participation_text: Line = Field("", title="参加支援の内容")
    outreach: bool = Field(False, title="アウトリーチが必要")
    outreach_text: Line = Field("", title="アウトリーチの内容")
    emergency: Story = Field("", title="緊急時の対応")
    begins_on: Day | None = Field(None, title="プランの始まり")
    ends_on: Day | None = Field(None, title="プランの終わり")
    review_on: Day | None = Field(None, title="次に見直す日")

    def sheet(self) -> Sheet:
        """Lines that are wholly empty fall out; their order stays."""
        goals = [self._line("goal", n) for n in range(1, GOALS + 1)]
        tasks = [self._line("task", n) for n in range(1, TASKS + 1)]
        plain = {name: getattr(self, name) for name in Sheet.model_fields if hasattr(self, name)}
        return Sheet(
            goals=tuple(Goal(**one) for one in goals if any(one.values())),
            tasks=tuple(_task(one) for one in tasks if any(one.values())),
            **plain,
        )

    def _line(self, kind: str, n: int) -> dict[str, Any]:
        return {part: getattr(self, f"{part}_{n}") or "" for part in _PARTS[kind]}


def _task(line: dict[str, Any]) -> Task:
    about = line.pop("about")
    return Task(problem=about or None, **line)


def _rows() -> dict[str, Any]:
    """None by default: a line that is not on the page was not sent."""
    found: dict[str, Any] = {}
    for kind, most in (("goal", GOALS), ("task", TASKS)):
        for n in range(1, most + 1):
            for part in _PARTS[kind]:
                title = f"{n}行目の「{_TITLES[part]}」"
                kind_of = Story if part in {"problem", "goal", "what"} else Line
                shape: Any = (kind_of | None, Field(None, title=title))
                if part == "who":
                    shape = (Annotated[str | None, CHOSEN], Field(None, title=title, max_length=64))
                if part == "about":
                    shape = (int | None, Field(None, title=title, ge=1, le=GOALS))
                found[f"{part}_{n}"] = shape
    return found


SheetForm = create_model("SheetForm", __base__=SheetRows, **_rows())
"""Lines are fields of their own, so that they work without JavaScript."""


def typed_of(sheet: Sheet, version: int) -> dict[str, Any]:
    """A sheet as the form shows it."""
    values: dict[str, Any] = {"version": version}
    for name in Sheet.model_fields:
        if name not in {"goals", "tasks"}:
            values[name] = getattr(sheet, name)
    for n, goal in enumerate(sheet.goals, 1):
        values |= {f"problem_{n}": goal.problem, f"goal_{n}": goal.goal}
    for n, task in enumerate(sheet.tasks, 1):
        values |= {f"{part}_{n}": getattr(task, part) for part in ("who", "contact", "what")}
        values |= {f"about_{n}": task.problem, f"until_{n}": task.until}
    return {name: str(one) if type(one) is int else one for name, one in values.items()}


class GoalAsked(Strictly):
    """課題と目標の1行."""

    problem: Told = Field(title="課題")
    goal: Story = Field("", title="目標")


class TaskAsked(Strictly):
    """支援内容の1行: `who` is `person`, `family` or an agency."""

    who: Annotated[str, Field(max_length=64)] = Field(title="誰が")
    contact: Line = Field("", title="担当者・連絡先")
    what: Story = Field(title="何を")
    problem: int | None = Field(None, title="課題の番号", ge=1, le=GOALS)
    until: Line = Field("", title="頻度・いつまで")


class SheetBody(Strictly):
    """プランのシート; anything may be left open."""

    aim: Story = Field("", title="長期目標")
    goals: list[GoalAsked] = Field([], title="課題と目標", max_length=GOALS)
    tasks: list[TaskAsked] = Field([], title="支援内容", max_length=TASKS)
    contact_desk: Code | None = Field(None, title="連絡窓口")
    lead_agency: Code | None = Field(None, title="主担当")
    participation: bool = Field(False, title="参加支援が必要")
    participation_text: Line = Field("", title="参加支援の内容")
    outreach: bool = Field(False, title="アウトリーチが必要")
    outreach_text: Line = Field("", title="アウトリーチの内容")
    emergency: Story = Field("", title="緊急時の対応")
    begins_on: Day | None = Field(None, title="プランの始まり")
    ends_on: Day | None = Field(None, title="プランの終わり")
    review_on: Day | None = Field(None, title="次に見直す日")


class SheetAsked(Strictly):
    """下書き: the whole sheet, and the version it was written on."""

    version: int = Field(title="見ていた版", ge=0)
    sheet: SheetBody = Field(title="プランのシート")


class AgreementForm(BaseModel):
    """合意 (T-05)."""

    on: Day = Field(title="プランを決めた日")
    version: int = Field(title="合意する版", ge=1)
    meeting_id: Id = Field(title="決めた重層的支援会議")
    agreed: bool = Field(False, title="本人との合意")


class PolicyForm(BaseModel):
    """支援方針 (T-03, X-30)."""

    on: Day = Field(title="決めた日")
    meeting_id: Id = Field(title="決めた支援会議")
    direction: Told = Field(title="支援方針")
    roles: Story = Field("", title="誰が何をするか")
    review_on: Day = Field(title="次に見直す日")


class EvaluationRows(BaseModel):
    """評価 (F-06): `reached_2` and `words_2` are about the second goal."""

    on: Day = Field(title="評価した日")
    edition: int = Field(0, title="版", ge=0)
    """0: evaluated for the first time."""
    changes: list[Code] = Field([], title="見られた変化", max_length=40)
    left: Story = Field("", title="残された課題")
    wishes: Story = Field("", title="本人の希望")
    judgement: Judgement | None = Field(None, title="会議での判断")


def _verdicts() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for n in range(1, GOALS + 1):
        found[f"reached_{n}"] = (Reached | None, Field(None, title=f"目標{n}の達成状況"))
        found[f"words_{n}"] = (Line | None, Field(None, title=f"目標{n}について"))
    return found


EvaluationForm = create_model("EvaluationForm", __base__=EvaluationRows, **_verdicts())


class SharingForm(BaseModel):
    """終結後の情報共有 (T-10)."""

    on: Day = Field(title="共有した日")
    agency: Listed = Field(title="共有した相手")
    note: Told = Field(title="共有した内容")


class AgreementAsked(AgreementForm, Strictly):
    """合意 (T-05)."""


class PolicyAsked(PolicyForm, Strictly):
    """支援方針 (T-03)."""


class VerdictAsked(Strictly):
    """One goal, in the plan's order."""

    reached: Reached
    words: Line = ""


class EvaluationAsked(EvaluationRows, Strictly):
    """評価: one verdict for each goal of the plan."""

    verdicts: list[VerdictAsked] = Field(title="目標ごとの評価", min_length=1, max_length=40)


class SharingAsked(SharingForm, Strictly):
    """終結後の情報共有 (T-10)."""


JUDGEMENTS: dict[str, str] = {
    "end": "終結",
    "replan": "再プランして継続",
    "suspend": "中断",
}
REACHED: dict[str, str] = {"achieved": "達成", "partly": "一部達成", "missed": "未達成"}
