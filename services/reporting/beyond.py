"""計画の外の問い: what ministries and auditors ask, counted from the steps of cases (N-04 … N-07).

Pure: the steps of all years go in, one row per fiscal year comes out. A step belongs to the year in
which it happened; days are calendar days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple
from uuid import UUID

from services.reporting.fold import fiscal_month

SILENT_AFTER = 30
"""Days after a request to a helping team until it counts as silent, unless the city says else."""


WITHIN_A_DAY = (
    *("closed", "came-back", "escalated", "accepted", "returned", "reopened"),
    *("missed", "planned", "requested", "started", "gap-noted", "gap-filled", "gap-closed"),
)
"""Days have no hours, and teams number their facts apart: so steps of one day come in the order in
which work goes on. A case that ends and is taken up again within a day ended first.
"""
_RANK = {name: n for n, name in enumerate(WITHIN_A_DAY)}


class Step(NamedTuple):
    """One step of one case."""

    case_id: UUID | None
    name: str
    day: date
    thing: UUID | None = None
    code: str = ""


@dataclass(frozen=True)
class Answer:
    """One question in one fiscal year; None where there is nothing to count."""

    value: float | None
    of: int
    """How many cases or requests stand behind the value."""


@dataclass(frozen=True)
class Question:
    """One question with its answers by fiscal year."""

    id: str
    title: str
    unit: str
    said: str
    """How it is counted, and what it does not say."""
    answers: dict[int, Answer]

    @property
    def most(self) -> float:
        """The whole bar: 100 of a share, else the largest answer."""
        if self.unit == "%":
            return 100.0
        return max((one.value or 0 for one in self.answers.values()), default=0)


@dataclass(frozen=True)
class Rules:
    """What the city decides."""

    office: str
    """The counter that does 多機関協働."""
    today: date
    silent_after: int = SILENT_AFTER


def questions_of(steps: Sequence[Step], years: Sequence[int], rules: Rules) -> list[Question]:
    """Every question for these years."""
    cases = _by_case(steps)
    found = []
    for one, title, unit, said, count in _QUESTIONS:
        counted = count(steps, cases, rules)
        answers = {year: _answer(counted.get(year, []), unit) for year in years}
        found.append(Question(one, title, unit, said, answers))
    return found


Counted = dict[int, list[float]]
"""Fiscal year → one number per case or request."""


def _answer(numbers: Sequence[float], unit: str) -> Answer:
    """A share of yes and no in percent, the middle of days, or how many there are."""
    if unit == "件":
        return Answer(float(sum(numbers)), len(numbers))
    if not numbers:
        return Answer(None, 0)
    if unit == "%":
        return Answer(round(100 * sum(numbers) / len(numbers), 1), len(numbers))
    return Answer(float(median(numbers)), len(numbers))


def _by_case(steps: Sequence[Step]) -> Mapping[UUID, list[Step]]:
    found: dict[UUID, list[Step]] = {}
    for step in sorted(steps, key=lambda one: (one.day, _RANK[one.name])):
        if step.case_id is not None:
            found.setdefault(step.case_id, []).append(step)
    return found


def _add(into: Counted, day: date, number: float) -> None:
    into.setdefault(fiscal_month(day)[0], []).append(number)


def _returned(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Of what was decided in the year, how much went back with the link kept."""
    decided: dict[UUID | None, Step] = {}
    for step in steps:
        if step.name in {"accepted", "returned"}:
            held = decided.get(step.thing)
            if held is None or (step.day, step.name) >= (held.day, held.name):
                decided[step.thing] = step
    found: Counted = {}
    for step in decided.values():
        _add(found, step.day, float(step.name == "returned"))
    return found


