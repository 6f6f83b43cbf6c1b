"""What is typed about meetings: the call, the minutes with their lines, and a task (4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, cast
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from services.coordination.asked.case import Day, Id, Line, Listed, Story, Strictly, Told
from services.coordination.domain.meeting import MeetingKind
from services.coordination.domain.minutes import Lack, Task
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

CASES, TASKS, LACKS = 12, 8, 4
"""The most cases, tasks and missing resources that one sheet of minutes takes."""
Place = Annotated[str, Field(min_length=1, max_length=200)]


class CallForm(BaseModel):
    """招集."""

    kind: MeetingKind = Field(title="会議の種類")
    planned_on: Day = Field(title="開催予定日")
    place: Place = Field(title="場所・方法")
    rules: Place = Field("会議設置要綱", title="根拠の要綱")
    cases: list[Id] = Field([], title="議題にするケース", max_length=CASES)


class MembersForm(BaseModel):
    """メンバーの確認."""

    agencies: list[Code] = Field(title="出席を求める機関", min_length=1, max_length=40)


class PlaceForm(BaseModel):
    """議題."""

    case_id: Id = Field(title="議題にするケース")


class AgencyForm(BaseModel):
    """One member."""

    agency: Listed = Field(title="機関")


class TaskForm(BaseModel):
    """今後のアクション."""

    case_id: Id = Field(title="ケース")
    agency: Listed = Field(title="担当")
    what: Told = Field(title="すること")
    due_on: Day = Field(title="期限")


class TaskDoneForm(BaseModel):
    """済んだ."""

    on: Day = Field(title="済んだ日")
    note: Story = Field("", title="結果")


@dataclass(frozen=True)
class Talk:
    """One case of the agenda as it was talked about."""

    case_id: UUID
    report: str
    outcome: str


class MinutesRows(BaseModel):
    """会議録: `report_2` belongs to the second case, `task_what_3` to the third task."""

    on: Day = Field(title="開催日")
    place: Place = Field(title="場所・方法")
    rules: Place = Field("会議設置要綱", title="根拠の要綱")
    members: list[Code] = Field(title="出席した機関", min_length=1, max_length=40)
    secrecy: bool = Field(False, title="守秘義務を出席者に確かめた")

    def talked(self) -> list[Talk]:
        """The cases that were talked about, in the order of the sheet."""
        return [
            Talk(case_id, self._text("report", n), self._text("outcome", n))
            for n in range(1, CASES + 1)
            if (case_id := getattr(self, f"case_{n}")) is not None and getattr(self, f"talked_{n}")
        ]

    def tasks(self) -> list[tuple[int, Task]]:
        """Lines with anything in them, with their number."""
        return [
            (n, Task(self._case("task", n), *self._texts("task", n), self._due(n)))
            for n in range(1, TASKS + 1)
            if self._text("task_what", n)
        ]

    def lacks(self) -> list[tuple[int, Lack]]:
        return [
            (n, Lack(self._case("lack", n), self._text("lack_kind", n), None, self._note(n)))
            for n in range(1, LACKS + 1)
            if self._text("lack_kind", n)
        ]

    def _text(self, name: str, n: int) -> str:
        return getattr(self, f"{name}_{n}") or ""

    def _texts(self, name: str, n: int) -> tuple[str, str]:
        return self._text(f"{name}_agency", n), self._text(f"{name}_what", n)

    def _note(self, n: int) -> str:
        return self._text("lack_note", n)

    def _case(self, name: str, n: int) -> UUID:
        return cast("UUID", getattr(self, f"{name}_case_{n}"))

    def _due(self, n: int) -> Any:
        return getattr(self, f"task_due_{n}")


def _rows() -> dict[str, Any]:
    """None by default: a line that is not on the page was not sent."""
    found: dict[str, Any] = {}
    for n in range(1, CASES + 1):
        found[f"case_{n}"] = (Id | None, Field(None, title=f"{n}件目のケース"))
        found[f"talked_{n}"] = (bool, Field(default=False, title=f"{n}件目を話し合った"))
        found[f"report_{n}"] = (Story | None, Field(None, title=f"{n}件目の報告・意見"))
        found[f"outcome_{n}"] = (Story | None, Field(None, title=f"{n}件目の決まったこと"))
    for n in range(1, TASKS + 1):
        chosen: Any = Annotated[str | None, CHOSEN]
        found[f"task_case_{n}"] = (Id | None, Field(None, title=f"アクション{n}のケース"))
        found[f"task_agency_{n}"] = (chosen, Field(None, title=f"アクション{n}の担当"))
        found[f"task_what_{n}"] = (Line | None, Field(None, title=f"アクション{n}の内容"))
        found[f"task_due_{n}"] = (Day | None, Field(None, title=f"アクション{n}の期限"))
    for n in range(1, LACKS + 1):
        found[f"lack_case_{n}"] = (Id | None, Field(None, title=f"不足する資源{n}のケース"))
        found[f"lack_kind_{n}"] = (
            Annotated[str | None, CHOSEN],
            Field(None, title=f"不足する資源{n}"),
        )
        found[f"lack_note_{n}"] = (Line | None, Field(None, title=f"不足する資源{n}のようす"))
    return found


MinutesForm = create_model("MinutesForm", __base__=MinutesRows, **_rows())
"""Lines are fields of their own, so that they work without JavaScript."""


class TalkAsked(Strictly):
    """One case of the agenda as it was talked about."""

    case_id: Id = Field(title="ケース")
    report: Story = Field("", title="報告・意見")
    outcome: Story = Field("", title="決まったこと")


class TaskAsked(Strictly, TaskForm):
    """今後のアクション."""


class LackAsked(Strictly):
    """足りない社会資源."""

    case_id: Id = Field(title="ケース")
    resource: Code = Field(title="種類")
    note: Line = Field("", title="ようす")


class CallAsked(Strictly, CallForm):
    """招集."""


class MembersAsked(Strictly, MembersForm):
    """メンバーの確認."""


class MinutesAsked(Strictly):
    """会議録."""

    on: Day = Field(title="開催日")
    place: Place = Field(title="場所・方法")
    rules: Place = Field("会議設置要綱", title="根拠の要綱")
    members: list[Code] = Field(title="出席した機関", min_length=1, max_length=40)
    secrecy: bool = Field(False, title="守秘義務を出席者に確かめた")
    cases: list[TalkAsked] = Field(title="話し合ったケース", max_length=CASES)
    actions: list[TaskAsked] = Field([], title="今後のアクション", max_length=TASKS)
    missing: list[LackAsked] = Field([], title="足りない社会資源", max_length=LACKS)

    def talked(self) -> list[Talk]:
        return [Talk(one.case_id, one.report, one.outcome) for one in self.cases]

    def tasks(self) -> list[tuple[int, Task]]:
        return [
            (n, Task(one.case_id, one.agency, one.what, one.due_on))
            for n, one in enumerate(self.actions, 1)
        ]

    def lacks(self) -> list[tuple[int, Lack]]:
        return [
            (n, Lack(one.case_id, one.resource, None, one.note))
            for n, one in enumerate(self.missing, 1)
        ]


Minutes: TypeAlias = MinutesRows | MinutesAsked
