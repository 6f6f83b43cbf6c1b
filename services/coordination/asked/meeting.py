"""What is typed about meetings: the call, the minutes with their lines, and a task (4.7)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias, cast
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, create_model

from services.coordination.asked.case import Day, Id, Line, Listed, Story, Strictly, Told
from services.coordination.domain.decided import Lack, Task
from services.coordination.domain.minuted import Attendee, MeetingKind
from shared.contracts.fact import Code
from shared.web.sentences import CHOSEN

CASES, TASKS, LACKS, PEOPLE = 12, 8, 4, 20
"""The most cases, tasks, missing resources and attendees that one sheet of minutes takes."""
Place = Annotated[str, Field(min_length=1, max_length=200)]


def _time(typed: str) -> str:
    """１４：３０ and 9:05 as 14:30 and 09:05."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text:
        return ""
    if not (found := _CLOCK.fullmatch(text)):
        raise ValueError("時刻は、14:30のように入れてください。")
    return f"{int(found[1]):02}:{found[2]}"


_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
Time = Annotated[str, Field(max_length=10), AfterValidator(_time)]


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

    on: Day | None = Field(None, title="済んだ日")
    """None: today."""
    note: Line = Field("", title="結果")


SAID = {"report": "報告", "outcome": "決まったこと", "opinion": "意見", "papers": "提出資料"}
"""What is written of one case, in the order of `Talk`."""
ATTENDEE = {"agency": "所属", "name": "氏名", "post": "職", "part": "役割"}


@dataclass(frozen=True)
class Talk:
    """One case of the agenda as it was talked about."""

    case_id: UUID
    report: str = ""
    outcome: str = ""
    opinion: str = ""
    papers: str = ""
    present: bool | None = None


class MinutesHead(BaseModel):
    """会議録 without its lines."""

    edition: int = Field(0, title="版", ge=0)
    """0: they are written for the first time."""
    on: Day = Field(title="開催日")
    begins_at: Time = Field("", title="始まり")
    ends_at: Time = Field("", title="終わり")
    place: Place = Field(title="場所・方法")
    rules: Place = Field("会議設置要綱", title="根拠の要綱")
    members: list[Code] = Field(title="出席した機関", min_length=1, max_length=40)
    secrecy: bool = Field(False, title="守秘義務を出席者に確かめた")
    following: Line = Field("", title="次回")


class MinutesRows(MinutesHead):
    """`report_2` belongs to the second case, `task_what_3` to the third task."""

    def talked(self) -> list[Talk]:
        """The cases that were talked about, in the order of the sheet."""
        return [
            Talk(
                case_id,
                present=self._present(n),
                **{part: self._text(part, n) for part in SAID},
            )
            for n in range(1, CASES + 1)
            if (case_id := getattr(self, f"case_{n}")) is not None and getattr(self, f"talked_{n}")
        ]

    def attended(self) -> list[Attendee]:
        """出席者 as far as they are named."""
        return [
            Attendee(**{part: self._text(f"who_{part}", n) for part in ATTENDEE})
            for n in range(1, PEOPLE + 1)
            if self._text("who_name", n)
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

    def _present(self, n: int) -> bool | None:
        said = self._text("present", n)
        return said == "yes" if said else None

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
        found[f"present_{n}"] = (
            Literal["yes", "no"] | None,
            Field(None, title=f"{n}件目の本人の参加"),
        )
        for part, title in SAID.items():
            found[f"{part}_{n}"] = (Story | None, Field(None, title=f"{n}件目の{title}"))
    for n in range(1, PEOPLE + 1):
        for part, title in ATTENDEE.items():
            found[f"who_{part}_{n}"] = (Line | None, Field(None, title=f"出席者{n}の{title}"))
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
    report: Story = Field("", title="報告")
    outcome: Story = Field("", title="決まったこと")
    opinion: Story = Field("", title="意見")
    papers: Story = Field("", title="提出資料")
    present: bool | None = Field(None, title="本人の参加")


class AttendeeAsked(Strictly):
    """出席者."""

    agency: Code = Field(title="所属")
    name: Annotated[str, Field(min_length=1, max_length=200)] = Field(title="氏名")
    post: Line = Field("", title="職")
    part: Line = Field("", title="役割")


class TaskAsked(Strictly, TaskForm):
    """今後のアクション."""


class AgencyAsked(Strictly, AgencyForm):
    """One member."""


class PlaceAsked(Strictly, PlaceForm):
    """議題."""


class TaskDoneAsked(Strictly, TaskDoneForm):
    """済んだ."""


class LackAsked(Strictly):
    """足りない社会資源."""

    case_id: Id = Field(title="ケース")
    resource: Code = Field(title="種類")
    note: Line = Field("", title="ようす")


class CallAsked(Strictly, CallForm):
    """招集."""


class MembersAsked(Strictly, MembersForm):
    """メンバーの確認."""


class MinutesAsked(MinutesHead, Strictly):
    """会議録."""

    attendees: list[AttendeeAsked] = Field([], title="出席者", max_length=PEOPLE)
    cases: list[TalkAsked] = Field(title="話し合ったケース", max_length=CASES)
    actions: list[TaskAsked] = Field([], title="今後のアクション", max_length=TASKS)
    missing: list[LackAsked] = Field([], title="足りない社会資源", max_length=LACKS)

    def talked(self) -> list[Talk]:
        return [Talk(**one.model_dump()) for one in self.cases]

    def attended(self) -> list[Attendee]:
        return [Attendee(**one.model_dump()) for one in self.attendees]

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