def _to_plan(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Days from the escalation to the plan that followed it first."""
    found: Counted = {}
    for case in cases.values():
        since: date | None = None
        for step in case:
            if step.name == "escalated" and since is None:
                since = step.day
            elif step.name == "planned" and since is not None:
                _add(found, step.day, (step.day - since).days)
                since = None
            elif step.name in {"returned", "closed"}:
                since = None
    return found


def _silent(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], rules: Rules) -> Counted:
    """Of the requests of the year that had their time, those not begun in it."""
    begun = {step.thing: step.day for step in steps if step.name == "started"}
    found: Counted = {}
    for step in steps:
        if step.name != "requested":
            continue
        started = begun.get(step.thing)
        waited = ((started or rules.today) - step.day).days
        if started is not None or waited > rules.silent_after:
            _add(found, step.day, float(waited > rules.silent_after))
    return found


def _to_resume(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Days from the first sign after the end (somebody came, or was escalated) to the resuming."""
    found: Counted = {}
    for case in cases.values():
        closed, sign = False, None
        for step in case:
            if step.name == "closed":
                closed, sign = True, None
            elif step.name in {"came-back", "escalated"} and closed and sign is None:
                sign = step.day
            elif step.name == "reopened":
                if sign is not None:
                    _add(found, step.day, (step.day - sign).days)
                closed = False
    return found


def _alone(_steps: Sequence[Step], cases: Mapping[UUID, list[Step]], rules: Rules) -> Counted:
    """Of the closings of the year, those another agency leads and that were not resumed since."""
    found: Counted = {}
    for case in cases.values():
        for nth, step in enumerate(case):
            if step.name == "closed":
                again = any(later.name == "reopened" for later in case[nth + 1 :])
                _add(found, step.day, float(step.code != rules.office and not again))
    return found


def _missed(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Resources that meetings missed."""
    found: Counted = {}
    for step in steps:
        if step.name == "missed":
            _add(found, step.day, 1.0)
    return found


def _filled(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
    """Of the needs noted in the year, those for which there is a place now."""
    filled = {step.thing for step in steps if step.name == "gap-filled"}
    found: Counted = {}
    for step in steps:
        if step.name == "gap-noted":
            _add(found, step.day, float(step.thing in filled))
    return found


def _days_to(end: str) -> _Count:
    def days(steps: Sequence[Step], _cases: Mapping[UUID, list[Step]], _rules: Rules) -> Counted:
        noted = {step.thing: step.day for step in steps if step.name == "gap-noted"}
        found: Counted = {}
        for step in steps:
            if step.name == end and step.thing in noted:
                _add(found, step.day, (step.day - noted[step.thing]).days)
        return found

    return days


_Count = Callable[[Sequence[Step], Mapping[UUID, list[Step]], Rules], Counted]
_QUESTIONS: tuple[tuple[str, str, str, str, _Count], ...] = (
    (
        "returned",
        "連携を残して紹介元に戻した割合",
        "%",
        "その年度に判断した紹介のうち、通常の連携で対応できるとして戻したもの。戻すときは今後の連携のしかたを"
        "必ず決めるので、低いほどよい、とは言えない。",
        _returned,
    ),
    (
        "to-plan",
        "紹介からプランまでの日数（中央値）",
        "日",
        "その年度に決めたプランについて、紹介の日から、そのあと最初に決めたプランまで。見直しのプランは数えない。",
        _to_plan,
    ),
    (
        "silent",
        "依頼のあと、期限までに始まらなかった割合",
        "%",
        "参加支援・アウトリーチの依頼のうち、市の決めた日数のうちに支援が始まらなかったもの。まだ日数の来ていない依頼は除く。",
        _silent,
    ),
    (
        "to-resume",
        "終結後の再相談から再開までの日数（中央値）",
        "日",
        "終結したあとに窓口に来たか、また紹介された日から、再開した日まで。短いほど「速やかに」再開できている。",
        _to_resume,
    ),
    (
        "alone",
        "終結後、主担当の機関が続けて支えている割合",
        "%",
        "その年度に一旦終結したケースのうち、多機関協働の担当のほかの機関が主担当で、そのあと再開していないもの。",
        _alone,
    ),
    (
        "missed",
        "会議で見つかった、足りない社会資源",
        "件",
        "重層的支援会議・支援会議で記録した数。同じ地区の同じ種類は、地域づくりで一つの項目になる。",
        _missed,
    ),
    (
        "filled",
        "足りない社会資源に、場ができた割合",
        "%",
        "その年度に開発の項目になったもののうち、今までに場ができたか、台帳から見つかったもの。",
        _filled,
    ),
    (
        "to-fill",
        "足りないと分かってから、場ができるまでの日数（中央値）",
        "日",
        "その年度にできた場について、項目になった日から。",
        _days_to("gap-filled"),
    ),
    (
        "to-use",
        "足りないと分かってから、はじめて使われるまでの日数（中央値）",
        "日",
        "その年度に、できた場をだれかがはじめて使い始めたものについて、項目になった日から。",
        _days_to("gap-closed"),
    ),
)
